"""Yearly totals: which years a change touches, and where two counts of a year differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from reintegration.core.dates import DateSpan

# The act of 13 June 2003; nothing of an earlier year is counted.
FIRST_YEAR: Final = 2003
# The row of a whole, which has no key of its own.
TOTAL: Final = "total"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """A cell: how many or how much, and women and men where people are counted."""

    value: Decimal
    women: int | None = None
    men: int | None = None


Cells = Mapping[Key, Number]


def span_of(year: int, today: date) -> DateSpan:
    """The days of a year that are counted: of a running one until today."""
    return DateSpan(date(year, 1, 1), min(date(year, 12, 31), today))


def years_of(marks: Iterable[tuple[int, int | None]], this_year: int) -> list[int]:
    """Every year that is marked, the oldest first; a mark without an end lasts until this year."""
    found: set[int] = set()
    for since, until in marks:
        last = this_year if until is None else min(until, this_year)
        found.update(range(max(since, FIRST_YEAR), last + 1))
    return sorted(found)


def differences(stored: Cells, counted: Cells) -> list[Key]:
    """The cells in which two counts differ; a cell that is not there is nought."""
    return sorted(key for key in {*stored, *counted} if stored.get(key) != counted.get(key))
