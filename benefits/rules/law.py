"""What the act says in numbers on a day, kept once it was looked up.

Benefit specification, section 1: the value on the first day of the month; a limit that is counted across
months has the value of the day counted. What has no value is refused with parameter and day.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from benefits.rules.codes import Part, RateRounding
from reintegration.core.money import up10
from reintegration.law.values import LawBook

T = TypeVar("T")
ALLOWANCE = "allowance"
FACTORS = {Part.TRIAL: "factor_trial", Part.MAIN: "factor_main"}


class Law:
    """A book of the law that remembers; one serves a whole list."""

    def __init__(self, book: LawBook) -> None:
        self.book = book
        self._kept: dict[tuple[object, ...], object] = {}

    def share(self, key: str, day: date) -> Fraction:
        return self._keep((key, day), lambda: self.book.share(key, on=day))

    def count(self, key: str, day: date) -> int:
        return self._keep((key, day), lambda: self.book.count(key, on=day))

    def amount(self, key: str, day: date) -> Decimal:
        return self._keep((key, day), lambda: self.book.amount(key, on=day))

    def full(self, part: Part, day: date, rounding: RateRounding) -> Fraction:
        """F: the full monthly benefit of a kind of period (art. 15 ust. 4; step 1)."""

        def counted() -> Fraction:
            rate = self.share(FACTORS[part], day) * Fraction(self.amount(ALLOWANCE, day))
            return Fraction(up10(rate)) if rounding is RateRounding.UP10 else rate

        return self._keep((part, day, rounding), counted)

    def _keep(self, key: tuple[object, ...], look: Callable[[], T]) -> T:
        try:
            return self._kept[key]  # type: ignore[return-value]
        except KeyError:
            found = self._kept[key] = look()
            return found
