"""To which month contributions belong, and which documents a month has had.

What an approved list says of a month is one set of documents. The first set of a month has the number 01;
whatever a later list adds to the month is a correcting set with the next number.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from benefits.zus.facts import Amounts, CountedBy
from reintegration.core.dates import Month

# From 40 on numbers are kept for documents that ZUS itself asks for.
LAST_NUMBER = 39


@dataclass(frozen=True, slots=True)
class Said:
    """What one list says of one person for one month of contributions, and since when it holds."""

    source: Hashable
    at: datetime
    person: Hashable
    month: Month
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class DocumentSet:
    number: int
    month: Month
    source: Hashable
    # Whom this set names: the new totals of each, and what they differ by from the set before.
    people: Mapping[Hashable, Amounts]
    changes: Mapping[Hashable, Amounts]
    everybody: int
    total: Amounts

    @property
    def difference(self) -> Amounts:
        return sum(self.changes.values(), Amounts.none())


def month_of(about: Month, counted_by: CountedBy, paid_on: date | None) -> Month | None:
    """The month of contributions; none while it is counted by a payment that has not been made."""
    if counted_by is CountedBy.DUE:
        return about
    return Month.of(paid_on) if paid_on is not None else None


def sets_of(said: Iterable[Said]) -> list[DocumentSet]:
    """All sets of documents, by month and number."""
    months: defaultdict[Month, list[Said]] = defaultdict(list)
    for one in said:
        months[one.month].append(one)
    return [made for month in sorted(months) for made in _of_month(month, months[month])]


def _of_month(month: Month, said: Sequence[Said]) -> Iterable[DocumentSet]:
    by_source: dict[Hashable, list[Said]] = {}
    for one in sorted(said, key=lambda one: one.at):
        by_source.setdefault(one.source, []).append(one)
    standing: defaultdict[Hashable, Amounts] = defaultdict(Amounts.none)
    for number, (source, rows) in enumerate(by_source.items(), 1):
        changes: defaultdict[Hashable, Amounts] = defaultdict(Amounts.none)
        for one in rows:
            changes[one.person] += one.amounts
            standing[one.person] += one.amounts
        yield DocumentSet(
            number,
            month,
            source,
            {person: standing[person] for person in changes},
            dict(changes),
            len(standing),
            sum(standing.values(), Amounts.none()),
        )
