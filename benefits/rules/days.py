"""The days of a month: class days, days due, and which days of sickness lie within the limit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from benefits.rules.facts import Basis
from ipzs.rules.codes import SickCount, SickPool
from participants.rules.stages import TRIAL_MONTHS, last_day
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import DateSpan

_working = lru_cache(maxsize=20_000)(is_working_day)
_last_day = lru_cache(maxsize=20_000)(last_day)


def trial_end(basis: Basis) -> date:
    """The last day of the trial month, by the reading of the month that is counted (art. 15 ust. 1)."""
    return _last_day(basis.participation.start, TRIAL_MONTHS, basis.readings.trial_end)


class Calendar:
    """On which days a person has classes: the days given, and Monday to Friday in every other month."""

    def __init__(self, class_days: frozenset[date]) -> None:
        self._days = class_days
        self._months = {(day.year, day.month) for day in class_days}

    def is_class_day(self, day: date) -> bool:
        if (day.year, day.month) in self._months:
            return day in self._days
        return _working(day)


calendar_of = lru_cache(maxsize=1000)(Calendar)


@dataclass(frozen=True, slots=True)
class DaysDue:
    """How many days the benefit is due for; a whole month is thirty whatever its length (art. 15 ust. 6)."""

    trial: int
    main: int


def due_span(basis: Basis) -> DateSpan | None:
    """The days of the month inside the participation and from the grant on."""
    if basis.granted_from is None:
        return None
    inside = basis.participation.days_in(basis.month)
    return inside.clip(DateSpan(basis.granted_from)) if inside is not None else None


def days_left(basis: Basis) -> Sequence[date]:
    """Class days of the month that are due and carry no absence yet."""
    away = {*basis.unexcused, *basis.free, *(one.day for one in basis.excused)}
    calendar = calendar_of(basis.class_days)
    return [
        day
        for day in due_span(basis) or ()
        if day not in away and calendar.is_class_day(day) and not any(day in leave for leave in basis.sick)
    ]


def days_due(basis: Basis, due: DateSpan, *, full_month: int, without: int) -> DaysDue:
    """Days due of the trial and of the main period; `without` main days are taken out (step 3)."""
    there = due.days
    whole = there == basis.month.days and not without
    counted = full_month if whole else min(full_month, there - without)
    in_trial = max(0, (trial_end(basis) - due.first).days + 1)
    trial = counted if in_trial >= there else min(in_trial, counted)
    return DaysDue(trial, counted - trial)


def sick_days(basis: Basis, calendar: Calendar) -> Iterator[date]:
    """The days of sickness that count, in order, up to the end of the month (reading `sick_day_count`)."""
    only_classes = basis.readings.sick_day_count is SickCount.CLASS
    lasts = DateSpan(basis.participation.start, basis.month.last)
    if basis.participation.end is not None:
        lasts = DateSpan(lasts.first, min(basis.month.last, basis.participation.end))
    for leave in sorted(basis.sick, key=lambda span: span.first):
        for day in leave.clip(lasts) or ():
            if not only_classes or calendar.is_class_day(day):
                yield day


def numbered(basis: Basis, days: Iterable[date]) -> Iterator[tuple[date, int]]:
    """Days of sickness of the main period, each with its place in the pool (reading `sick_pool`)."""
    anew = basis.readings.sick_pool is SickPool.PER_EXTENSION
    extension = basis.participation.extension_from if anew else None
    opening = basis.opening
    before = after = 0
    if opening is not None:
        before, after = opening.sick, opening.sick_extension
        # With one pool, what was used up on an extension came out of it too.
        before += 0 if anew else after
    for day in days:
        if opening is not None and day <= opening.until:
            continue
        if extension is not None and day >= extension:
            after += 1
            yield day, after
        else:
            before += 1
            yield day, before
