"""What the procedures of the registers put on desks: of the office what waits with its days, of a unit what
the office asks."""

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
from reporting.enums import LetterState, ProcedureState
from reporting.models import ClubNotice, StatusApplication, SupervisionLetter
from reporting.queries import procedures as queries
from reporting.rules import procedures as rules

SOON = 7


@desk_lines
def at_office(request: Any, today: date) -> Iterator[DeskLine]:
    """Notices and applications with the days that are left, and letters without an answer in their term."""
    if request.principal.place.kind != OrganisationKind.VOIVODE_OFFICE:
        return
    if not request.may(perms.PROCEDURE_LIST):
        return

    def line(row: Any) -> DeskLine:
        club = isinstance(row, ClubNotice)
        left = rules.days_left(row.due_on, today)
        end = f"zostało {counted(left, 'dzień', 'dni', 'dni')}" if left >= 0 else "termin minął"
        return DeskLine(
            Section.TODAY,
            f"{str(row)[:1].upper()}{str(row)[1:]}: {row.unit}",
            reverse("reporting:notice" if club else "reporting:application", args=[row.pk]),
            text=f"Termin urzędu: {format_date(row.due_on, today=today)}.",
            urgency=Urgency.BAD if left < 0 else Urgency.WARN if left <= SOON else Urgency.INFO,
            icon="inbox",
            end=end,
        )

    for model, name, rest in (
        (ClubNotice, "notices", "Następne zgłoszenia KIS"),
        (StatusApplication, "applications", "Następne wnioski CIS"),
    ):
        every = reverse(f"reporting:{name}")
        yield from first_of(queries.waiting(model), line, rest=rest, url=every)
        idle = queries.at_office(model).filter(state=ProcedureState.TO_COMPLETE, complete_by__lt=today)
        yield from first_of(idle, _idle, rest=rest, url=every)
    late = queries.letters().filter(queries.overdue(today)).order_by("due_on", "pk")

    def late_line(row: Any) -> DeskLine:
        return DeskLine(
            Section.GAPS,
            f"Bez odpowiedzi w terminie: {row.name}",
            reverse("reporting:letter", args=[row.pk]),
            text=f"Pismo {row.number}, termin {format_date(row.due_on, today=today)}. (art. 6 ust. 1a)",
            urgency=Urgency.BAD,
            icon="gavel",
        )

    overdue = f"{reverse('reporting:letters')}?stan=late"
    yield from first_of(late, late_line, rest="Następne pisma po terminie", url=overdue)


def _idle(row: Any) -> DeskLine:
    """A unit that let the term of its completion pass."""
    name = "notice" if isinstance(row, ClubNotice) else "application"
    return DeskLine(
        Section.GAPS,
        f"Nie uzupełniono w terminie: {row.unit}",
        reverse(f"reporting:{name}", args=[row.pk]),
        text=f"{str(row)[:1].upper()}{str(row)[1:]}. (art. 64 § 2 KPA)",
        urgency=Urgency.WARN,
        icon="inbox",
    )


@desk_lines
def in_unit(request: Any, today: date) -> Iterator[DeskLine]:
    """What the office asks to be completed, and letters that wait for an answer."""
    if request.principal.place.kind != OrganisationKind.UNIT or not request.may(perms.PROCEDURE_WRITE):
        return
    every = reverse("reporting:own_entry")

    def called(row: Any) -> DeskLine:
        club = isinstance(row, ClubNotice)
        return DeskLine(
            Section.TODAY,
            f"Uzupełnij: {row}",
            reverse("reporting:notice" if club else "reporting:application", args=[row.pk]),
            text=(
                f"Urząd czeka do {format_date(row.complete_by, today=today)}."
                if row.complete_by
                else "Potwierdź odbiór wezwania i uzupełnij."
            ),
            urgency=Urgency.BAD if row.complete_by and row.complete_by < today else Urgency.WARN,
            icon="arrow-back-up",
            action="Uzupełnij",
        )

    for model in (ClubNotice, StatusApplication):
        rows = model.objects.filter(state=ProcedureState.TO_COMPLETE).order_by("complete_by", "pk")
        yield from first_of(rows, called, rest="Następne sprawy do uzupełnienia", url=every)
    letters = SupervisionLetter.objects.filter(state=LetterState.SENT).order_by("sent_on", "pk")

    def asked(row: Any) -> DeskLine:
        due = row.due_on
        term = f"Odpowiedź do {format_date(due, today=today)}." if due else "Potwierdź odbiór i odpowiedz."
        return DeskLine(
            Section.TODAY,
            f"Pismo nadzoru {row.number}",
            reverse("reporting:letter", args=[row.pk]),
            text=term,
            urgency=Urgency.BAD if due is not None and due < today else Urgency.WARN,
            icon="gavel",
            action="Odpowiedz",
        )

    yield from first_of(letters, asked, rest="Następne pisma nadzoru", url=every)
