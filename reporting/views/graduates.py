"""Who left: the list of them, and what became of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import path, reverse

from participants.enums import Destination, EndReason, Stage
from participants.perms import cards as card_perms
from participants.rules.codes import UnitType
from participants.views.participations.base import FileForm, crumbs_of, unit_type
from reintegration.audit import record
from reintegration.core import clock
from reintegration.core.components import Badge, Empty, Link
from reintegration.core.formats import counted, format_date, format_table_date
from reintegration.core.lists import Column, ListPage
from reporting import perms
from reporting.enums import OwnMissing
from reporting.forms import graduates as forms
from reporting.models import Outcome
from reporting.queries import graduates as queries
from reporting.services import outcomes as services

TITLE = "Absolwenci"
PAPERS = ("zaświadczenie", "zaświadczenia", "zaświadczeń")
TALKS = ("rozmowa", "rozmowy", "rozmów")


def destination(row: Any) -> str:
    return Destination(row.destination).label if row.destination else ""


def situation(row: Any) -> Any:
    """What is known half a year later, or when it will be asked."""
    if row.talk_situation:
        return Destination(row.talk_situation).label
    if row.talk_due is None:
        return None
    late = row.talk_due <= clock.today()
    return Badge(f"zapytaj, termin {format_table_date(row.talk_due)}", "warn") if late else row.talk_due


class GraduateList(ListPage):
    action = perms.GRADUATE_LIST
    title = TITLE
    file_name = "absolwenci"
    caption = "Osoby, które zakończyły udział"
    default_sort = "-ended_on"
    filter_form = forms.GraduateFilter
    row_url_name = "reporting:certificate"
    request: Any

    @cached_property
    def today(self) -> date:
        return clock.today()

    @cached_property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        return (
            Column("person", "Osoba", sort="person__name_order"),
            Column("ended_on", "Koniec udziału", sort="ended_on"),
            Column("destination", "Dokąd", cell=destination),
            Column(
                "certificate", "Zaświadczenie", sort="certificate_on", cell=self._certificate, phone="main"
            ),
            Column("title", "Absolwent", cell=self._title),
            Column("outcome", "Efekty", cell=self._outcome),
            Column("talk", "Pół roku później", sort="talk_due", cell=situation),
        )

    def _certificate(self, row: Any) -> Badge | None:
        if row.certificate_number:
            return Badge(row.certificate_number, "ok", "certificate")
        if row.certificate_on:
            return Badge(f"na papierze {format_table_date(row.certificate_on)}", "plain")
        return None if row.end_reason == EndReason.DEATH else Badge("do wydania", "warn")

    def _title(self, row: Any) -> str | None:
        if row.stage != Stage.GRADUATE:
            return None
        if row.certificate_until is None:
            return "tak"
        return f"do {format_table_date(row.certificate_until)}"

    def _outcome(self, row: Any) -> str | None:
        if row.outcome:
            return "zapisane"
        return None if row.end_reason == EndReason.DEATH else "do zapisania"

    def queryset(self) -> Any:
        return queries.graduates_page(today=self.today, unit_type=unit_type(self.request))

    def lead(self) -> str:
        waiting = queries.to_issue().count()
        said = f"Bez zaświadczenia: {counted(waiting, 'osoba', 'osoby', 'osób')}."
        if unit_type(self.request) is UnitType.CIS:
            return f"{said} Status absolwenta trwa 6 miesięcy od zakończenia zajęć. (art. 2 pkt 1a)"
        return f"{said} Absolwentem jest, kto był pół roku i zrealizował kontrakt. (art. 2 pkt 1b)"

    def actions(self) -> Sequence[Link]:
        found = [Link("Wydane zaświadczenia", reverse("reporting:certificates"))]
        if self.request.may(card_perms.FOLLOW_UP_LIST):
            found.append(Link("Rozmowy po zakończeniu", reverse("participants:follow_up_list")))
        return found

    def shown_rows(self, rows: Sequence[Any]) -> None:
        record.shows(self.request, {row.person_id for row in rows})

    def empty(self, *, filtered: bool) -> Empty:
        if filtered:
            return super().empty(filtered=True)
        return Empty(
            "Nikt jeszcze nie zakończył udziału", "Kto zakończy, pojawi się tutaj sam.", "certificate"
        )


class Outcomes(FileForm):
    """The nine changes as the person and as the unit see them, the kind of work, independence."""

    action = perms.OUTCOME_NOTE
    title = "Efekty udziału"
    form_class = forms.OutcomeForm
    submit = "Zapisz efekty"

    def object(self, *, lock: bool) -> Any:
        found = super().object(lock=lock)
        self.back_url = reverse("reporting:certificate", args=[found.pk])
        self.known = Outcome.objects.filter(participation=found).first()
        return found

    def crumbs(self) -> Sequence[tuple[str, str]]:
        return crumbs_of(self.file, ("Zaświadczenie", self.back_url), (self.title, ""))

    def lead(self) -> str:
        if self.file.ended_on is None:
            return "Uczestnictwo jeszcze trwa. Efekty zapiszesz po jego zakończeniu."
        ended = format_date(self.file.ended_on, today=clock.today())
        gone = destination(self.file)
        return f"{self.file.person}. Koniec udziału: {ended}." + (f" Dokąd: {gone}." if gone else "")

    def form_kwargs(self) -> Mapping[str, Any]:
        return {"forms_of_work": services.work_forms(self.file.destination)}

    def initial(self) -> Mapping[str, Any]:
        row = self.known
        if row is None:
            return {}
        return {
            # One that was written together is no answer of the person alone: it is asked anew.
            "own": "" if row.own_missing == OwnMissing.TOGETHER else row.own_missing or forms.SAID,
            "own_changes": row.own_changes or [],
            "changes": row.changes or [],
            "work": row.work,
            "independent": row.independent,
        }

    def save(self, form: Any) -> Outcome:
        return services.note_outcome(participation_id=self.file.pk, **form.cleaned_data)

    def success(self, form: Any, result: Outcome) -> str:
        return "Zapisano efekty udziału."


urlpatterns = [
    path("absolwenci/", GraduateList.as_view(), name="graduates"),
    path("uczestnicy/<uuid:pk>/efekty/", Outcomes.as_view(), name="outcomes"),
]
