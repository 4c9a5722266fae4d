"""What inspections put on desks: of a unit its terms, of whoever inspects what is under way, of their office
what came or is late."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from reintegration.core.formats import counted, format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import OrganisationKind
from reporting import perms
from reporting.enums import InspectionState
from reporting.queries import inspection_results as queries
from reporting.queries import inspections
from reporting.rules import inspections as terms

# Days of access, today among them, from which its end is near.
SOON = 3


@desk_lines
def in_unit(request: Any, today: date) -> Iterator[DeskLine]:
    """Files that the office may look at now, a protocol to receive or to object to, recommendations."""
    if request.principal.place.kind != OrganisationKind.UNIT or not request.may(perms.INSPECTION_ANSWER):
        return
    every = reverse("reporting:own_entry")

    def led(row: Any) -> DeskLine:
        if row.state == InspectionState.OPEN:
            return DeskLine(
                Section.TODAY,
                f"Kontrola {row.number}",
                reverse("reporting:inspection", args=[row.pk]),
                text=f"Urząd ma wgląd w akta z próby do {format_date(row.access_until, today=today)}.",
                icon="clipboard-check",
                action="Zobacz wglądy",
            )
        due = row.objections_due
        term = f"Zastrzeżenia do {format_date(due, today=today)}." if due else "Potwierdź odbiór protokołu."
        return DeskLine(
            Section.TODAY,
            f"Protokół kontroli {row.number}",
            reverse("reporting:inspection_results", args=[row.pk]),
            text=term,
            urgency=Urgency.INFO if due else Urgency.WARN,
            icon="clipboard-check",
            action="Przeczytaj",
        )

    yield from first_of(queries.before_unit(today), led, rest="Następne kontrole", url=every)

    def asked(one: Any) -> DeskLine:
        late = queries.is_late(one, today)
        return DeskLine(
            Section.GAPS if late else Section.TODAY,
            f"Zalecenie {one.position} z kontroli {one.inspection.number}",
            reverse("reporting:recommendation_answer", args=[one.pk]),
            text=f"{'Termin minął' if late else 'Wykonać do'} {format_date(one.due_on, today=today)}.",
            urgency=Urgency.BAD if late else Urgency.WARN,
            icon="clipboard-check",
            action="Odpowiedz",
        )

    yield from first_of(queries.to_answer(), asked, rest="Następne zalecenia", url=every)


@desk_lines
def at_office(request: Any, today: date) -> Iterator[DeskLine]:
    """Objections, protocols whose term has passed, answers to check, and recommendations without one."""
    if request.principal.place.kind != OrganisationKind.VOIVODE_OFFICE:
        return
    if not request.may(perms.INSPECTION_RESULT):
        return
    every = reverse("reporting:inspections")

    def line(
        row: Any, title: str, text: str, *, name: str = "inspection_results", urgency: Urgency
    ) -> DeskLine:
        return DeskLine(
            Section.GAPS if urgency is Urgency.BAD else Section.TODAY,
            title,
            reverse(f"reporting:{name}", args=[row.pk]),
            text=text,
            urgency=urgency,
            icon="clipboard-check",
        )

    def objected(row: Any) -> DeskLine:
        came = format_date(row.objected_on, today=today)
        text = f"Kontrola {row.number}, zgłoszono {came}."
        return line(row, f"Zastrzeżenia do protokołu: {row.name}", text, urgency=Urgency.WARN)

    yield from first_of(
        queries.waiting(InspectionState.OBJECTIONS), objected, rest="Następne zastrzeżenia", url=every
    )

    def ready(row: Any) -> DeskLine:
        text = f"Kontrola {row.number}: nic już nie wstrzymuje zaleceń."
        return line(row, f"Wydaj zalecenia: {row.name}", text, urgency=Urgency.INFO)

    settling = queries.ready_to_settle(today)
    yield from first_of(settling, ready, rest="Następne zalecenia do wydania", url=every)

    def answered(one: Any) -> DeskLine:
        text = f"Kontrola {one.inspection.number}, zalecenie {one.position}."
        title = f"Sprawdź odpowiedź: {one.name}"
        return line(one, title, text, name="recommendation_check", urgency=Urgency.INFO)

    yield from first_of(queries.to_check(), answered, rest="Następne odpowiedzi", url=every)

    def late(one: Any) -> DeskLine:
        due = format_date(one.due_on, today=today)
        text = f"Kontrola {one.inspection.number}, zalecenie {one.position}, termin {due}."
        title = f"Bez odpowiedzi na zalecenie: {one.name}"
        return line(one, title, text, name="recommendation_check", urgency=Urgency.BAD)

    yield from first_of(queries.late(today), late, rest="Następne zalecenia po terminie", url=every)

    def lost(row: Any) -> DeskLine:
        handed = format_date(row.handed_on, today=today)
        text = f"Kontrola {row.number}: protokół przekazano {handed}, termin zastrzeżeń nie biegnie."
        return line(row, f"Bez odbioru protokołu: {row.name}", text, urgency=Urgency.BAD)

    yield from first_of(queries.not_received(today), lost, rest="Następne protokoły bez odbioru", url=every)


@desk_lines
def of_inspector(request: Any, today: date) -> Iterator[DeskLine]:
    """The inspections of whoever asks: files to look at while they are open, then a protocol to write."""
    if request.principal.place.kind != OrganisationKind.VOIVODE_OFFICE:
        return
    if not request.may(perms.INSPECTION_WRITE):
        return

    def led(row: Any) -> DeskLine:
        points = counted(row.points_left, "punkt", "punkty", "punktów")
        left = f"Do sprawdzenia: {points}." if row.points_left else "Wszystkie punkty sprawdzone."
        if row.access_ended_at is not None or today > row.access_until:
            return DeskLine(
                Section.GAPS,
                f"Napisz protokół: {row.name}",
                reverse("reporting:inspection", args=[row.pk]),
                text=f"Kontrola {row.number}: akta są już zamknięte. {left}",
                urgency=Urgency.WARN,
                icon="clipboard-check",
            )
        days = terms.days_left(today, row.access_until)
        lasts = f"zostało {counted(days, 'dzień', 'dni', 'dni')}"
        begins = f"od {format_date(row.access_from, today=today)}"
        return DeskLine(
            Section.TODAY,
            f"Kontrola w toku: {row.name}",
            reverse("reporting:inspection", args=[row.pk]),
            text=f"Kontrola {row.number}. {left}",
            urgency=Urgency.WARN if days <= SOON else Urgency.INFO,
            icon="clipboard-check",
            end=lasts if today >= row.access_from else begins,
        )

    rows = inspections.led_by(request.user.pk)
    yield from first_of(rows, led, rest="Następne kontrole w toku", url=reverse("reporting:inspections"))
