"""Two months side by side: the lines of each, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from benefits.explain.shown import Line
from benefits.explain.texts import Total
from benefits.rules.codes import RowCode
from reintegration.core.money import ZERO

_ORDER: Final = {key: place for place, key in enumerate([*RowCode, *Total])}


@dataclass(frozen=True, slots=True)
class Pair:
    """One line as it is and as it would be; a line that one of the two months has not is none."""

    real: Line | None
    other: Line | None

    @property
    def line(self) -> Line:
        """The one that says more: how it would be, or what would not be any more."""
        found = self.other or self.real
        assert found is not None
        return found

    @property
    def difference(self) -> Decimal:
        return _amount(self.other) - _amount(self.real)


def compared(real: Sequence[Line], other: Sequence[Line]) -> Sequence[Pair]:
    """Both months line by line, in the order of a statement."""
    ours, theirs = ({line.key: line for line in lines} for lines in (real, other))
    return [Pair(ours.get(key), theirs.get(key)) for key in sorted(ours | theirs, key=_ORDER.__getitem__)]


def _amount(line: Line | None) -> Decimal:
    return ZERO if line is None else line.amount
