"""A week of the plan as screens, papers and calendars show it, with what meets in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Q

from ipzs.enums import EntryPurpose
from ipzs.models import Placement, TimetableEntry, Workshop, WorkshopPlace
from ipzs.queries.timetable import (
    as_entry,
    as_practice,
    entries_within,
    name_of,
    off_days,
    plans,
    practice,
)
from ipzs.rules import plan
from ipzs.rules.plan import Named, Practice
from ipzs.rules.words import hours_text
from participants.models import Participation
from reintegration.core.dates import DateSpan
from reintegration.core.formats import clock_text, format_date, weekday
from reintegration.core.text import clean

SATURDAY = 5
ALONE = "Zajęcia indywidualne"
# How far ahead a new entry is set against the rest of the plan.
AHEAD = timedelta(days=55)


@dataclass(frozen=True, slots=True)
class Item:
    """A class in a cell of the week; a day at an employer's is no row of the plan."""

    row: TimetableEntry | None
    hours: str
    name: str
    # Who, where, with whom: what of it is not clear from where the item stands.
    details: Sequence[str]
    away: bool
    person: str = ""
    begins: time = time.min


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    label: str
    # Why there are no classes; empty on an ordinary day.
    off: str


@dataclass(frozen=True, slots=True)
class Line:
    """One group of the week, with what it has on each day."""

    label: str
    key: str
    cells: Sequence[tuple[Day, Sequence[Item]]]


@dataclass(frozen=True, slots=True)
class Week:
    span: DateSpan
    days: Sequence[Day]
    lines: Sequence[Line]
    conflicts: Sequence[str]
    # Single dates that fall on a day without classes.
    misses: Sequence[str]
    person_ids: frozenset[UUID]

    @property
    def is_empty(self) -> bool:
        return not any(items for line in self.lines for _, items in line.cells)


def of_unit(span: DateSpan, *, today: date) -> Week:
    """All groups of the unit, a line each, and one line of classes of single persons."""
    rows = [row for row in entries_within(span) if row.purpose == EntryPurpose.CLASS]
    names = {row.workshop_id: row.workshop.name for row in rows if row.workshop}
    lines: dict[str, list[TimetableEntry]] = {}
    for key, name in sorted(names.items(), key=lambda pair: pair[1]):
        lines[f"{key}:{name}"] = [row for row in rows if row.workshop_id == key]
    alone = [row for row in rows if row.participation_id is not None]
    if alone:
        lines[f":{ALONE}"] = alone
    return _week(span, lines, today=today)


def of_workshop(workshop: Workshop, span: DateSpan, *, today: date) -> Week:
    rows = entries_within(span).filter(workshop=workshop)
    return _week(span, {f"{workshop.pk}:{workshop.name}": list(rows)}, today=today)


def of_leader(user_id: UUID, name: str, span: DateSpan, *, today: date) -> Week:
    rows = entries_within(span).filter(leader=user_id)
    return _week(span, {f":{name}": list(rows)}, today=today)


def of_person(case: Participation, span: DateSpan, *, today: date, reasons: bool) -> Week:
    """What stands in a person's plan, and what their groups have while they belong.

    `reasons`: also why they are away, which may be their health.
    """
    own = plans([case.pk], span)[case.pk]
    days = _days(span, today=today)
    off = {day.day: day.off for day in days if day.off}
    by_day: defaultdict[date, list[Item]] = defaultdict(list)
    who = Named(str(case.pk), str(case.person))
    entries = [_with(entry, who) for entry in own.entries]
    for session in plan.sessions(entries, span, off):
        if any(session.day in term for term in own.taking_part):
            by_day[session.day].append(_item(own.rows[session.entry.key], personal=True, reasons=reasons))
    at_work = [_with(entry, who) for one in own.practice for entry in one.entries()]
    for one in own.practice:
        for day in plan.practice_minutes([one], span, taking_part=own.taking_part, off=off):
            by_day[day].append(_at_employer(one))
            by_day[day].sort(key=lambda item: item.begins)
    cells = [(day, by_day[day.day]) for day in days]
    return Week(
        span,
        _shown(days, by_day),
        [Line(str(case.person), str(case.pk), [cell for cell in cells if _shows(cell[0], by_day)])],
        plan.told(plan.conflicts([*entries, *at_work], span, off)),
        plan.misses(entries, span, off),
        frozenset({case.person_id}),
    )


def conflicts_of(row: TimetableEntry) -> list[str]:
    """What an entry meets within eight weeks from its start, in sentences."""
    span = DateSpan(row.since, min(row.until or date.max, row.since + AHEAD))
    rows = list(entries_within(span))
    people = _people(rows, span)
    entries = [as_entry(one, people.get(one.pk, ())) for one in rows]
    own = next((entry for entry in entries if entry.key == str(row.pk)), None)
    if own is None:
        return []
    off = off_days(span)
    others = [one for one in [*entries, *_practising(own.persons, span)] if one.key != own.key]
    met = [found for other in others for found in plan.conflicts([own, other], span, off)]
    return [*plan.misses([own], span, off), *plan.told(met)]


def conflicts_of_practice(row: Placement) -> list[str]:
    """What a practice with known hours meets in the person's plan within eight weeks from its start."""
    span = DateSpan(row.since, min(row.until, row.since + AHEAD))
    own = plans([row.participation_id], span)[row.participation_id]
    who = Named(str(row.participation_id), str(row.person))
    at_work = as_practice(row, [who]).entries()
    entries = [_with(entry, who) for entry in own.entries]
    off = off_days(span)
    return plan.told(
        found for one in entries for other in at_work for found in plan.conflicts([one, other], span, off)
    )


def _week(span: DateSpan, lines: Mapping[str, Sequence[TimetableEntry]], *, today: date) -> Week:
    days = _days(span, today=today)
    off = {day.day: day.off for day in days if day.off}
    rows = list({row.pk: row for found in lines.values() for row in found}.values())
    # What a leader, a room or a person has elsewhere meets it too.
    other = [row for row in entries_within(span) if row.pk not in {one.pk for one in rows}]
    people = _people([*rows, *other], span)
    shown = {row.pk: as_entry(row, people.get(row.pk, ())) for row in rows}
    beside = [as_entry(row, people.get(row.pk, ())) for row in other]
    beside += _practising({named for entry in shown.values() for named in entry.persons}, span)
    by_key = {str(row.pk): row for row in rows}
    drawn: list[Line] = []
    by_day: defaultdict[date, list[Item]] = defaultdict(list)
    for label, found in lines.items():
        key, _, name = label.partition(":")
        of_line: defaultdict[date, list[Item]] = defaultdict(list)
        for session in plan.sessions([shown[row.pk] for row in found], span, off):
            item = _item(by_key[session.entry.key], personal=False, reasons=False, group=not key)
            of_line[session.day].append(item)
            by_day[session.day].append(item)
        drawn.append(Line(name, key, [(day, of_line[day.day]) for day in days]))
    lines_shown = [
        Line(line.label, line.key, [cell for cell in line.cells if _shows(cell[0], by_day)]) for line in drawn
    ]
    met = plan.conflicts([*shown.values(), *beside], span, off)
    mine = {entry.key for entry in shown.values()}
    return Week(
        span,
        _shown(days, by_day),
        lines_shown,
        plan.told(one for one in met if one.one.key in mine or one.other.key in mine),
        plan.misses(shown.values(), span, off),
        frozenset(row.person_id for row in rows if row.person_id is not None),
    )


def _days(span: DateSpan, *, today: date) -> list[Day]:
    off = off_days(span)
    return [Day(day, f"{weekday(day)}, {format_date(day, today=today)}", off.get(day, "")) for day in span]


def _shows(day: Day, by_day: Mapping[date, Sequence[Item]]) -> bool:
    """A weekend without classes takes no room."""
    return day.day.weekday() < SATURDAY or bool(by_day.get(day.day))


def _shown(days: Iterable[Day], by_day: Mapping[date, Sequence[Item]]) -> list[Day]:
    return [day for day in days if _shows(day, by_day)]


def _item(row: TimetableEntry, *, personal: bool, reasons: bool, group: bool = True) -> Item:
    """What stands in a cell. Why somebody is away is said on their own page alone, to who plans."""
    away = row.purpose == EntryPurpose.AWAY
    details = []
    name = name_of(row)
    if away and not reasons:
        name = str(row.get_purpose_display())
    if row.workshop is not None and group and row.workshop.name != name:
        details.append(row.workshop.name)
    if row.leader is not None:
        details.append(row.leader.get_full_name())
    if row.room is not None:
        details.append(row.room.name)
    person = str(row.person) if row.person is not None and not personal else ""
    hours = f"{clock_text(row.begins)}–{clock_text(row.ends)}"
    return Item(row, hours, name, details, away, clean(person), row.begins)


def _at_employer(one: Practice) -> Item:
    """A day at an employer's in the week of a person."""
    if one.begins is not None and one.ends is not None:
        hours = f"{clock_text(one.begins)}–{clock_text(one.ends)}"
    else:
        hours = hours_text(one.minutes)
    return Item(None, hours, "u pracodawcy", [one.employer], away=False, begins=one.begins or time.max)


def _practising(who: Collection[Named], span: DateSpan) -> list[plan.Entry]:
    """The hours that those persons are at an employer's."""
    names = {named.key: named for named in who}
    placed = practice([UUID(key) for key in names], span) if names else {}
    return [
        entry
        for key, rows in placed.items()
        for row in rows
        for entry in as_practice(row, [names[str(key)]]).entries()
    ]


def _people(rows: Iterable[TimetableEntry], span: DateSpan) -> dict[UUID, list[Named]]:
    """Whom each entry needs: the person it is for, or who belongs to its group then."""
    listed = list(rows)
    groups = {row.workshop_id for row in listed if row.workshop_id is not None}
    members: defaultdict[UUID, list[Named]] = defaultdict(list)
    places = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=span.first), workshop__in=groups, since__lte=span.last
    )
    for place in places.select_related("person").order_by("pk"):
        members[place.workshop_id].append(Named(str(place.participation_id), str(place.person)))
    found: dict[UUID, list[Named]] = {}
    for row in listed:
        if row.workshop_id is not None:
            found[row.pk] = members[row.workshop_id]
        elif row.participation_id is not None:
            found[row.pk] = [Named(str(row.participation_id), str(row.person))]
    return found


def _with(entry: plan.Entry, who: Named) -> plan.Entry:
    return plan.Entry(
        key=entry.key,
        name=entry.name,
        when=entry.when,
        begins=entry.begins,
        ends=entry.ends,
        purpose=entry.purpose,
        persons=frozenset({who}),
    )
