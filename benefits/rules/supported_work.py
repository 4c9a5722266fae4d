"""Supported employment: when PUP may refer somebody to work, and what it refunds to the employer (art. 16).

The agreement of the starosta and the employer decides by which rules: one that was signed before 15 February
2022 goes on under the older ones (art. 11 of the act of 13 January 2022, Dz.U. 2022 poz. 218).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from benefits.rules.law import ALLOWANCE, Law
from participants.rules.codes import PeriodKind
from participants.rules.stages import Period
from reintegration.core.calendar_pl import next_working_day
from reintegration.core.dates import ONE_DAY, DateSpan, Month, add_months, union
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.money import ZERO, grosz

# An incomplete month is counted by thirtieths, as the allowance itself and the benefit are (art. 15 ust. 6).
DAYS_OF_MONTH: Final = 30
PERCENT: Final = 100
# Of the payer, from the pay of an employee: what the law book has, and the accident rate, which ZUS sets.
OF_PAYER: Final = ("pension_payer", "disability_payer")


@dataclass(frozen=True, slots=True)
class Stage:
    """So many months in which so much of the allowance is refunded at most."""

    months: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """To what an agreement binds (art. 16 ust. 2): the shortest employment, and the refund by stages."""

    least: int
    stages: Sequence[Stage]

    @property
    def refunded(self) -> int:
        return sum(one.months for one in self.stages)

    @property
    def first_share(self) -> Fraction:
        return self.stages[0].share


# Where the parameters of the law begin: the act of 13 January 2022.
SINCE_2022: Final = date(2022, 2, 15)
# Dz.U. 2007 nr 115 poz. 793, kept by Dz.U. 2011 nr 205 poz. 1211: twelve months, refunded ever less.
SINCE_2007: Final = date(2007, 7, 14)
OF_2007: Final = Terms(
    12, (Stage(3, Fraction(1)), Stage(3, Fraction(80, PERCENT)), Stage(6, Fraction(60, PERCENT)))
)


def terms(agreed_on: date, law: Law) -> Terms:
    """The rules of an agreement, by the day on which it was signed (art. 16 ust. 2)."""
    if agreed_on >= SINCE_2022:
        months = law.count("employment_refund_months", agreed_on)
        share = law.share("employment_refund_share", agreed_on)
        return Terms(law.count("employment_least", agreed_on), (Stage(months, share),))
    if agreed_on >= SINCE_2007:
        return OF_2007
    said = format_table_date(SINCE_2007)
    raise InputError(f"Umów sprzed {said} program nie rozlicza. Sprawdź dzień umowy.", field="agreed_on")


# Who may be referred, and when


def referral_from(periods: Iterable[Period], ended_on: date | None, months: int) -> date | None:
    """The first day on which PUP may refer somebody, or None before they took part (art. 16 ust. 1).

    After the participation in classes, or before its end after so many months of it. The trial comes before
    the classes (art. 15 ust. 2, 3). Without a break months go by the calendar; with one they are thirty days
    (art. 114 of the civil code).
    """
    spans = union(one.span for one in periods if one.kind is not PeriodKind.TRIAL)
    if ended_on is not None:
        spans = [cut for one in spans if (cut := one.clip(DateSpan(date.min, ended_on))) is not None]
    if not spans or spans[-1].last is None:
        return None
    after = spans[-1].last + ONE_DAY
    early = _after_months(spans, months)
    return min(after, early) if early is not None else after


def end_of(periods: Iterable[Period], ended_on: date | None) -> date | None:
    """The last day of the participation, recorded or planned: until then a referral is an early one."""
    planned = max((one.span.last for one in periods if one.span.last is not None), default=None)
    if ended_on is None or planned is None:
        return ended_on or planned
    return min(ended_on, planned)


def _after_months(spans: Sequence[DateSpan], months: int) -> date | None:
    if len(spans) == 1:
        day = add_months(spans[0].first, months)
        return day if spans[0].last is not None and day <= spans[0].last + ONE_DAY else None
    left = months * DAYS_OF_MONTH
    for span in spans:
        if span.days >= left:
            return span.first + timedelta(days=left)
        left -= span.days
    return None


# The employment and its refund


def least_until(since: date, found: Terms) -> date:
    """The last day of the shortest employment that an agreement allows (art. 16 ust. 2)."""
    return add_months(since, found.least) - ONE_DAY


def refund_until(since: date, found: Terms) -> date:
    """The last day of the first months, which alone are refunded (art. 16 ust. 2)."""
    return add_months(since, found.refunded) - ONE_DAY


def months_of(since: date, until: date) -> list[Month]:
    """The months of pay; work that begins within a month has one more of them."""
    found = [Month.of(since)]
    while found[-1].last < until:
        found.append(found[-1].next)
    return found


def share_of(month: Month, *, since: date, until: date, found: Terms) -> Fraction:
    """How much of the allowance of a month may be refunded at most (art. 16 ust. 2).

    `until` is the last day that is refunded: of the first months, or of the work when it was broken off. A
    whole month gives the whole share, another one a thirtieth for each day, never more than the whole.
    """
    worked = DateSpan(since, until).clip(month.span)
    if worked is None:
        return Fraction(0)
    days_of = month.days if worked == month.span else DAYS_OF_MONTH
    total, first = Fraction(0), since
    for number, stage in enumerate(found.stages):
        end = add_months(since, sum(one.months for one in found.stages[: number + 1]))
        part = worked.clip(DateSpan(first, end - ONE_DAY))
        total += stage.share * (part.days if part is not None else 0)
        first = end
    return total / days_of


@dataclass(frozen=True, slots=True)
class Refund:
    """What an employer may ask for a month: a part of the pay, and contributions on that part."""

    cap: Decimal
    pay: Decimal
    contributions: Decimal

    @property
    def total(self) -> Decimal:
        return self.pay + self.contributions


def refund(pay: Decimal, contributions: Decimal, *, share: Fraction, allowance: Decimal) -> Refund:
    """The refund of one month (art. 16 ust. 2): of the pay up to the cap, with contributions on that part.

    The employer's contributions of the month are divided as the pay is. Both are rounded half-up to a grosz.
    """
    cap = share * Fraction(allowance)
    part = min(Fraction(pay), cap)
    of_part = Fraction(contributions) * part / Fraction(pay) if pay else Fraction(0)
    return Refund(grosz(cap), grosz(part), grosz(of_part) if part else ZERO)


def contributions_of(pay: Decimal, accident_rate: Decimal, law: Law, day: date) -> Decimal:
    """The employer's contributions from a pay, each rounded to a grosz (art. 16, 22 of the SUS act)."""
    rates = [*(law.share(key, day) for key in OF_PAYER), Fraction(accident_rate) / PERCENT]
    return sum((grosz(Fraction(pay) * rate) for rate in rates), ZERO)


def highest(month: Month, accident_rate: Decimal, law: Law, share: Fraction = Fraction(1)) -> Refund:
    """The most that a month may bring, whoever earns how much: what an employer is told before signing."""
    allowance = law.amount(ALLOWANCE, month.first)
    pay = grosz(share * Fraction(allowance))
    return Refund(pay, pay, contributions_of(pay, accident_rate, law, month.first))


def due_on(asked_on: date, law: Law) -> date:
    """By when the starosta pays: 30 days from the employer's application (art. 16 ust. 5).

    A term that ends on a Saturday or a day off ends on the next working day (art. 115 of the civil code).
    """
    return next_working_day(asked_on + timedelta(days=law.count("employment_refund_days", asked_on)))
