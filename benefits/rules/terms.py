"""The terms of a unit towards offices: what falls due on which day (journey C.7)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from benefits.rules import tax_year
from reintegration.core.dates import DateSpan, Month

DECEMBER: Final = 12
# From the last month that a term is about to the latest day of it: the report of a year is due in March.
_LONGEST: Final = 4


class Kind(StrEnum):
    CLAIM = "claim"
    ZUS = "zus"
    TAX = "tax"
    PIT_OFFICE = "pit_office"
    PIT_PEOPLE = "pit_people"
    REPORT = "report"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Something that an office waits for; `about` is the month it is for, or the last one of its year."""

    day: date
    kind: Kind
    about: Month


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a unit has of its own: whether it pays benefits at all, and the days of its offices."""

    pays: bool
    zus_due: Callable[[Month], date]
    # Without an agreement nothing is asked for.
    claim_due: Callable[[Month], date | None]


def terms(span: DateSpan, own: Calendar) -> list[Term]:
    """Every term whose day lies in the span, the earliest first."""
    first = Month.of(span.first).plus(-_LONGEST)
    months = DateSpan(first.first, span.last).months()
    return sorted(one for month in months for one in _about(month, own) if one.day in span)


def _about(month: Month, own: Calendar) -> Iterator[Term]:
    if own.pays:
        yield Term(own.zus_due(month), Kind.ZUS, month)
        yield Term(tax_year.due_on(month), Kind.TAX, month)
        if (day := own.claim_due(month)) is not None:
            yield Term(day, Kind.CLAIM, month)
    if month.month == DECEMBER:
        if own.pays:
            yield Term(tax_year.due_at_office(month.year), Kind.PIT_OFFICE, month)
            yield Term(tax_year.due_at_person(month.year), Kind.PIT_PEOPLE, month)
        # To the voivode, by the day itself (art. 5 ust. 4 pkt 2, art. 18a ust. 6).
        yield Term(date(month.year + 1, 3, 31), Kind.REPORT, month)
