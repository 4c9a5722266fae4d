"""What health insurance puts on desks: gaps before they come, what to tell the OPS, and what it has to do."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.queries import health as queries
from benefits.views import health_words as words
from reintegration.core.formats import format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import Role

ICON = "stethoscope"


def _mine(request: Any, today: date) -> list[queries.FileHealth]:
    """Whoever leads cases sees their own; a manager and whoever prepares money see everybody."""
    rows = queries.looked_at(today)
    if not perms.PAYERS & request.principal.roles and Role.SOCIAL_WORKER not in request.principal.roles:
        rows = rows.filter(case_manager=request.principal.user_id)
    return list(queries.health_of(rows.order_by("person__name_order", "pk")).values())


@desk_lines
def insurance(request: Any, today: date) -> Iterator[DeskLine]:
    """Gaps that run or begin within two weeks, and people of whom the OPS does not know."""
    if not request.may(perms.HEALTH_SHOW):
        return
    found = [one for one in _mine(request, today) if not one.planned]
    gaps = [
        (gap, one)
        for one in found
        if (gap := one.gap(today)) is not None and gap.since <= today + queries.SOON
    ]
    listed = reverse("benefits:health")

    def gap_line(pair: Any) -> DeskLine:
        gap, one = pair
        runs = gap.since <= today
        word = "Luka w ubezpieczeniu" if one.asked else "Nie ustalono ubezpieczenia"
        end = format_date(gap.until if runs else gap.since, today=today)
        return DeskLine(
            Section.GAPS,
            f"{word}: {one.file.person}",
            reverse("benefits:health_file", args=[one.file.pk]),
            text=f"{'Do' if runs else 'Od'} {end}.",
            urgency=Urgency.BAD if runs and one.asked else Urgency.WARN,
            icon=ICON,
            action="Zobacz, co zrobić",
            subject_id=one.file.person_id,
        )

    gaps.sort(key=lambda pair: pair[0].since)
    yield from first_of(gaps, gap_line, rest="Luki w ubezpieczeniu: kolejne osoby", url=f"{listed}?stan=luka")

    def ops_line(one: queries.FileHealth) -> DeskLine:
        untold = words.changes_words(one, today)
        due = one.due(today)
        said = f"Przekaż: {untold[0]}." if untold else f"OPS ma {words.event_words(due[0], today)}."
        late = not untold and due[0].is_late(today)
        return DeskLine(
            Section.GAPS,
            f"OPS i ubezpieczenie: {one.file.person}",
            reverse("benefits:health_file", args=[one.file.pk]),
            text=said,
            urgency=Urgency.BAD if late else Urgency.WARN,
            icon=ICON,
            action="Przekaż OPS" if untold else "Sprawdź w OPS",
            subject_id=one.file.person_id,
        )

    # What the OPS was told is its own work until the term has passed.
    waits = [
        one for one in found if one.to_tell(today) or any(event.is_late(today) for event in one.due(today))
    ]
    yield from first_of(
        waits, ops_line, rest="Ubezpieczenie dla OPS: kolejne osoby", url=f"{listed}?stan=ops"
    )


@desk_lines
def to_register(request: Any, today: date) -> Iterator[DeskLine]:
    """Whom this body has to register or to deregister."""
    if not request.may(perms.HEALTH_ANSWER):
        return

    def line(row: Any) -> DeskLine:
        event = queries.event_of(row)
        assert event is not None, "Who waits has something to be done."
        late = event.is_late(today)
        what = "Zgłoś do ubezpieczenia" if event.registers else "Wyrejestruj z ubezpieczenia"
        return DeskLine(
            Section.GAPS if late else Section.TODAY,
            f"{what}: {row.person_name}",
            reverse("benefits:health_asked_one", args=[row.pk]),
            text=f"{row.unit.organisation.short_name}, od {format_date(event.day, today=today)}.",
            urgency=Urgency.BAD if late else Urgency.INFO,
            icon=ICON,
            action="Zobacz dane",
            end=f"termin {format_date(event.term, today=today)}",
            subject_id=row.participation_id,
        )

    yield from first_of(
        queries.waiting_for_body(queries.asked_of_body(), today).order_by("since", "pk"),
        line,
        rest="Ubezpieczenie zdrowotne: kolejne osoby",
        url=f"{reverse('benefits:health_asked')}?stan=czeka",
    )
