"""What of attendance waits on a desk: workshops to mark, classes to write down, free days to agree to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from ipzs.models import FreeDayRequest
from ipzs.perms import attendance as perms
from ipzs.perms import timetable as class_perms
from ipzs.queries import attendance as queries
from ipzs.queries import timetable_classes
from ipzs.views.attendance.base import day_url, person_url
from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_date, format_span
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section


@desk_lines
def workshops_to_mark(request: Any, today: date) -> Iterator[DeskLine]:
    if not request.principal.may(perms.MARK):
        return
    for state in queries.led_on(today, request.principal.user_id):
        people = counted(state.people, "osoba", "osoby", "osób")
        yield DeskLine(
            Section.TODAY,
            f"Obecność: {state.workshop}",
            day_url(state.workshop.pk, today),
            text=f"{people}, bez wpisu: {state.left}." if state.left else f"{people}, wszyscy mają wpis.",
            icon="calendar-check",
            action="Wpisz obecność",
            done=not state.left,
        )


@desk_lines
def classes_to_write(request: Any, today: date) -> Iterator[DeskLine]:
    if not request.principal.may(class_perms.MEETING_WRITE):
        return
    for slot in timetable_classes.of_day(today, leader_id=request.principal.user_id)[1]:
        if slot.meeting is not None:
            url = reverse("ipzs:meeting_edit", args=[slot.meeting.pk])
        else:
            url = reverse("ipzs:meeting_open", args=[slot.entry.pk, today.isoformat()])
        yield DeskLine(
            Section.TODAY,
            f"Zajęcia: {slot.name}",
            url,
            text=", ".join(part for part in (slot.hours, slot.group) if part),
            icon="book",
            action="Wpisz do dziennika",
            done=slot.meeting is not None,
            subject_id=slot.person_id,
        )


@desk_lines
def free_days_to_decide(request: Any, today: date) -> Iterator[DeskLine]:
    """The days are free once the manager has agreed."""
    if not request.principal.place.is_unit or not request.principal.may(perms.FREE_DECIDE):
        return

    def asked(row: FreeDayRequest) -> DeskLine:
        days = format_span(row.since, row.until, today=today)
        return DeskLine(
            Section.GAPS,
            f"Wniosek o dni wolne: {row.person}",
            person_url(row.participation, Month.of(row.since)),
            text=f"{days}. Wniosek z {format_date(row.asked_on, today=today)}. (art. 15 ust. 6b)",
            urgency=Urgency.WARN,
            icon="calendar",
            action="Rozpatrz",
            on=row.since,
            subject_id=row.person_id,
        )

    rows = queries.waiting_requests().order_by("since", "pk")
    yield from first_of(rows, asked, rest="Kolejne wnioski o dni wolne", url=reverse("ipzs:free_list"))
