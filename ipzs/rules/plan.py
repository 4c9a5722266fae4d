"""The plan of a person: which days have classes, how long they last, and what stands in the way.

Art. 14 ust. 1a: classes follow a monthly programme. An absence is marked only on a day on which the
person has classes, so that everything counted in days begins here.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import combinations

from ipzs.rules.codes import ConflictKind, EntryPurpose, Weekday
from reintegration.core.calendar_pl import is_working_day, public_holidays
from reintegration.core.dates import DateSpan, Month, as_span
from reintegration.core.formats import (
    WEEKDAYS_SHORT,
    clock_text,
    counted,
    format_table_date,
    join_words,
    weekday_short,
)

_WEEK = timedelta(days=7)
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A leader, a room or a person: what tells it apart, and how a sentence calls it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same day of each week while the term lasts."""

    weekday: Weekday
    term: DateSpan

    def days(self, within: DateSpan) -> Iterator[date]:
        """The days on which it falls; an open span has no end of them."""
        part = self.term.clip(within)
        if part is None:
            return
        if part.last is None:
            raise ValueError("The days of an open span cannot be listed; clip it first.")
        day = part.first + timedelta(days=(self.weekday - part.first.weekday()) % 7)
        while day <= part.last:
            yield day
            day += _WEEK

    def within(self, span: DateSpan) -> "Weekly | None":
        """The part of it in a span, which may still be too short for a day."""
        part = self.term.clip(span)
        return None if part is None else Weekly(self.weekday, part)


@dataclass(frozen=True, slots=True)
class Once:
    """One day."""

    day: date

    def days(self, within: DateSpan) -> Iterator[date]:
        """The day, if it lies within."""
        if self.day in within:
            yield self.day

    def within(self, span: DateSpan) -> "Once | None":
        """Itself, if it lies within."""
        return self if self.day in span else None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that stands in a plan, from an hour to an hour of one day."""

    key: str
    name: str
    when: Weekly | Once
    begins: time
    ends: time
    purpose: EntryPurpose = EntryPurpose.CLASS
    leader: Named | None = None
    room: Named | None = None
    persons: frozenset[Named] = frozenset()

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("An entry ends later on the same day than it begins.")

    def during(self, term: DateSpan) -> "Entry | None":
        """The part of it that falls in a term: how long somebody belonged to the group, say."""
        part = self.when.within(term)
        return None if part is None else replace(self, when=part)

    @property
    def hours(self) -> str:
        """How a sentence says when it is: `pn. 8:00–14:00`, `20.11.2026 8:00–14:00`."""
        if isinstance(self.when, Once):
            day = format_table_date(self.when.day)
        else:
            day = WEEKDAYS_SHORT[self.when.weekday]
        return f"{day} {clock_text(self.begins)}–{clock_text(self.ends)}"


@dataclass(frozen=True, slots=True)
class Practice:
    """Days at an employer's: the weekdays of a span, each with so many minutes.

    Where the hours of the day are known, a class at the same time is a conflict and is counted once.
    """

    key: str
    employer: str
    term: DateSpan
    weekdays: frozenset[Weekday]
    minutes: int
    begins: time | None = None
    ends: time | None = None
    persons: frozenset[Named] = frozenset()

    @property
    def is_timed(self) -> bool:
        return self.begins is not None and self.ends is not None

    @property
    def name(self) -> str:
        return f"praktyka, {self.employer}"

    def days(self, within: DateSpan) -> Iterator[date]:
        """The days on which the person is there, holidays included."""
        for day in self.term.clip(within) or ():
            if day.weekday() in self.weekdays:
                yield day

    def entries(self) -> tuple[Entry, ...]:
        """How it stands in a plan: one pattern for each weekday, when its hours are known."""
        if self.begins is None or self.ends is None:
            return ()
        return tuple(
            Entry(self.key, self.name, Weekly(one, self.term), self.begins, self.ends, persons=self.persons)
            for one in sorted(self.weekdays)
        )


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the unit is closed, and why."""

    span: DateSpan
    reason: str


@dataclass(frozen=True, slots=True)
class Session:
    """An entry on one day."""

    day: date
    entry: Entry


def off_days(within: DateSpan | Month, closures: Iterable[Closure] = ()) -> dict[date, str]:
    """Days without classes whatever the plan says, with their names: holidays, and days when it is closed.

    A holiday that falls into a closure keeps its own name.
    """
    span = as_span(within)
    found: dict[date, str] = {}
    for closure in closures:
        part = closure.span.clip(span)
        found.update((day, closure.reason) for day in part or ())
    return dict(sorted((found | public_holidays(span)).items()))


def sessions(
    entries: Iterable[Entry], within: DateSpan | Month, off: Container[date] = ()
) -> tuple[Session, ...]:
    """What of the plan takes place, in the order of days and hours."""
    span = as_span(within)
    found = [Session(day, entry) for entry in entries for day in entry.when.days(span) if day not in off]
    found.sort(key=lambda one: (one.day, one.entry.begins, one.entry.ends, one.entry.name, one.entry.key))
    return tuple(found)


def day_minutes(entries: Iterable[Entry]) -> int:
    """How long a person is in classes on a day, given what of their plan falls on it.

    Two classes at the same time are one; time taken by therapy or an appointment is no time in classes.
    """
    return _minutes(
        frozenset((entry.begins, entry.ends, entry.purpose is EntryPurpose.AWAY) for entry in entries)
    )


@lru_cache(maxsize=1000)
def _minutes(times: frozenset[tuple[time, time, bool]]) -> int:
    """The days of a unit have few patterns; a month of everybody asks for each a hundred times."""
    there: set[int] = set()
    away: set[int] = set()
    for begins, ends, elsewhere in times:
        (away if elsewhere else there).update(range(_minute(begins), _minute(ends)))
    return len(there - away)


def plan_minutes(
    entries: Iterable[Entry],
    within: DateSpan | Month,
    *,
    taking_part: Iterable[DateSpan],
    off: Container[date] = (),
    practice: Iterable[Practice] = (),
) -> dict[date, int]:
    """Minutes of classes of a person for each day that has any, while they take part.

    A day at an employer's is one. Its hours count beside classes at other hours; where nobody knows which
    hours they are, the longer of the two is the day.
    """
    terms, placed = tuple(taking_part), tuple(practice)
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    timed = [entry for one in placed for entry in one.entries()]
    for session in sessions([*entries, *timed], within, off):
        if any(session.day in term for term in terms):
            by_day[session.day].append(session.entry)
    found = {day: day_minutes(these) for day, these in by_day.items()}
    for day, minutes in practice_minutes(
        (one for one in placed if not one.is_timed), within, taking_part=terms, off=off
    ).items():
        found[day] = max(found.get(day, 0), minutes)
    return {day: minutes for day, minutes in sorted(found.items()) if minutes}


def practice_minutes(
    practice: Iterable[Practice],
    within: DateSpan | Month,
    *,
    taking_part: Iterable[DateSpan],
    off: Container[date] = (),
) -> dict[date, int]:
    """Minutes of each day at an employer's, while the person takes part."""
    span, terms = as_span(within), tuple(taking_part)
    return {
        day: one.minutes
        for one in practice
        for day in one.days(span)
        if day not in off and any(day in term for term in terms)
    }


def class_days(
    entries: Iterable[Entry],
    within: DateSpan | Month,
    *,
    taking_part: Iterable[DateSpan],
    off: Container[date] = (),
) -> frozenset[date]:
    """The days on which a person has classes: only these carry an absence (art. 14 ust. 1a, art. 15)."""
    return frozenset(plan_minutes(entries, within, taking_part=taking_part, off=off))


def only_class_days(days: Iterable[date], planned: Iterable[date]) -> list[date]:
    """Those of the days on which there are classes, also where a month has no plan on record.

    A month with at least one planned day has exactly these; any other has Monday to Friday without
    public holidays, so that months from before the unit began here can be counted too.
    """
    known = frozenset(planned)
    months = {Month.of(day) for day in known}
    return [day for day in days if (day in known if Month.of(day) in months else is_working_day(day))]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries that need the same leader, room or person at one time, from `day` on."""

    kind: ConflictKind
    who: tuple[Named, ...]
    one: Entry
    other: Entry
    day: date

    @property
    def sentence(self) -> str:
        """`Anna Lawenda prowadzi w tym samym czasie „Stolarska” (pn. 8:00–14:00) i „Kuchnia” (…).`"""
        both = f"„{self.one.name}” ({self.one.hours}) i „{self.other.name}” ({self.other.hours})"
        first = f"pierwszy raz {format_table_date(self.day)}"
        names = [named.name for named in self.who]
        if self.kind is ConflictKind.LEADER:
            return f"{names[0]} prowadzi w tym samym czasie {both}, {first}."
        if self.kind is ConflictKind.ROOM:
            return f"„{names[0]}”: są tam w tym samym czasie {both}, {first}."
        more = len(names) - _NAMED
        if more > 0:
            names = [*names[:_NAMED], counted(more, "inna osoba", "inne osoby", "innych osób")]
        verb = "ma" if len(names) == 1 else "mają"
        return f"{join_words(names)} {verb} w tym samym czasie {both}, {first}."


def conflicts(entries: Iterable[Entry], within: DateSpan, off: Container[date] = ()) -> tuple[Conflict, ...]:
    """Entries that cannot both take place as planned, each pair once for each reason.

    It is shown and keeps nothing from being saved: two groups may share a room, and a person's plan is
    arranged around therapy by seeing where they meet.
    """
    found: list[Conflict] = []
    ordered = sorted(entries, key=lambda entry: (entry.name, entry.key, entry.begins, entry.ends))
    for one, other in combinations(ordered, 2):
        if other.ends <= one.begins or one.ends <= other.begins:
            continue
        shared = _shared(one, other)
        if not shared:
            continue
        day = _first_common(one, other, within, off)
        if day is not None:
            found += [Conflict(kind, who, one, other, day) for kind, who in shared]
    order = tuple(ConflictKind)
    return tuple(sorted(found, key=lambda one: (one.day, order.index(one.kind))))


def told(found: Iterable[Conflict]) -> list[str]:
    """Conflicts in sentences; what meets in the same way on other days too is said once, with the days."""
    alike: defaultdict[tuple[object, ...], list[Conflict]] = defaultdict(list)
    for one in found:
        hours = [(entry.name, entry.begins, entry.ends) for entry in (one.one, one.other)]
        alike[(one.kind, one.who, *hours)].append(one)
    return [_said_once(same) for same in alike.values()]


def _said_once(same: Sequence[Conflict]) -> str:
    first, *rest = same
    weekdays = dict.fromkeys(weekday_short(one.day) for one in rest if one.day != first.day)
    return f"{first.sentence} Tak samo: {', '.join(weekdays)}" if weekdays else first.sentence


def misses(entries: Iterable[Entry], within: DateSpan, off: Mapping[date, str]) -> tuple[str, ...]:
    """Single dates that were planned on a day without classes, in sentences."""
    return tuple(
        f"„{entry.name}” {format_table_date(entry.when.day)} nie odbędzie się: {off[entry.when.day]}."
        for entry in entries
        if isinstance(entry.when, Once) and entry.when.day in within and entry.when.day in off
    )


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _shared(one: Entry, other: Entry) -> list[tuple[ConflictKind, tuple[Named, ...]]]:
    found: list[tuple[ConflictKind, tuple[Named, ...]]] = []
    for kind, ours, theirs in (
        (ConflictKind.LEADER, one.leader, other.leader),
        (ConflictKind.ROOM, one.room, other.room),
    ):
        if ours is not None and theirs is not None and ours.key == theirs.key:
            found.append((kind, (ours,)))
    keys = {named.key for named in other.persons}
    both = tuple(sorted((named for named in one.persons if named.key in keys), key=lambda it: it.name))
    if both:
        found.append((ConflictKind.PERSON, both))
    return found


def _first_common(one: Entry, other: Entry, within: DateSpan, off: Container[date]) -> date | None:
    """The first day on which both fall and take place."""
    return next(
        (
            day
            for day in one.when.days(within)
            if day not in off and any(other.when.days(DateSpan.single(day)))
        ),
        None,
    )
