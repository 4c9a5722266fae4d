"""What keeps a month of attendance from being closed for a person, and what is shown beside it.

A closed month is what the benefit is counted from (art. 15), so that each day must say one thing and
each absence must have the paper on which it rests.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from ipzs.rules.balances import (
    DayLimits,
    DayReadings,
    Facts,
    SickLeave,
    free_days,
    kinds_by_day,
    period_on,
    sick_days,
    unexcused_balance,
    unexcused_days,
)
from ipzs.rules.codes import FindingCode, MarkKind, Severity, UnexcusedLimit
from ipzs.rules.words import days_text, in_month
from participants.rules.codes import PeriodKind
from reintegration.core.dates import Month, union
from reintegration.core.formats import counted, plural

_THERE: Final = frozenset({MarkKind.PRESENT, MarkKind.EMPLOYER})
_KNOWN_AHEAD: Final = frozenset({MarkKind.SICK, MarkKind.FREE, MarkKind.CLOSED})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody has to put right, or should know, with the days that it is about."""

    code: FindingCode
    days: tuple[date, ...]
    sentence: str
    severity: Severity = Severity.BLOCKS

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCKS


@dataclass(frozen=True, slots=True)
class Journal:
    """What the class journal says of one person's days."""

    # Written down at a class, be it for a part of it.
    came: frozenset[date] = frozenset()
    # Their classes were held, and they were at none of them and at no counselling.
    missed: frozenset[date] = frozenset()


NO_JOURNAL: Final = Journal()


def findings(
    facts: Facts,
    month: Month,
    *,
    today: date,
    limits: DayLimits,
    readings: DayReadings,
    journal: Journal = NO_JOURNAL,
    journal_speaks: bool = False,
) -> tuple[Finding, ...]:
    """Everything that the close of a month finds about one person: what blocks first, then by days.

    `facts.class_days` are the person's exact class days of the month. Days for which the opening of a
    unit that starts in mid-year speaks ask for no mark; nor, where the `journal_speaks`, do days on which
    somebody was written down at a class.
    """
    found = [
        *_marks(facts, month),
        *_journal(facts, month, journal),
        *_leaves(facts, month),
        *_days_ahead(facts, month, today),
        *_unmarked(facts, month, today, journal.came if journal_speaks else frozenset()),
        *_free_over(facts, month, limits, readings),
        *_sick_over(facts, month, limits, readings),
        *_forfeited(facts, month, limits, readings),
    ]
    return tuple(sorted(found, key=lambda one: (not one.blocks, one.days)))


def may_close(found: Iterable[Finding]) -> bool:
    """Whether nothing of what was found keeps the month open."""
    return not any(one.blocks for one in found)


def asks_for_mark(facts: Facts, day: date) -> bool:
    """Whether a day lies inside the participation, and no opening speaks for it."""
    before = facts.opening is not None and day <= facts.opening.until
    return not before and period_on(facts, day) is not None


def _class_days(facts: Facts, month: Month) -> list[date]:
    """Class days of the month inside the participation for which no opening speaks."""
    return sorted(day for day in facts.class_days if day in month and asks_for_mark(facts, day))


def _in_leave(facts: Facts, day: date) -> bool:
    return any(day in leave.span for leave in facts.leaves)


def _unmarked(facts: Facts, month: Month, today: date, came: frozenset[date]) -> Iterator[Finding]:
    """A leave or a granted free day speaks for its days; any other class day needs a mark."""
    marked = {mark.day for mark in facts.marks} | facts.granted | came
    days = [
        day
        for day in _class_days(facts, month)
        if day <= today and day not in marked and not _in_leave(facts, day)
    ]
    yield from _about(FindingCode.UNMARKED, days, lambda said: f"Brakuje wpisu: {said}.")


def _days_ahead(facts: Facts, month: Month, today: date) -> Iterator[Finding]:
    """Classes to come, and marks that say how a day went before it came.

    A month is paid when it is over (art. 15 ust. 5). Sickness, free days and closed days are known ahead.
    """
    ahead = {day for day in _class_days(facts, month) if day > today}
    early = {
        mark.day
        for mark in facts.marks
        if mark.day in month and mark.day > today and mark.kind not in _KNOWN_AHEAD
    }
    yield from _about(
        FindingCode.FUTURE,
        ahead | early,
        lambda said: f"Te dni jeszcze nie minęły: {said}. Zamknij obecność po ostatnich zajęciach.",
    )


def _marks(facts: Facts, month: Month) -> Iterator[Finding]:
    """Marks that stand on a wrong day or without the paper on which they rest."""
    marks = [mark for mark in facts.marks if mark.day in month and mark.kind is not MarkKind.CLOSED]
    outside = [mark.day for mark in marks if period_on(facts, mark.day) is None]
    yield from _about(FindingCode.OUTSIDE, outside, lambda said: f"Wpis poza okresem uczestnictwa: {said}.")
    marks = [mark for mark in marks if mark.day not in outside]
    leaves = {mark.day for mark in marks if _in_leave(facts, mark.day)}
    yield from _about(
        FindingCode.NO_CLASS,
        # A doctor's span covers weekends too, so that sickness may be marked on a day without classes.
        (
            mark.day
            for mark in marks
            if mark.day not in facts.class_days
            and not (mark.kind is MarkKind.SICK and mark.day in leaves)
            and (facts.opening is None or mark.day > facts.opening.until)
        ),
        lambda said: f"Wpis w dniu bez zajęć: {said}. Usuń wpis albo dodaj zajęcia do planu.",
    )
    yield from _about(
        FindingCode.MARK_IN_LEAVE,
        (mark.day for mark in marks if mark.kind is not MarkKind.SICK and mark.day in leaves),
        lambda said: f"W czasie zwolnienia jest inny wpis: {said}. Popraw wpis albo zwolnienie.",
    )
    yield from _about(
        FindingCode.SICK_WITHOUT_LEAVE,
        (mark.day for mark in marks if mark.kind is MarkKind.SICK and mark.day not in leaves),
        lambda said: f"Choroba bez zwolnienia: {said}. (art. 15 ust. 7a)",
    )
    yield from _about(
        FindingCode.FREE_WITHOUT_CONSENT,
        (mark.day for mark in marks if mark.kind is MarkKind.FREE and mark.day not in facts.granted),
        lambda said: f"Dzień wolny bez wniosku i zgody kierownika: {said}. (art. 15 ust. 6b)",
    )


def _journal(facts: Facts, month: Month, journal: Journal) -> Iterator[Finding]:
    """A day and the class journal of it say one thing: somebody came, or did not."""
    kinds = kinds_by_day(facts)
    yield from _about(
        FindingCode.JOURNAL,
        (day for day in journal.came if day in month and kinds.get(day, MarkKind.PRESENT) not in _THERE),
        lambda said: f"W dzienniku zajęć jest obecność, a dzień mówi co innego: {said}.",
    )
    yield from _about(
        FindingCode.JOURNAL,
        (day for day in journal.missed if day in month and kinds.get(day) is MarkKind.PRESENT),
        lambda said: f"Dzień mówi o obecności, a w dzienniku nie ma tej osoby na żadnych zajęciach: {said}.",
    )


def _leaves(facts: Facts, month: Month) -> Iterator[Finding]:
    bare = [leave for leave in facts.leaves if not leave.has_paper]
    yield from _about(
        FindingCode.NO_PAPER,
        _days_of(bare, month),
        lambda said: f"Zwolnienie bez potwierdzenia od lekarza: {said}. (art. 15 ust. 7a)",
    )
    twice = {
        day
        for one, other in combinations(facts.leaves, 2)
        for day in one.span.clip(other.span) or ()
        if day in month
    }
    yield from _about(
        FindingCode.LEAVES_OVERLAP,
        twice,
        lambda said: f"Te dni są w dwóch zwolnieniach: {said}. Popraw jedno z nich.",
    )
    # A mark has its own finding; here nobody marked the day, and the sickness is counted.
    marked = {mark.day for mark in facts.marks}
    yield from _about(
        FindingCode.FREE_IN_LEAVE,
        (day for day in facts.granted if day in month and day not in marked and _in_leave(facts, day)),
        lambda said: f"Dzień wolny wypadł w czasie choroby i liczy się jako choroba: {said}.",
        Severity.SHOWN,
    )


def _free_over(facts: Facts, month: Month, limits: DayLimits, readings: DayReadings) -> Iterator[Finding]:
    over = [
        one.day
        for one in free_days(facts, limits=limits, readings=readings)
        if one.is_over and one.day in month
    ]
    trial = [day for day in over if period_on(facts, day) is PeriodKind.TRIAL]
    yield from _about(
        FindingCode.FREE_OVER,
        trial,
        lambda said: f"W okresie próbnym nie ma dni wolnych: {said}. (art. 15 ust. 6a)",
    )
    yield from _about(
        FindingCode.FREE_OVER,
        [day for day in over if day not in trial],
        lambda said: f"Więcej dni wolnych, niż przysługuje: {said}. (art. 15 ust. 6a)",
    )


def _sick_over(facts: Facts, month: Month, limits: DayLimits, readings: DayReadings) -> Iterator[Finding]:
    over = [
        one for one in sick_days(facts, limits=limits, readings=readings) if one.is_over and one.day in month
    ]
    if not over:
        return
    limit = max(one.limit for one in over)
    yield from _about(
        FindingCode.SICK_OVER,
        (one.day for one in over),
        lambda said: (
            f"Choroba ponad limit {limit} dni: {said}. Za te dni świadczenie nie przysługuje. "
            f"(art. 15 ust. 7a)"
        ),
        Severity.SHOWN,
    )


def _forfeited(facts: Facts, month: Month, limits: DayLimits, readings: DayReadings) -> Iterator[Finding]:
    balance = unexcused_balance(facts, month, limits=limits, readings=readings)
    if not balance.over:
        return
    days = tuple(unexcused_days(facts, month))
    words = counted(balance.used, "dzień", "dni", "dni")
    row = " z rzędu" if readings.unexcused is UnexcusedLimit.CONSECUTIVE else ""
    unexcused = plural(balance.used, "nieusprawiedliwiony", "nieusprawiedliwione", "nieusprawiedliwionych")
    yield Finding(
        FindingCode.FORFEITED,
        days,
        f"{in_month(month).capitalize()}: {words} {unexcused}{row}, więcej niż {balance.limit}. "
        f"Świadczenie za ten miesiąc nie przysługuje. (art. 15 ust. 7)",
        Severity.SHOWN,
    )


def _days_of(leaves: Iterable[SickLeave], month: Month) -> list[date]:
    parts = (leave.span.clip(month) for leave in leaves)
    return [day for span in union(part for part in parts if part is not None) for day in span]


def _about(
    code: FindingCode,
    days: Iterable[date],
    sentence: Callable[[str], str],
    severity: Severity = Severity.BLOCKS,
) -> Iterator[Finding]:
    """One finding about all the days, or none when there are none."""
    listed = tuple(sorted(set(days)))
    if listed:
        yield Finding(code, listed, sentence(days_text(listed)), severity)
