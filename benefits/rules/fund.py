"""The refund of the Labour Fund: what is asked for a list, and how each grosz of it stands (art. 15 ust. 8).

What was asked is always what was refused, what waits for an answer, and what was given; what was given came,
is covered by an advance, or is still awaited. So no difference is without a person and a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from reintegration.core.dates import Month
from reintegration.core.formats import counted, format_money, format_month, join_words, plural
from reintegration.core.money import ZERO, grosz

# A list is paid after its month: the refund of December's is asked for in January, from the next budget.
LAST_OF_YEAR: Final = 11


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an application; nothing is granted until the office answers."""

    amount: Decimal
    asked: bool = True
    granted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands with the office."""

    asked: Decimal = ZERO
    refused: Decimal = ZERO
    pending: Decimal = ZERO
    # Rows without an answer: their amounts may make zero together.
    unanswered: int = 0
    left_out: Decimal = ZERO
    received: Decimal = ZERO
    from_advance: Decimal = ZERO

    @property
    def granted(self) -> Decimal:
        return self.asked - self.refused - self.pending

    @property
    def claim(self) -> Decimal:
        """What the books expect of the office for it, before any money."""
        return self.asked - self.refused

    @property
    def open(self) -> Decimal:
        """What has neither come nor been covered, answered or not; below zero it goes back."""
        return self.claim - self.received - self.from_advance

    @property
    def awaited(self) -> Decimal:
        """What the office gave and has not sent."""
        return self.granted - self.received - self.from_advance

    @property
    def overpaid(self) -> Decimal:
        return max(ZERO, -self.open)

    @property
    def is_even(self) -> bool:
        return not self.unanswered and self.awaited == ZERO

    def covered(self, amount: Decimal) -> "Standing":
        """The same with what an advance covers of it."""
        return Standing(
            self.asked, self.refused, self.pending, self.unanswered, self.left_out, self.received, amount
        )


def standing(lines: Iterable[Line], received: Decimal = ZERO) -> Standing:
    rows = list(lines)
    asked = [one for one in rows if one.asked]
    waiting = [one for one in asked if one.granted is None]
    return Standing(
        asked=_total(one.amount for one in asked),
        refused=_total(one.amount - one.granted for one in asked if one.granted is not None),
        pending=_total(one.amount for one in waiting),
        unanswered=len(waiting),
        left_out=_total(one.amount for one in rows if not one.asked),
        received=received,
    )


def cover(free: Decimal, owed: Iterable[Decimal]) -> list[Decimal]:
    """What an advance covers of each application, in their order; nothing is taken from what is not owed."""
    found = []
    left = max(free, ZERO)
    for amount in owed:
        part = min(left, max(amount, ZERO))
        found.append(part)
        left -= part
    return found


def split(rest: Decimal, benefit: Decimal, contributions: Decimal) -> tuple[Decimal, Decimal]:
    """What is carried of a row, in the same proportion of benefit and contributions, to the grosz."""
    whole = benefit + contributions
    part = grosz(Fraction(rest) * Fraction(contributions) / Fraction(whole)) if whole else ZERO
    return rest - part, part


def refusals(*, people: int, places: int, asked: Decimal, left: Decimal | None, year: int) -> list[str]:
    """Why an application cannot be sent as it is, with the numbers; nothing when it can."""
    found = []
    if people > places:
        over = counted(people - places, "osobę", "osoby", "osób")
        found.append(
            f"We wniosku {plural(people, 'jest', 'są', 'jest')} {counted(people, 'osoba', 'osoby', 'osób')}, "
            f"a umowa daje {counted(places, 'miejsce', 'miejsca', 'miejsc')}. Pomiń {over} i napisz dlaczego."
        )
    if left is None:
        found.append(f"W umowie nie ma kwoty na {year} rok. Wpisz ją przy umowie.")
    elif asked > left:
        found.append(
            f"Wniosek jest na {format_money(asked)}, a z kwoty na {year} rok zostało "
            f"{format_money(max(left, ZERO))}. Brakuje {format_money(asked - max(left, ZERO))}."
        )
    return found


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a year's amount is expected to be spent on by its last day."""

    spent: Decimal
    average: Decimal
    months: Sequence[Month]

    @property
    def expected(self) -> Decimal:
        return self.spent + self.average * len(self.months)

    @property
    def words(self) -> str:
        if not self.months:
            return "W tym roku nie będzie już wniosku."
        names = join_words(format_month(one) for one in self.months)
        how = counted(len(self.months), "wniosek", "wnioski", "wniosków")
        return f"Jeszcze {how} ({names}), średnio po {format_money(self.average)}."


def forecast(year: int, spent: Mapping[Month, Decimal], *, until: date) -> Forecast | None:
    """The average of the applications so far, for each month that is still to be asked for in the year.

    Before the first application nothing is known, so nothing is foretold.
    """
    if not spent:
        return None
    total = _total(spent.values())
    last = min(Month(year, LAST_OF_YEAR), Month.of(until))
    months, month = [], max(spent).next
    while month <= last:
        months.append(month)
        month = month.next
    return Forecast(total, grosz(Fraction(total) / len(spent)), months)


def application_due(month: Month, apply_by: int) -> date:
    """Until when the refund of a month is asked for, by the agreement."""
    return month.next.first.replace(day=apply_by)


def days_over(due: date, today: date) -> int:
    """How many days ago a term passed; none while it has not."""
    return max(0, (today - due).days)


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
