"""The tax of a person on a list with more than one file: counted once, on all of it (section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reintegration.core.money import ZERO


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
