"""Groups and ages of people whose data were erased: counted by what retention kept, which is nobody's.

An erasure leaves the days of a file and takes the groups and the birthday; of the file it keeps a row without
a name and with months alone. Files and rows of the same months, sex, education and end are as good as each
other, so that the rows are dealt out among them: every number comes out right, and whose group it was
nobody knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from reintegration.core.dates import DateSpan
from reporting.rules.facts import FileFacts, GroupSpan

Likeness = tuple[date, date, int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an erasure kept of a file: its groups, and the band of age at the end of each of its years."""

    opened_month: date
    ended_month: date
    sex: str
    education: str
    end_reason: str
    destination: str
    groups: tuple[GroupSpan, ...]
    ages: Mapping[int, str]

    @classmethod
    def read(cls, row: tuple[Any, ...]) -> "Kept":
        """A row as it is stored, with days and years as texts."""
        opened, ended, sex, education, reason, destination, held, ages = row
        groups = tuple(
            GroupSpan(code, main, DateSpan(date.fromisoformat(since), _day(until)))
            for code, main, since, until in held
        )
        bands = {int(year): band for year, band in ages.items()}
        return cls(opened, ended, sex, education, reason, destination, groups, bands)

    @property
    def likeness(self) -> Likeness:
        return (
            self.opened_month, self.ended_month, min(self.ages, default=self.opened_month.year), self.sex,
            self.education, self.end_reason, self.destination,
        )  # fmt: skip


def deal(files: Sequence[FileFacts], kept: Iterable[Kept]) -> list[FileFacts]:
    """The files, those of erased people with what was kept of files like them.

    Who has two files has the groups of both in each, as before.
    """
    stock: defaultdict[Likeness, list[Kept]] = defaultdict(list)
    for one in kept:
        stock[one.likeness].append(one)
    groups: defaultdict[UUID, dict[GroupSpan, None]] = defaultdict(dict)
    ages: defaultdict[UUID, dict[int, str]] = defaultdict(dict)
    for file in files:
        alike = stock.get(_likeness(file)) if file.erased and file.ended_on is not None else None
        if alike:
            dealt = alike.pop()
            groups[file.person].update(dict.fromkeys(dealt.groups))
            ages[file.person].update(dealt.ages)
    return [
        replace(file, groups=file.groups or tuple(groups[file.person]), bands=ages[file.person])
        if file.person in ages
        else file
        for file in files
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _likeness(file: FileFacts) -> Likeness:
    assert file.ended_on is not None
    begun = min(file.opened_on, file.started_on or file.opened_on)
    return (
        file.opened_on.replace(day=1), file.ended_on.replace(day=1), begun.year, file.sex, file.education,
        file.end_reason, file.destination,
    )  # fmt: skip
