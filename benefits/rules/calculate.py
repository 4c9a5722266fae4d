"""The integration benefit of one person and month (art. 15 ust. 4–7a): steps 1–7 of the specification.

Frozen basis and dated law in, rows out. Money is exact until step 7.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from benefits.rules.codes import FractionBase, Part, PayoutRounding, RowCode, SickOver, SickTrial
from benefits.rules.days import DaysDue, calendar_of, days_due, due_span, numbered, sick_days, trial_end
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.rows import Row, add_up, row
from ipzs.rules.codes import PayRule, UnexcusedLimit
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO, grosz, up10

Base = Callable[[Part], Fraction]

# What a reading takes for a day; the act names no part for these.
_TRIAL_PART: Final = {
    SickTrial.FULL: Fraction(0),
    SickTrial.PER_30: Fraction(1, 30),
    SickTrial.PER_40: Fraction(1, 40),
}
_OVER_PART: Final = {SickOver.PER_30: Fraction(1, 30), SickOver.PER_20: Fraction(1, 20)}
_EXCUSED_PART: Final = Fraction(1, 30)
_DUE: Final = {Part.TRIAL: RowCode.TRIAL, Part.MAIN: RowCode.MAIN}
_UNEXCUSED: Final = {Part.TRIAL: RowCode.UNEXCUSED_TRIAL, Part.MAIN: RowCode.UNEXCUSED_MAIN}
_EXCUSED: Final = {Part.TRIAL: RowCode.EXCUSED_TRIAL, Part.MAIN: RowCode.EXCUSED_MAIN}
_ROUNDED: Mapping[PayoutRounding, Callable[[Fraction], Decimal]] = MappingProxyType(
    {PayoutRounding.GROSZ: grosz, PayoutRounding.UP10: up10}
)


def benefit_of(basis: Basis, law: Law) -> tuple[Decimal, tuple[Row, ...]]:
    """The benefit after step 7, and its rows; the basis was checked."""
    steps = _Steps(basis, law)
    benefit = steps.taken()
    return benefit, add_up([row(*said) for said in steps.said], benefit)


def benefit_alone(basis: Basis, law: Law) -> Decimal:
    """The same benefit for whoever looks at no row, as the months do that were paid before."""
    return _Steps(basis, law).taken()


class _Steps:
    """The steps of one month; each reads what the one before has found, and what it says becomes a row."""

    def __init__(self, basis: Basis, law: Law) -> None:
        self.basis, self.law, self.readings = basis, law, basis.readings
        self.day = basis.month.first
        self.calendar = calendar_of(basis.class_days)
        self.trial_end = trial_end(basis)
        self.said: list[tuple[RowCode, int, Fraction]] = []

    def taken(self) -> Decimal:
        due = due_span(self.basis)
        if due is None:
            return ZERO
        if forfeiting := self._forfeiting():
            prorated = self._prorated(due, without=0)
            self._say(RowCode.FORFEITED, forfeiting, -prorated / forfeiting)
            return ZERO
        in_trial, inside, over = self._sickness(due)
        not_due = over if self.readings.sick_over is SickOver.DAYS_DUE else 0
        prorated = self._prorated(due, without=not_due)
        base = self._full if self.readings.fraction_base is FractionBase.FULL else lambda _: prorated
        left = prorated + self._unexcused(due, base)
        left += self._sick(base, in_trial, inside, over)
        left += self._excused(due, base)
        if left < 0:
            left += self._say(RowCode.FLOOR, 1, -left)
        return _ROUNDED[self.readings.payout_rounding](left)

    def _say(self, code: RowCode, quantity: int, rate: Fraction) -> Fraction:
        self.said.append((code, quantity, rate))
        return rate * quantity

    def _full(self, part: Part) -> Fraction:
        """Step 1: F of a kind of period."""
        return self.law.full(part, self.day, self.readings.rate_rounding)

    def _forfeiting(self) -> int:
        """Step 2: how many unexcused days cost the whole month, or none (art. 15 ust. 7)."""
        missed = frozenset(day for day in self.basis.unexcused if day in self.basis.month)
        if not missed:
            return 0
        total = self.readings.unexcused_over_limit is UnexcusedLimit.TOTAL
        found = len(missed) if total else self._longest_run(missed)
        return found if found > self.law.count("unexcused_days_limit", self.day) else 0

    def _longest_run(self, missed: frozenset[date]) -> int:
        longest = run = 0
        for day in self.basis.month:
            if self.calendar.is_class_day(day):
                run = run + 1 if day in missed else 0
                longest = max(longest, run)
        return longest

    def _prorated(self, due: DateSpan, *, without: int) -> Fraction:
        """Steps 3 and 4: P, the benefit for the days due (art. 15 ust. 6)."""
        share = self.law.share("day_fraction", self.day)
        days: DaysDue = days_due(self.basis, due, full_month=share.denominator, without=without)
        total = Fraction(0)
        for part, count in ((Part.TRIAL, days.trial), (Part.MAIN, days.main)):
            if count:
                total += self._say(_DUE[part], count, self._full(part) * share)
        return total

    def _sickness(self, due: DateSpan) -> tuple[int, int, int]:
        """Days of sickness that are due: in the trial, within the limit of the main period, over it."""
        days = list(sick_days(self.basis, self.calendar))
        in_trial = sum(day in due for day in days if day <= self.trial_end)
        inside = over = 0
        for day, place in numbered(self.basis, (day for day in days if day > self.trial_end)):
            most = self.law.count("sick_days_limit", day)
            if day in due:
                inside, over = (inside + 1, over) if place <= most else (inside, over + 1)
        return in_trial, inside, over

    def _unexcused(self, due: DateSpan, base: Base) -> Fraction:
        """Step 5: 1/20 for each unexcused day that is due (art. 15 ust. 7)."""
        share = self.law.share("unexcused_fraction", self.day)
        found = self._by_part(day for day in self.basis.unexcused if day in due)
        return sum(
            (self._say(_UNEXCUSED[part], count, -base(part) * share) for part, count in found), Fraction(0)
        )

    def _sick(self, base: Base, in_trial: int, inside: int, over: int) -> Fraction:
        """Step 5: sickness in the trial, within the limit and over it (art. 15 ust. 7a)."""
        total = Fraction(0)
        if in_trial:
            rate = base(Part.TRIAL) * _TRIAL_PART[self.readings.sick_trial]
            total += self._say(RowCode.SICK_TRIAL, in_trial, -rate)
        if inside:
            rate = base(Part.MAIN) * self.law.share("sick_fraction", self.day)
            total += self._say(RowCode.SICK, inside, -rate)
        if over and self.readings.sick_over is SickOver.DAYS_DUE:
            self._say(RowCode.SICK_NOT_DUE, over, Fraction(0))
        elif over:
            rate = base(Part.MAIN) * _OVER_PART[self.readings.sick_over]
            total += self._say(RowCode.SICK_OVER, over, -rate)
        return total

    def _excused(self, due: DateSpan, base: Base) -> Fraction:
        """Step 5: other excused days by the rule of their kind; free days cost nothing (art. 15 ust. 6a)."""
        there = [one for one in self.basis.excused if one.day in due]
        total = Fraction(0)
        for part, count in self._by_part(one.day for one in there if one.pay is PayRule.PER_30):
            total += self._say(_EXCUSED[part], count, -base(part) * _EXCUSED_PART)
        if full := sum(one.pay is PayRule.FULL for one in there):
            self._say(RowCode.EXCUSED_FULL, full, Fraction(0))
        if free := sum(day in due for day in self.basis.free):
            self._say(RowCode.FREE, free, Fraction(0))
        return total

    def _by_part(self, days: Iterable[date]) -> list[tuple[Part, int]]:
        counts = {Part.TRIAL: 0, Part.MAIN: 0}
        for day in days:
            counts[Part.TRIAL if day <= self.trial_end else Part.MAIN] += 1
        return [(part, count) for part, count in counts.items() if count]
