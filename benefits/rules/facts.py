"""The basis of a month: all facts of one person from which the benefit follows, and nothing else.

Benefit specification, section 2. Spans are `[first, last]`, both inside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from benefits.rules.codes import FractionBase, PayoutRounding, PremiumCap, RateRounding, SickOver, SickTrial
from ipzs.rules.codes import PayRule, SickCount, SickPool, UnexcusedLimit
from participants.rules.codes import PeriodKind, TrialEnd
from reintegration.core.dates import DateSpan, Month
from reintegration.core.money import ZERO
from reintegration.law.readings import require


@dataclass(frozen=True, slots=True)
class Readings:
    """The unit's answers to what the act leaves open, as they stand in one month (section 4)."""

    rate_rounding: RateRounding
    payout_rounding: PayoutRounding
    fraction_base: FractionBase
    unexcused_over_limit: UnexcusedLimit
    sick_day_count: SickCount
    sick_pool: SickPool
    sick_trial: SickTrial
    sick_over: SickOver
    excused_other: PayRule
    trial_end: TrialEnd
    premium_cap: PremiumCap

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """Readings of a month; one that the unit has not chosen yet is refused by name."""
        return cls(
            RateRounding(require(values, "rate_rounding")),
            PayoutRounding(require(values, "payout_rounding")),
            FractionBase(require(values, "fraction_base")),
            UnexcusedLimit(require(values, "unexcused_over_limit")),
            SickCount(require(values, "sick_day_count")),
            SickPool(require(values, "sick_pool")),
            SickTrial(require(values, "sick_trial")),
            SickOver(require(values, "sick_over")),
            PayRule(require(values, "excused_other")),
            TrialEnd(require(values, "trial_end")),
            PremiumCap(require(values, "premium_cap")),
        )


@dataclass(frozen=True, slots=True)
class Participation:
    """First and last day, or no end yet; `extension_from` is the first of an extension (art. 15 ust. 3)."""

    start: date
    end: date | None = None
    extension_from: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def days_in(self, month: Month) -> DateSpan | None:
        """The days of a month that are inside, or none."""
        last = month.last if self.end is None else min(month.last, self.end)
        first = max(self.start, month.first)
        return DateSpan(first, last) if first <= last else None


def taking_part(
    periods: Iterable[tuple[PeriodKind, DateSpan]], ended_on: date | None
) -> Participation | None:
    """From the first day of the periods to the last one, which an early end brings nearer."""
    ordered = sorted(periods, key=lambda one: one[1].first)
    if not ordered:
        return None
    ends = [*(span.last or date.max for _, span in ordered)]
    last = min(max(ends), ended_on or date.max)
    # An extension that the end came before never began.
    begins = [span.first for kind, span in ordered if kind is PeriodKind.EXTENSION and span.first <= last]
    return Participation(ordered[0][1].first, last if last < date.max else None, min(begins, default=None))


@dataclass(frozen=True, slots=True)
class Excused:
    """A day excused by the unit's own rules, and what it does to the benefit."""

    day: date
    pay: PayRule


@dataclass(frozen=True, slots=True)
class Opening:
    """Sick days used up until a day, before the unit kept its days here; they speak for all days until it."""

    until: date
    sick: int = 0
    sick_extension: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """Whatever the benefit of a month depends on, besides the law."""

    month: Month
    readings: Readings
    participation: Participation
    # From when the manager granted the benefit on the person's application (art. 15 ust. 4).
    granted_from: date | None = None
    unexcused: tuple[date, ...] = ()
    sick: tuple[DateSpan, ...] = ()
    free: tuple[date, ...] = ()
    excused: tuple[Excused, ...] = ()
    # A month with a date here has its class days from here; every other one from the calendar.
    class_days: frozenset[date] = frozenset()
    premium: Decimal = ZERO
    pit2: bool = False
    # Of whom another title insures all the days of the month the benefit owes nothing to ZUS.
    insured_elsewhere: bool = False
    opening: Opening | None = None
