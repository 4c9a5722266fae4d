"""Periods of a file: trial, main period, extension, and their correction."""

from collections.abc import Mapping
from typing import Any

from participants.forms import participations as forms
from participants.models import Period
from participants.perms import participations as perms
from participants.rules import stages
from participants.rules.codes import PeriodKind
from participants.services import participations as services
from participants.views.participations.base import FileForm
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.core.formats import format_span


def said(row: Period) -> str:
    span = format_span(row.since, row.until, today=clock.today())
    return f"{row.get_kind_display().capitalize()}: {span}."


class PeriodForm(FileForm):
    action = perms.PERIODS

    def rows(self) -> list[Period]:
        return list(Period.objects.filter(participation=self.file).order_by("since", "pk"))

    def success(self, form: Any, result: Any) -> str:
        return said(result) if isinstance(result, Period) else "Zapisano okresy."


class Trial(PeriodForm):
    title = "Okres próbny"
    form_class = forms.TrialForm
    submit = "Zapisz początek"

    def lead(self) -> str:
        return f"{self.file.person} zacznie zajęcia. Okres próbny trwa 1 miesiąc. (art. 15 ust. 1)"

    def save(self, form: forms.TrialForm) -> Period:
        return services.start_trial(participation_id=self.file.pk, since=form.cleaned_data["since"])


class Edit(PeriodForm):
    title = "Popraw okresy"
    form_class = forms.PeriodsForm

    def lead(self) -> str:
        return "Popraw dni, jeśli wpisano je z błędem. Osobę, która odeszła, zapisz jako zakończenie."

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"periods": self.rows()}

    def initial(self) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for at, row in enumerate(self.rows()):
            found |= {f"since_{at}": row.since, f"until_{at}": row.until}
        return found

    def save(self, form: forms.PeriodsForm) -> list[Period]:
        wanted = [
            stages.Period(PeriodKind(kind), DateSpan(since, until)) for kind, since, until in form.spans()
        ]
        if not wanted:
            raise InputError("Ta sprawa nie ma jeszcze okresów.")
        return services.set_periods(participation_id=self.file.pk, periods=wanted)
