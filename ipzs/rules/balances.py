"""Free days, sick days and unexcused days: how many were used, and what the next day would do.

Art. 15 ust. 6a: 6 free days in the main period and 6 more, in proportion, on an extension. Ust. 7: three
unexcused days of a month cost a part of the benefit, a fourth costs the month. Ust. 7a: 21 days of
sickness in the period of ust. 3 cost a part each, every further one the whole day. Numbers of the law
and readings of the unit are passed in; nothing here reads a clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Final

from ipzs.rules.codes import (
    BalanceKind,
    FreeCarry,
    FreeRound,
    MarkKind,
    SickCount,
    SickPool,
    UnexcusedLimit,
)
from ipzs.rules.plan import only_class_days
from participants.rules.codes import PeriodKind, TrialEnd
from participants.rules.stages import EXTENSION_MONTHS, Period, last_day, latest_end
from reintegration.core.dates import DateSpan, Month, union

# Art. 114 of the civil code: a part of a month is reckoned in thirtieths.
_DAYS_OF_MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """What one day of one person was."""

    day: date
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class SickLeave:
    """Days of sickness, both ends inside, and whether the doctor's paper is there (art. 15 ust. 7a)."""

    span: DateSpan
    has_paper: bool = True

    def __post_init__(self) -> None:
        if self.span.last is None:
            raise ValueError("A sick leave has a last day.")


@dataclass(frozen=True, slots=True)
class Opening:
    """What was used before the unit began to keep its days here: it speaks for every day until `until`.

    `unexcused` are those of the month of `until`. Facts of these days count towards no balance, so that
    past absences may be entered, for the record, without being counted twice.
    """

    until: date
    free_main: int = 0
    free_extension: int = 0
    sick_main: int = 0
    sick_extension: int = 0
    unexcused: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the days of one participation are counted from."""

    periods: tuple[Period, ...]
    ended_on: date | None = None
    marks: tuple[Mark, ...] = ()
    leaves: tuple[SickLeave, ...] = ()
    # Days of applications for free days that the manager consented to (art. 15 ust. 6b).
    granted: frozenset[date] = frozenset()
    class_days: frozenset[date] = frozenset()
    opening: Opening | None = None

    def __post_init__(self) -> None:
        if len({mark.day for mark in self.marks}) < len(self.marks):
            raise ValueError("A day has at most one mark.")

    def mark_on(self, day: date) -> MarkKind | None:
        return next((mark.kind for mark in self.marks if mark.day == day), None)

    def with_mark(self, mark: Mark) -> "Facts":
        """The same with this mark on its day, in place of the one that was there."""
        return replace(self, marks=(*(one for one in self.marks if one.day != mark.day), mark))

    def without_mark(self, day: date) -> "Facts":
        """The same with no mark on the day."""
        return replace(self, marks=tuple(one for one in self.marks if one.day != day))


@dataclass(frozen=True, slots=True)
class Dated:
    """A number of the law with the days from which each of its values holds."""

    values: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The value in force on a day; before the first there is none, and nothing is assumed."""
        held = [value for since, value in sorted(self.values) if since <= day]
        if not held:
            raise ValueError(f"There is no value on {day}.")
        return held[-1]


@dataclass(frozen=True, slots=True)
class DayLimits:
    """`free_days_main`, `free_days_extension`, `unexcused_days_limit`, `sick_days_limit` of the law."""

    free_main: int
    free_extension: int
    unexcused: int
    sick: Dated


@dataclass(frozen=True, slots=True)
class DayReadings:
    """Readings of the unit that decide how days are counted; the defaults are the most literal ones."""

    free_round: FreeRound = FreeRound.UP
    free_carry: FreeCarry = FreeCarry.NO
    sick_count: SickCount = SickCount.CALENDAR
    sick_pool: SickPool = SickPool.SINGLE
    unexcused: UnexcusedLimit = UnexcusedLimit.TOTAL
    trial_end: TrialEnd = TrialEnd.DAY_BEFORE

    @classmethod
    def of(cls, readings: Mapping[str, str]) -> "DayReadings":
        """From the unit's readings by their names; one that is not named keeps its default."""
        literal = cls()
        return cls(
            FreeRound(readings.get("free_days_extension_round", literal.free_round)),
            FreeCarry(readings.get("free_days_carry", literal.free_carry)),
            SickCount(readings.get("sick_day_count", literal.sick_count)),
            SickPool(readings.get("sick_pool", literal.sick_pool)),
            UnexcusedLimit(readings.get("unexcused_over_limit", literal.unexcused)),
            TrialEnd(readings.get("trial_end", literal.trial_end)),
        )


@dataclass(frozen=True, slots=True)
class Balance:
    """How many days there are and how many were used. `applies` is false where the act gives none."""

    kind: BalanceKind
    limit: int
    used: int
    applies: bool = True

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def over(self) -> int:
        return max(0, self.used - self.limit)


@dataclass(frozen=True, slots=True)
class Balances:
    """The three that stand beside a name."""

    free: Balance
    sick: Balance
    unexcused: Balance

    @property
    def forfeits(self) -> bool:
        """Whether the month is lost (art. 15 ust. 7)."""
        return self.unexcused.over > 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a mark would do, and whether it would cost something that the day before did not."""

    before: Balances
    after: Balances

    @property
    def forfeits(self) -> bool:
        """This mark is the one that costs the month."""
        return self.after.forfeits and not self.before.forfeits

    @property
    def exceeds(self) -> frozenset[BalanceKind]:
        """Balances that this mark takes over their limit, or further over it."""
        pairs = (
            (self.before.free, self.after.free),
            (self.before.sick, self.after.sick),
            (self.before.unexcused, self.after.unexcused),
        )
        return frozenset(later.kind for earlier, later in pairs if later.over > earlier.over)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of a pool with its number in it, what came before the unit began here included."""

    day: date
    number: int
    limit: int

    @property
    def is_over(self) -> bool:
        return self.number > self.limit


def period_on(facts: Facts, day: date) -> PeriodKind | None:
    """The period in which a day of the participation lies; None outside."""
    if facts.ended_on is not None and day > facts.ended_on:
        return None
    return next((period.kind for period in facts.periods if day in period.span), None)


# What a balance counts. Any other mark only says that its day is none of these, as a day without a mark is.
# Whoever reads these alone must not give a granted day that another mark takes back: a free day is read from
# its own mark (`ipzs.queries.balances`), and what comes instead of it replaces that mark.
COUNTED = frozenset({MarkKind.FREE, MarkKind.SICK, MarkKind.UNEXCUSED})


def kinds_by_day(facts: Facts) -> dict[date, MarkKind]:
    """What each day was: one kind a day, whatever was written down about it.

    The doctor's span decides for its days, because days of sickness are counted by it. A granted free
    day is one as long as no mark says that the person came, or was absent otherwise.
    """
    found = dict.fromkeys(facts.granted, MarkKind.FREE)
    found |= {mark.day: mark.kind for mark in facts.marks}
    found |= {day: MarkKind.SICK for leave in facts.leaves for day in leave.span}
    return dict(sorted(found.items()))


def balances(
    facts: Facts, on: date, *, limits: DayLimits, readings: DayReadings, upto: date | None = None
) -> Balances:
    """The balances that hold on a day.

    Granted days and leaves that lie ahead are used already, because nobody can be given them twice; a
    month that is looked back at says `upto` its last day.
    """
    return Balances(
        free=free_balance(facts, on, limits=limits, readings=readings, upto=upto),
        sick=sick_balance(facts, on, limits=limits, readings=readings, upto=upto),
        unexcused=unexcused_balance(facts, Month.of(on), limits=limits, readings=readings, upto=upto),
    )


def after(facts: Facts, mark: Mark, *, limits: DayLimits, readings: DayReadings) -> Change:
    """What a mark on a day would do to each balance, in place of the mark that is there."""
    return Change(
        balances(facts, mark.day, limits=limits, readings=readings),
        balances(facts.with_mark(mark), mark.day, limits=limits, readings=readings),
    )


# Free days


def extension_free_days(periods: Iterable[Period], *, limits: DayLimits, readings: DayReadings) -> int:
    """Free days of an extension: 6 × months / 12, rounded once and never more than 6 (art. 15 ust. 6a).

    Several extensions make up one additional period (ust. 3); leaving early takes nothing away.
    """
    spans = union(
        DateSpan(
            period.span.first,
            period.span.last or latest_end(PeriodKind.EXTENSION, period.span.first, readings.trial_end),
        )
        for period in periods
        if period.kind is PeriodKind.EXTENSION
    )
    months = sum((_months(span, readings.trial_end) for span in spans), Fraction(0))
    share = min(Fraction(limits.free_extension), limits.free_extension * months / EXTENSION_MONTHS)
    if readings.free_round is FreeRound.UP:
        return ceil(share)
    # Half a day cannot be taken, so that "half" means: rounded as one rounds at school.
    return floor(share + Fraction(1, 2)) if readings.free_round is FreeRound.HALF else floor(share)


def free_balance(
    facts: Facts, on: date, *, limits: DayLimits, readings: DayReadings, upto: date | None = None
) -> Balance:
    """Free days of the period in which the day lies (art. 15 ust. 6a and 6b); a trial has none."""
    pool = _pool_on(facts, on)
    limit = _free_limit(facts, pool, limits, readings)
    used = _free_opening(facts, pool, readings) + len(_free_days(facts, pool, readings, upto))
    return Balance(BalanceKind.FREE, limit, used, applies=pool is not PeriodKind.TRIAL)


def free_days(facts: Facts, *, limits: DayLimits, readings: DayReadings) -> tuple[CountedDay, ...]:
    """Every free day with its number in its pool; those with a number above the limit are too many."""
    found: list[CountedDay] = []
    for pool in _free_pools(readings):
        limit = _free_limit(facts, pool, limits, readings)
        first = _free_opening(facts, pool, readings) + 1
        # Where unused days stay, those of the main period alone are held against it while it lasts.
        for number, day in enumerate(_free_days(facts, pool, readings, None), first):
            main_only = readings.free_carry is FreeCarry.YES and period_on(facts, day) is PeriodKind.MAIN
            found.append(CountedDay(day, number, limits.free_main if main_only else limit))
    return tuple(sorted(found, key=lambda one: one.day))


def _free_pools(readings: DayReadings) -> tuple[PeriodKind, ...]:
    if readings.free_carry is FreeCarry.YES:
        return (PeriodKind.TRIAL, PeriodKind.EXTENSION)
    return tuple(PeriodKind)


def _free_limit(facts: Facts, pool: PeriodKind, limits: DayLimits, readings: DayReadings) -> int:
    if pool is PeriodKind.TRIAL:
        return 0
    if pool is PeriodKind.MAIN:
        return limits.free_main
    more = extension_free_days(facts.periods, limits=limits, readings=readings)
    return more + (limits.free_main if readings.free_carry is FreeCarry.YES else 0)


def _free_opening(facts: Facts, pool: PeriodKind, readings: DayReadings) -> int:
    if facts.opening is None or pool is PeriodKind.TRIAL:
        return 0
    if pool is PeriodKind.MAIN:
        return facts.opening.free_main
    carried = facts.opening.free_main if readings.free_carry is FreeCarry.YES else 0
    return facts.opening.free_extension + carried


def _free_days(facts: Facts, pool: PeriodKind, readings: DayReadings, upto: date | None) -> list[date]:
    kinds = {pool}
    if pool is PeriodKind.EXTENSION and readings.free_carry is FreeCarry.YES:
        kinds.add(PeriodKind.MAIN)
    return [
        day for day, kind in _counted(facts, upto) if kind is MarkKind.FREE and period_on(facts, day) in kinds
    ]


# Sick days


def sick_balance(
    facts: Facts, on: date, *, limits: DayLimits, readings: DayReadings, upto: date | None = None
) -> Balance:
    """Days of sickness in the pool of the day (art. 15 ust. 7a); sickness in a trial stays out of it."""
    pool = _pool_on(facts, on)
    if pool is PeriodKind.TRIAL:
        return Balance(BalanceKind.SICK, 0, 0, applies=False)
    kinds = _sick_kinds(pool, readings)
    used = _sick_opening(facts, kinds) + len(_sick_days(facts, kinds, readings, upto))
    return Balance(BalanceKind.SICK, limits.sick.on(on), used)


def sick_days(facts: Facts, *, limits: DayLimits, readings: DayReadings) -> tuple[CountedDay, ...]:
    """Every counted day of sickness with its number; one above the limit of its day is not paid."""
    pools = (
        (PeriodKind.MAIN, PeriodKind.EXTENSION)
        if readings.sick_pool is SickPool.PER_EXTENSION
        else (PeriodKind.MAIN,)
    )
    found: list[CountedDay] = []
    for pool in pools:
        kinds = _sick_kinds(pool, readings)
        days = _sick_days(facts, kinds, readings, None)
        first = _sick_opening(facts, kinds) + 1
        found += [CountedDay(day, number, limits.sick.on(day)) for number, day in enumerate(days, first)]
    return tuple(found)


def _sick_kinds(pool: PeriodKind, readings: DayReadings) -> frozenset[PeriodKind]:
    if readings.sick_pool is SickPool.PER_EXTENSION:
        return frozenset({pool})
    return frozenset({PeriodKind.MAIN, PeriodKind.EXTENSION})


def _sick_opening(facts: Facts, kinds: frozenset[PeriodKind]) -> int:
    if facts.opening is None:
        return 0
    main = facts.opening.sick_main if PeriodKind.MAIN in kinds else 0
    return main + (facts.opening.sick_extension if PeriodKind.EXTENSION in kinds else 0)


def _sick_days(
    facts: Facts, kinds: frozenset[PeriodKind], readings: DayReadings, upto: date | None
) -> list[date]:
    days = [
        day for day, kind in _counted(facts, upto) if kind is MarkKind.SICK and period_on(facts, day) in kinds
    ]
    return only_class_days(days, facts.class_days) if readings.sick_count is SickCount.CLASS else days


# Unexcused days


def unexcused_balance(
    facts: Facts, month: Month, *, limits: DayLimits, readings: DayReadings, upto: date | None = None
) -> Balance:
    """Unexcused days of a calendar month, the trial's too (art. 15 ust. 7).

    Read as `consecutive`, the longest run of class days counts: a class day of any other kind ends it, a
    day without classes does not. What was entered as an opening is a run of its own.
    """
    days = unexcused_days(facts, month, upto=upto)
    opened = 0
    if facts.opening is not None and facts.opening.until in month:
        opened = facts.opening.unexcused
    if readings.unexcused is UnexcusedLimit.TOTAL:
        used = opened + len(days)
    else:
        steps = sorted({*days, *only_class_days(month, facts.class_days)})
        runs = (len(list(run)) for missed, run in groupby(steps, key=days.__contains__) if missed)
        used = max(opened, *runs, 0)
    return Balance(BalanceKind.UNEXCUSED, limits.unexcused, used)


def unexcused_days(facts: Facts, month: Month, *, upto: date | None = None) -> list[date]:
    """The unexcused days of a month that are marked here, in order."""
    return [
        day
        for day, kind in _counted(facts, upto)
        if kind is MarkKind.UNEXCUSED and day in month and period_on(facts, day) is not None
    ]


def _counted(facts: Facts, upto: date | None) -> Iterator[tuple[date, MarkKind]]:
    """Days in order, without those for which the opening speaks and those after the day asked for."""
    since = None if facts.opening is None else facts.opening.until
    for day, kind in kinds_by_day(facts).items():
        if (since is None or day > since) and (upto is None or day <= upto):
            yield day, kind


def _pool_on(facts: Facts, on: date) -> PeriodKind:
    """The period that lies around a day: before the first its own, in a gap and after the end the last."""
    begun = [period for period in facts.periods if period.span.first <= on]
    if not begun:
        return PeriodKind.TRIAL
    return max(begun, key=lambda period: period.span.first).kind


def _months(span: DateSpan, reading: TrialEnd) -> Fraction:
    """How many months a span lasts, with the part of the last one in thirtieths."""
    assert span.last is not None
    whole = 0
    while last_day(span.first, whole + 1, reading) <= span.last:
        whole += 1
    rest = (span.last - last_day(span.first, whole, reading)).days
    return whole + Fraction(min(rest, _DAYS_OF_MONTH), _DAYS_OF_MONTH)
