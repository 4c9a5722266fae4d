"""The plan: weekly patterns and single dates, of groups and of persons.

What already took place is never rewritten: a change of a weekly pattern ends it the day before and begins
a new one. Conflicts keep nothing from being saved; they are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from ipzs.enums import EntryPurpose, MonthState
from ipzs.models import AttendanceMonth, Room, Service, TimetableEntry, Workshop
from participants.models import Participation
from participants.services.participations.common import colleague, stored
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_month, format_table_date
from reintegration.tenancy.enums import UNIT_ROLES


@dataclass(frozen=True, slots=True)
class EntryData:
    """What stands in the plan; without a weekday it is the one day `since`."""

    begins: time
    ends: time
    since: date
    until: date | None = None
    weekday: int | None = None
    purpose: str = EntryPurpose.CLASS
    workshop_id: UUID | None = None
    participation_id: UUID | None = None
    service_id: UUID | None = None
    room_id: UUID | None = None
    leader_id: UUID | None = None
    label: str = ""


def add_entries(*, data: EntryData, weekdays: Sequence[int] = ()) -> list[TimetableEntry]:
    """Plan the same hours on several days of the week, or once on the first day."""
    wanted: list[int | None] = [*sorted(set(weekdays))] or [None]
    _still_open(data.since)
    return [_stored(TimetableEntry(), replace(data, weekday=weekday)) for weekday in wanted]


def change_entry(*, entry_id: UUID, data: EntryData, from_on: date) -> TimetableEntry:
    """Change what stands in the plan from a day on; what was before that day stays as it was."""
    row = _locked(entry_id)
    _still_open(min(from_on, data.since) if row.weekday is None else max(from_on, row.since))
    if row.meetings.filter(day__gte=from_on).exclude(state="planned").exists():
        raise InputError(
            "Od tego dnia są już wpisy w dzienniku. Wpisz późniejszy dzień zmiany.", field="from_on"
        )
    if row.weekday is None or data.weekday is None or from_on <= row.since:
        since = data.since if data.weekday is None else max(from_on, row.since, data.since)
        row.meetings.filter(state="planned").delete()
        return _stored(row, replace(data, since=since))
    if row.until is not None and from_on > row.until:
        raise InputError(
            f"Te zajęcia kończą się {format_table_date(row.until)}. Wpisz wcześniejszy dzień.",
            field="from_on",
        )
    _end(row, from_on - timedelta(days=1))
    return _stored(TimetableEntry(), replace(data, since=from_on))


def end_entry(*, entry_id: UUID, until: date) -> TimetableEntry:
    """The last day on which a weekly pattern holds."""
    row = _locked(entry_id)
    if row.weekday is None:
        raise InputError("To zajęcia jednego dnia. Możesz je usunąć albo odwołać.")
    if until < row.since:
        raise InputError(
            f"Te zajęcia są od {format_table_date(row.since)}. Wpisz ten dzień albo późniejszy.",
            field="until",
        )
    if row.until is not None and until > row.until:
        raise InputError(
            f"Te zajęcia kończą się {format_table_date(row.until)}. Wpisz wcześniejszy dzień.", field="until"
        )
    _still_open(until + timedelta(days=1))
    return _end(row, until)


def remove_entry(*, entry_id: UUID) -> None:
    """Take a mistake out of the plan; what has a line in the journal can only end."""
    row = _locked(entry_id)
    if row.meetings.exclude(state="planned").exists():
        raise InputError("Te zajęcia mają już wpisy w dzienniku. Zakończ je, zamiast usuwać.")
    _still_open(row.since)
    row.meetings.all().delete()
    row.delete()


def _end(row: TimetableEntry, until: date) -> TimetableEntry:
    if row.meetings.filter(day__gt=until).exclude(state="planned").exists():
        raise InputError("Po tym dniu są już wpisy w dzienniku. Wpisz późniejszy dzień.", field="until")
    row.meetings.filter(day__gt=until, state="planned").delete()
    row.until = until
    return stored(row)


def _stored(row: TimetableEntry, data: EntryData) -> TimetableEntry:
    if data.ends <= data.begins:
        raise InputError("Koniec zajęć jest po ich początku, tego samego dnia.", field="ends")
    if data.weekday is not None and data.until is not None and data.until < data.since:
        raise InputError("Koniec nie może być wcześniejszy niż początek.", field="until")
    _named(data)
    row.purpose, row.label = data.purpose, data.label.strip()
    row.workshop = Workshop.objects.get(pk=data.workshop_id) if data.workshop_id else None
    case = Participation.objects.get(pk=data.participation_id) if data.participation_id else None
    row.participation, row.person_id = case, case.person_id if case else None
    row.service = Service.objects.get(pk=data.service_id) if data.service_id else None
    row.room = Room.objects.get(pk=data.room_id) if data.room_id else None
    if data.leader_id is not None and data.leader_id != row.leader_id:
        colleague(
            data.leader_id,
            roles=UNIT_ROLES,
            sentence="Wybierz kogoś, kto pracuje w tej jednostce.",
            field="leader",
        )
    row.leader_id = data.leader_id
    row.weekday, row.begins, row.ends = data.weekday, data.begins, data.ends
    row.since = data.since
    row.until = data.since if data.weekday is None else data.until
    return stored(row)


def _named(data: EntryData) -> None:
    if data.purpose == EntryPurpose.AWAY:
        if data.service_id is not None:
            raise InputError("Czas zajęty poza jednostką nie jest usługą.", field="service")
        return
    if data.participation_id is not None and data.service_id is None:
        raise InputError("Wybierz usługę: zajęcia jednej osoby muszą mówić, czym są.", field="service")


def _still_open(day: date) -> None:
    """Refuse a change that would move class days of a closed month."""
    closed = AttendanceMonth.objects.filter(state=MonthState.CLOSED, first_day__gte=day.replace(day=1))
    last = closed.order_by("-first_day").first()
    if last is not None:
        month = format_month(Month.of(last.first_day))
        raise InputError(f"Obecność za {month} jest zamknięta. Zmień plan od następnego miesiąca.")


def _locked(entry_id: UUID) -> TimetableEntry:
    found: TimetableEntry = TimetableEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    return found
