"""Tax by the day of payment: advances of each month, and what a year says of the unit and of each person.

Income and advance belong to the month in which money was paid out (art. 11 ust. 1, art. 35 ust. 1 pkt 4 of
the PIT act), whatever month it was for: December paid in January is January's, and the new year's. Income is
benefit and premium together; contributions are not taken from the person, so nothing is deducted for them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from reintegration.core.calendar_pl import next_working_day
from reintegration.core.dates import Month
from reintegration.core.money import ZERO

# Advances of a month are paid by this day of the next one (art. 38 ust. 1).
PAY_BY: Final = 20
MONTHS_OF_YEAR: Final = range(1, 13)


@dataclass(frozen=True, slots=True)
class Paid:
    """What a person got from one list, and the tax that was withheld of it."""

    person: Hashable
    paid_on: date
    # With corrections of months before: a deduction makes the income of its own day smaller.
    benefit: Decimal
    premium: Decimal
    tax: Decimal

    @property
    def income(self) -> Decimal:
        return self.benefit + self.premium


@dataclass(frozen=True, slots=True)
class OfMonth:
    """What was paid out in a month, to how many people, and the advances on it."""

    month: Month
    people: int
    # Of them those whose advance is above zero.
    taxed: int
    income: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A person's year, whatever files the payments came by."""

    person: Hashable
    benefit: Decimal
    premium: Decimal
    tax: Decimal
    months: tuple[OfMonth, ...]

    @property
    def income(self) -> Decimal:
        return self.benefit + self.premium


def due_on(month: Month) -> date:
    """By which the advances of a month are paid; a day off moves it on (art. 12 § 5 of the tax ordinance)."""
    return next_working_day(month.next.first.replace(day=PAY_BY))


def due_at_office(year: int) -> date:
    """By which PIT-11 and PIT-4R of a year are at the tax office (art. 38 ust. 1a, art. 39 ust. 1)."""
    return next_working_day(date(year + 1, 1, 31))


def due_at_person(year: int) -> date:
    """By which the person has PIT-11 (art. 39 ust. 1)."""
    return next_working_day(Month(year + 1, 2).last)


def holds_at_the_latest(filed_on: date) -> Month:
    """From which month on a payer must heed PIT-2 or its withdrawal (art. 31a)."""
    return Month.of(filed_on).next


def by_month(paid: Iterable[Paid]) -> list[OfMonth]:
    """The months in which somebody was paid, in their order."""
    found: defaultdict[Month, list[Paid]] = defaultdict(list)
    for one in paid:
        found[Month.of(one.paid_on)].append(one)
    return [_of_month(month, found[month]) for month in sorted(found)]


def year_by_month(year: int, paid: Iterable[Paid]) -> list[OfMonth]:
    """All twelve months, as PIT-4R has them."""
    found = {one.month: one for one in by_month(_in_year(year, paid))}
    months = (Month(year, number) for number in MONTHS_OF_YEAR)
    return [found.get(month) or _of_month(month, ()) for month in months]


def year_by_person(year: int, paid: Iterable[Paid]) -> list[OfPerson]:
    """Everybody who had an income in the year, as PIT-11 has them."""
    found: defaultdict[Hashable, list[Paid]] = defaultdict(list)
    for one in _in_year(year, paid):
        found[one.person].append(one)
    return [
        OfPerson(
            person,
            sum((one.benefit for one in rows), ZERO),
            sum((one.premium for one in rows), ZERO),
            sum((one.tax for one in rows), ZERO),
            tuple(by_month(rows)),
        )
        for person, rows in found.items()
        if any(one.income for one in rows)
    ]


def _in_year(year: int, paid: Iterable[Paid]) -> list[Paid]:
    return [one for one in paid if one.paid_on.year == year]


def _of_month(month: Month, rows: Iterable[Paid]) -> OfMonth:
    rows = [one for one in rows if one.income]
    return OfMonth(
        month=month,
        people=len({one.person for one in rows}),
        taxed=len({one.person for one in rows if one.tax}),
        income=sum((one.income for one in rows), ZERO),
        tax=sum((one.tax for one in rows), ZERO),
    )
