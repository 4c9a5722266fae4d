"""What a statement is made of."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.explain.texts import Total
from benefits.rules.codes import RowCode


@dataclass(frozen=True, slots=True)
class Named:
    """A number of the law or an answer of the unit, with its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement, ready to be shown; `amount` is there to be added up by whoever checks."""

    key: RowCode | Total
    label: str
    count: str
    amount: Decimal
    shown: str
    sentence: str
    article: str
    parameters: tuple[Named, ...] = ()
    readings: tuple[Named, ...] = ()

    @property
    def named(self) -> tuple[Named, ...]:
        """What the line rests on: numbers of the law, then answers of the unit."""
        return (*self.parameters, *self.readings)

    @property
    def is_row(self) -> bool:
        return isinstance(self.key, RowCode)
