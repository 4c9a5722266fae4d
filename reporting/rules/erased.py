"""Groups of people whose data were erased: counted by what retention kept, which is nobody's.

An erasure leaves the days of a file and takes the groups; of the file it keeps a row without a name and with
months alone. Files and rows of the same months, sex and end are as good as each other, so that the groups are
dealt out among them: every number comes out right, and whose group it was is known to nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reintegration.core.dates import DateSpan, Month
from reporting.rules.facts import FileFacts, GroupSpan

Likeness = tuple[date, date, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an erasure kept of a file."""

    opened_month: date
    ended_month: date
    sex: str
    end_reason: str
    destination: str
    groups: tuple[str, ...]
    main_group: str

    @property
    def likeness(self) -> Likeness:
        return (self.opened_month, self.ended_month, self.sex, self.end_reason, self.destination)

    @property
    def spans(self) -> tuple[GroupSpan, ...]:
        days = DateSpan(self.opened_month, Month.of(self.ended_month).last)
        return tuple(GroupSpan(code, code == self.main_group, days) for code in self.groups)


def deal(files: Sequence[FileFacts], kept: Iterable[Kept]) -> list[FileFacts]:
    """The files, those of erased people with the groups that were kept of files like them."""
    stock: defaultdict[Likeness, list[Kept]] = defaultdict(list)
    for one in kept:
        stock[one.likeness].append(one)
    return [_with_groups(one, stock) for one in files]


def _with_groups(file: FileFacts, stock: dict[Likeness, list[Kept]]) -> FileFacts:
    if not file.erased or file.groups or file.ended_on is None:
        return file
    months = (file.opened_on.replace(day=1), file.ended_on.replace(day=1))
    alike = stock.get((*months, file.sex, file.end_reason, file.destination))
    return replace(file, groups=alike.pop().spans) if alike else file
