"""What somebody who thinks of beginning would be paid, and when (requirement PAY-10, journey C.1).

The first month is paid in part and in arrears, so the first money can be small and late. Whoever signs must
know it before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from benefits.rules.codes import RowCode
from benefits.rules.facts import Basis, Participation, Readings
from benefits.rules.law import Law
from benefits.rules.month import count_month
from reintegration.core.dates import Month

# The first month, and one that is whole: from then on each is like it.
MONTHS: Final = 2
_DAYS: Final = frozenset({RowCode.TRIAL, RowCode.MAIN})


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid for one month, and the last day on which it should come."""

    month: Month
    # Thirtieths of the full benefit: thirty for a whole month, whatever its length.
    days_due: int
    benefit: Decimal
    tax: Decimal
    to_pay: Decimal
    paid_by: date


@dataclass(frozen=True, slots=True)
class Living:
    """What somebody has in a month from the OPS and from the benefit, now and once it is paid each month.

    How much an OPS gives follows from its own decision: it is told to us, and only the sum is counted.
    """

    help_now: Decimal | None
    help_then: Decimal | None
    to_pay: Decimal

    @property
    def total(self) -> Decimal | None:
        return None if self.help_then is None else self.help_then + self.to_pay

    @property
    def change(self) -> Decimal | None:
        """How much more, or less, than now."""
        return None if self.total is None or self.help_now is None else self.total - self.help_now

    @property
    def loss(self) -> Decimal | None:
        return None if self.change is None else -self.change


def payments(
    start: date, readings: Callable[[Month], Readings], law: Law, *, pit2: bool, payment_day: int
) -> list[Payment]:
    """The first payment and a typical one, without absences, granted from the first day."""
    return list(_payments(start, readings, law, pit2, payment_day))


def _payments(
    start: date, readings: Callable[[Month], Readings], law: Law, pit2: bool, payment_day: int
) -> Iterator[Payment]:
    month = Month.of(start)
    # Who begins on the first day is paid a whole month at once, and a second line would say the same.
    for _ in range(1 if start == month.first else MONTHS):
        basis = Basis(month, readings(month), Participation(start), granted_from=start, pit2=pit2)
        counted = count_month(basis, law)
        due = sum(row.quantity for row in counted.rows if row.code in _DAYS)
        paid_by = month.next.first.replace(day=payment_day)
        yield Payment(month, due, counted.benefit, counted.tax, counted.to_pay, paid_by)
        month = month.next
