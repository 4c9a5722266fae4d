"""The terms of intake, behind Ustawienia."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse_lazy

from participants.forms import participations as forms
from participants.models import IntakeSettings
from participants.perms import participations as perms
from participants.queries import participations as queries
from participants.services import participations as services
from reintegration.audit import record
from reintegration.core.views import FormPage


class IntakeSettingsPage(FormPage):
    action = perms.SETTINGS
    title = "Przyjęcia"
    form_class = forms.IntakeSettingsForm
    back_url = reverse_lazy("administration:settings")

    def lead(self) -> str:
        return "Terminy, których ustawa nie określa. Zmiana działa dla nowych spraw."

    def object(self, *, lock: bool) -> IntakeSettings:
        rows = IntakeSettings.objects.all()
        found: IntakeSettings | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
        self.terms = found or queries.terms()
        return self.terms

    def initial(self) -> Mapping[str, Any]:
        names = ("opinion_days", "study_days", "agreement_days", "contact_days", "keep_years")
        return {name: getattr(self.terms, name) for name in names} | {"area": ", ".join(self.terms.area)}

    def save(self, form: forms.IntakeSettingsForm) -> IntakeSettings:
        made = services.set_intake_settings(**form.cleaned_data)
        record.about(self.request, made)
        return made
