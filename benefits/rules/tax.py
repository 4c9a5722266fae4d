"""The tax of a person on what a list pays: PIT-2 on the day of the payment, and one tax for several files.

The reduction is one for a person, a payer and a month of payment (art. 31b and 32 of the PIT act), whatever
lists and files the money comes by: what one payment took, another one of the same month has not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.rules.law import Law
from benefits.rules.month import unreduced
from reintegration.core.dates import Month
from reintegration.core.money import ZERO, grosz, whole


@dataclass(frozen=True, slots=True)
class Together:
    """What a person gets from a list by all files, and the tax on it."""

    income: Decimal
    tax: Decimal


def spread(tax: Decimal, incomes: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The tax put on the lines of a person: on the largest one as far as it goes, then on the next.

    Most often one line bears all of it, so that nobody has to add up parts. What is equal goes in its order.
    """
    found = [ZERO] * len(incomes)
    for place in sorted(range(len(incomes)), key=lambda one: -incomes[one]):
        found[place] = min(incomes[place], tax)
        tax -= found[place]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Said:
    """A word on PIT-2, with the participation in which it was said."""

    since: date
    pit2: bool
    filed_on: date | None
    opened_on: date
    ended_on: date | None

    def is_over(self, day: date) -> bool:
        """Whether the participation ended after it was filed: from then on it is passed over.

        After the end of the relation for which a payer pays, what was filed before is left out when an
        advance is counted (art. 31a ust. 7 of the PIT act); what is filed afterwards holds. A word that took
        PIT-2 back has nothing to lose.
        """
        if not self.pit2 or self.ended_on is None or self.ended_on >= day:
            return False
        return self.filed_on is None or self.filed_on <= self.ended_on


@dataclass(frozen=True, slots=True)
class Pit2:
    """Whether the advance of a day is reduced; if not, whether it was until the participation ended."""

    holds: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Relief:
    """What lowers the advance of a person on a day, and how much of it other payments of the month took."""

    pit2: Pit2 = Pit2()
    used: Decimal = ZERO


def pit2_on(day: date, said: Iterable[Said]) -> Pit2:
    """What the person said last, in whichever file: there is one reduction, and one payer."""
    begun = [one for one in said if one.since <= day]
    held = [one for one in begun if not one.is_over(day)]
    last = max(held, key=lambda one: (one.since, one.opened_on), default=None)
    return Pit2(last is not None and last.pit2, last is None and bool(begun))


def used_by(income: Decimal, tax: Decimal, month: Month, law: Law) -> Decimal:
    """How much of the month's reduction a payment took: what its tax lacks, but for the rounding."""
    full = unreduced(income, month, law)
    return ZERO if tax >= whole(full) else grosz(full) - tax
