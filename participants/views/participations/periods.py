"""Periods of a file: trial, main period, extension, and their correction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from participants.forms import participations as forms
from participants.models import Period
from participants.perms import participations as perms
from participants.rules import stages
from participants.rules.codes import PeriodKind, UnitType
from participants.services import participations as services
from participants.views.participations.base import FileForm, unit_type
from reintegration.core import clock
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date, format_span
from reintegration.core.forms import Form


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


class Main(PeriodForm):
    def get_title(self) -> str:
        return "Okres zajęć" if unit_type(self.request) is UnitType.KIS else "Okres uczestnictwa"

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        return forms.ContractForm if unit_type(self.request) is UnitType.KIS else forms.MainForm

    def _first(self) -> date | None:
        rows = self.rows()
        return rows[-1].until + ONE_DAY if rows else None

    def lead(self) -> str:
        if unit_type(self.request) is UnitType.KIS:
            return "Długość jest taka, jak w kontrakcie. (art. 18)"
        first = self._first()
        if first is None:
            return "Najpierw jest okres próbny: 1 miesiąc."
        return f"Zaczyna się dzień po okresie próbnym: {format_date(first, today=clock.today())}."

    def initial(self) -> Mapping[str, Any]:
        first = self._first()
        if unit_type(self.request) is UnitType.KIS:
            return {"since": first}
        return {"until": stages.latest_end(PeriodKind.MAIN, first) if first else None}

    def save(self, form: Any) -> Period:
        return services.qualify(participation_id=self.file.pk, **form.cleaned_data)


class Extension(PeriodForm):
    title = "Przedłużenie"
    form_class = forms.ExtensionForm
    submit = "Przedłuż"

    def lead(self) -> str:
        rows = self.rows()
        if not rows:
            return "Nie ma okresu uczestnictwa, który można przedłużyć."
        return f"Zaczyna się {format_date(rows[-1].until + ONE_DAY, today=clock.today())}."

    def save(self, form: forms.ExtensionForm) -> Period:
        return services.extend(participation_id=self.file.pk, until=form.cleaned_data["until"])


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
