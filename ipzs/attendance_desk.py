"""What of today waits on the desk of whoever leads: their workshops to mark, their classes to write down."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from ipzs.perms import attendance as perms
from ipzs.perms import timetable as class_perms
from ipzs.queries import attendance as queries
from ipzs.queries import timetable_classes
from ipzs.views.attendance.base import day_url
from reintegration.core.formats import counted
from reintegration.notices.desk import DeskLine, desk_lines
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
