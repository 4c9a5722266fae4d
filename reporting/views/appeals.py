"""What the office writes down of a decision that is taken further: that it was, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.views import FormPage
from reporting import perms
from reporting.enums import AppealState
from reporting.forms import registers as forms
from reporting.models import StatusAppeal
from reporting.queries.procedures import name_of_entry
from reporting.services import appeals as services
from reporting.views.applications import OneApplication
from reporting.views.cases import capital
from reporting.views.register_forms import EntryForm

LODGED = "Zapisano. Wynik wpiszesz, gdy przyjdzie."


class OfEntry(EntryForm):
    """The loss of a status, or a deletion, was taken further."""

    action = perms.REGISTER_DECIDE
    form_class = forms.AppealForm
    title = "Odwołanie"
    submit = "Zapisz odwołanie"

    def initial(self) -> Mapping[str, Any]:
        return {"lodged_on": clock.today()}

    def save(self, form: Any) -> Any:
        return services.lodge(entry_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return LODGED


class OfRefusal(OneApplication, FormPage):
    action = perms.PROCEDURE_DECIDE
    form_class = forms.AppealForm
    title = "Odwołanie od odmowy"
    submit = "Zapisz odwołanie"

    def initial(self) -> Mapping[str, Any]:
        return {"lodged_on": clock.today()}

    def save(self, form: Any) -> Any:
        return services.lodge_refusal(application_id=self.case.pk, **form.cleaned_data)

    def success(self, form: Any, result: Any) -> str:
        return LODGED


class Outcome(FormPage):
    """What came of it; a reversed end gives the status back, a reversed refusal comes back to be decided."""

    action = perms.REGISTER_DECIDE
    form_class = forms.OutcomeForm
    title = "Wynik odwołania"
    submit = "Zapisz wynik"
    request: Any
    kwargs: dict[str, Any]
    back_url: str

    def object(self, *, lock: bool = False) -> StatusAppeal:
        found: StatusAppeal = get_object_or_404(
            StatusAppeal.objects.select_related("decision__entry"), pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        self.found = found
        if found.decision is not None:
            self.back_url = reverse("reporting:entry", args=[found.decision.entry_id])
            self.of = name_of_entry(found.decision.entry_id) or str(found.decision.entry)
            is_cis = found.decision.entry.unit_type == "CIS"
            self.request.nav_place = "cis_register" if is_cis else "kis_register"
        else:
            self.back_url = reverse("reporting:application", args=[found.application])
            self.of = "Wniosek"
            self.request.nav_place = "applications"
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return [(self.of, self.back_url), (self.title, "")]

    def lead(self) -> str:
        ends = "status wróci do rejestru od dnia, od którego go nie było"
        again = "wniosek wróci do urzędu do ponownego rozpatrzenia"
        return f"{capital(str(self.found))}. Gdy decyzję uchylono, {ends if self.found.decision else again}."

    def initial(self) -> Mapping[str, Any]:
        return {"decided_on": clock.today()}

    def save(self, form: Any) -> StatusAppeal:
        return services.decide(appeal_id=self.found.pk, **form.cleaned_data)

    def success(self, form: Any, result: StatusAppeal) -> str:
        if result.state != AppealState.REVERSED:
            return f"Zapisano: {result.get_state_display()}."
        return "Decyzję uchylono. Status trwa." if result.decision else "Odmowę uchylono. Rozpatrz wniosek."


urlpatterns = [
    path("rejestry/wpis/<uuid:pk>/odwolanie/", OfEntry.as_view(), name="entry_appeal"),
    path("rejestr-wojewody/wnioski/<uuid:pk>/odwolanie/", OfRefusal.as_view(), name="application_appeal"),
    path("rejestry/odwolania/<uuid:pk>/wynik/", Outcome.as_view(), name="appeal_outcome"),
]
