"""The class journal: what was held, on what topic, who was there; and what was cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from ipzs.enums import EntryPurpose, MeetingState, MonthState
from ipzs.models import AttendanceMonth, ClassMeeting, ClassPresence, Room, Service, TimetableEntry
from ipzs.transitions.meetings import TABLE, Transition
from participants.models import Participation, Period
from participants.services.participations.common import actor, colleague, not_in_future, stored
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month
from reintegration.tenancy.enums import UNIT_ROLES

HOUR = 60
LESSON = 45
TENTH = Decimal("0.1")


def lessons(begins: time, ends: time) -> Decimal:
    """Teaching hours of 45 minutes between two hours of a day, to the tenth."""
    day = date.min
    minutes = (datetime.combine(day, ends) - datetime.combine(day, begins)).seconds // 60
    return (Decimal(minutes) / LESSON).quantize(TENTH)


def in_lessons(hours: Decimal) -> Decimal:
    """Hours of the clock in teaching hours, to the tenth."""
    return (hours * HOUR / LESSON).quantize(TENTH)


@dataclass(frozen=True, slots=True)
class MeetingData:
    """A line of the journal, as its form asks for it."""

    service_id: UUID
    leader_id: UUID
    begins: time
    ends: time
    hours: Decimal
    topic: str
    # Who was there, and for how long.
    present: Mapping[UUID, Decimal]
    room_id: UUID | None = None


def hold(
    *,
    data: MeetingData,
    meeting_id: UUID | None = None,
    entry_id: UUID | None = None,
    day: date | None = None,
) -> ClassMeeting:
    """Write a class into the journal with who was there, or correct what is written."""
    row = _found(meeting_id, entry_id, day)
    not_in_future(row.day, field="topic")
    _still_open(row.day)
    if row.state != MeetingState.HELD:
        TABLE.move(row, Transition.HOLD)
    if not data.topic.strip():
        raise InputError("Wpisz temat zajęć.", field="topic")
    if data.ends <= data.begins:
        raise InputError("Koniec zajęć jest po ich początku, tego samego dnia.", field="ends")
    row.service = Service.objects.get(pk=data.service_id)
    if data.leader_id != row.leader_id:
        colleague(
            data.leader_id,
            roles=UNIT_ROLES,
            sentence="Wybierz kogoś, kto pracuje w tej jednostce.",
            field="leader",
        )
    row.leader_id = data.leader_id
    row.room = Room.objects.get(pk=data.room_id) if data.room_id else None
    row.begins, row.ends, row.hours = data.begins, data.ends, data.hours
    row.topic, row.cancel_reason = data.topic.strip(), ""
    stored(row)
    _presences(row, data.present)
    return row


def cancel(
    *, reason: str, meeting_id: UUID | None = None, entry_id: UUID | None = None, day: date | None = None
) -> ClassMeeting:
    """Say that a class does not take place, and why; nobody was there then."""
    row = _found(meeting_id, entry_id, day)
    _still_open(row.day)
    if not reason.strip():
        raise InputError("Napisz, dlaczego zajęcia odwołano.", field="reason")
    TABLE.move(row, Transition.CANCEL)
    if row.service_id is None:
        raise InputError("Te zajęcia nie mają usługi w planie. Najpierw wybierz ją w planie.")
    row.cancel_reason = reason.strip()
    stored(row)
    row.presences.all().delete()
    return row


def _found(meeting_id: UUID | None, entry_id: UUID | None, day: date | None) -> ClassMeeting:
    """The line of the journal, or a new one for a day of the plan."""
    if meeting_id is not None:
        held: ClassMeeting = ClassMeeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
        return held
    if day is None:
        raise ValueError("A class of the plan has a day.")
    entry: TimetableEntry = TimetableEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    if entry.purpose != EntryPurpose.CLASS or not falls_on(entry, day):
        raise InputError("W planie nie ma tych zajęć w tym dniu.")
    if ClassMeeting.objects.filter(entry=entry, day=day).exists():
        raise InputError("Te zajęcia są już w dzienniku.")
    row = ClassMeeting(
        entry=entry,
        workshop_id=entry.workshop_id,
        room_id=entry.room_id,
        leader_id=entry.leader_id or actor(),
        day=day,
        begins=entry.begins,
        ends=entry.ends,
        hours=lessons(entry.begins, entry.ends),
    )
    if entry.service_id is not None:
        row.service_id = entry.service_id
    return row


def falls_on(entry: TimetableEntry, day: date) -> bool:
    """Whether an entry of the plan has the day; holidays are asked about elsewhere."""
    inside = entry.since <= day and (entry.until is None or day <= entry.until)
    return inside and (entry.weekday is None or entry.weekday == day.weekday())


def _presences(row: ClassMeeting, present: Mapping[UUID, Decimal]) -> None:
    held = {one.participation_id: one for one in row.presences.order_by("pk")}
    for key, one in held.items():
        if key not in present:
            one.delete()
    wanted = list(present)
    cases = {case.pk: case for case in Participation.objects.filter(pk__in=wanted).order_by("pk")}
    taking = set(
        Period.objects.filter(participation__in=wanted, since__lte=row.day, until__gte=row.day)
        .order_by("pk")
        .values_list("participation", flat=True)
    )
    for key, hours in present.items():
        if key not in taking:
            raise InputError(
                "Ktoś z tej listy nie bierze w tym dniu udziału. Odśwież stronę.", field="present"
            )
        one = held.get(key) or ClassPresence(
            meeting=row, participation=cases[key], person_id=cases[key].person_id
        )
        if one.day == row.day and one.hours == hours:
            continue
        one.day, one.hours = row.day, hours
        stored(one)


def _still_open(day: date) -> None:
    if AttendanceMonth.objects.filter(state=MonthState.CLOSED, first_day=day.replace(day=1)).exists():
        month = format_month(Month.of(day))
        raise InputError(f"Obecność za {month} jest zamknięta. Kierownik może ją otworzyć z powodem.")
