"""Many days of many people in one go, as a spreadsheet is filled: all of it stands, or nothing.

The rules are those of one mark; they are asked about rows that were read for everybody at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from ipzs.enums import FreeDayState, MarkKind
from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import attendance as queries
from ipzs.queries import balances, timetable
from ipzs.queries.balances import DayRules
from ipzs.rules.balances import Facts, Mark
from ipzs.rules.codes import MarkKind as RuleKind
from ipzs.services.attendance.common import Changed, Terms, own_settings, reason_of, refuse_closed
from ipzs.services.attendance.marks import (
    WITH_HOURS,
    Around,
    check_day,
    check_left,
    check_reason,
    refuse_kis,
    rests_on,
)
from participants.models import Participation, Period
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, unit_type
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date

MOST: Final = 1000
# Present, or at the employer's where the person has practice on that day.
USUAL: Final = "usual"
# A paper that lies here already says why somebody was away; a range does not argue with it.
_SPARES: Final = frozenset({MarkKind.PRESENT, MarkKind.UNEXCUSED, MarkKind.EXCUSED, MarkKind.EMPLOYER})
_WRITTEN: Final = (
    "kind", "hours", "meal", "excuse", "workshop", "sick_leave", "free_day", "reason", "revision",
    "marked_by", "marked_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a person as whoever marks saw it; `revision` is 0 where there was no mark."""

    participation_id: UUID
    day: date
    revision: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a range did."""

    changed: int
    # Days left alone: without classes, or with a paper that speaks for them.
    spared: int
    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything that the rules ask about the people and the days of a range."""

    files: Mapping[UUID, Participation]
    marks: Mapping[tuple[UUID, date], DayMark]
    planned: Mapping[UUID, Mapping[date, Any]]
    terms: Mapping[UUID, Terms]
    leaves: Mapping[UUID, Sequence[SickLeave]]
    granted: Mapping[UUID, Sequence[FreeDayRequest]]
    employers: Mapping[UUID, Mapping[date, str]]


def mark_range(
    *,
    cells: Sequence[Cell],
    kind: str,
    excuse_id: UUID | None = None,
    workshop_id: UUID | None = None,
    reason: str = "",
) -> Done:
    """Give every day of a range the same mark; an empty kind takes the marks away."""
    _check_asked(cells, kind, excuse_id)
    read = _read(cells)
    own, said, here = own_settings(), reason_of(reason), unit_type()
    free = _FreeDays(read) if kind == MarkKind.FREE else None
    new: list[DayMark] = []
    old: list[DayMark] = []
    gone: list[DayMark] = []
    spared, user_id, now = 0, actor(), clock.now()
    for cell in {(one.participation_id, one.day): one for one in cells}.values():
        file = read.files.get(cell.participation_id)
        if file is None:
            raise InputError("Tej osoby już tu nie ma. Otwórz stronę jeszcze raz.")
        standing = read.marks.get((file.pk, cell.day))
        around = _around(read, file, cell.day, here, own)
        wanted = _wanted(kind, read, file, cell.day)
        reason_id = excuse_id if wanted is MarkKind.EXCUSED else None
        if _is_spared(wanted, standing, around, cell.day in read.planned[file.pk]):
            spared += 1
            continue
        if _stands(standing, wanted, reason_id):
            continue
        try:
            if cell.revision != (standing.revision if standing else 0):
                raise Changed(standing)
            check_reason(cell.day, standing, said, own.late_days)
            if wanted is None:
                gone += [standing] if standing else []
                continue
            check_day(cell.day, wanted, around)
            if free is not None and around.free_day is None:
                free.take(file, cell.day, here)
        except InputError as error:
            raise _named(file, cell.day, error) from error
        row = standing or DayMark(participation=file, person_id=file.person_id, day=cell.day, revision=0)
        hours = read.planned[file.pk].get(cell.day, own.day_hours) if wanted in WITH_HOURS else None
        row.kind, row.hours, row.excuse_id = wanted, hours, reason_id
        row.meal = wanted is MarkKind.PRESENT and own.meals
        row.workshop_id = workshop_id or row.workshop_id
        row.sick_leave_id, row.free_day_id = rests_on(wanted, around)
        row.reason, row.marked_by_id, row.marked_at = said, user_id, now
        row.revision += 1
        (new if standing is None else old).append(row)
    DayMark.objects.bulk_create(new)
    DayMark.objects.bulk_update(old, _WRITTEN)
    DayMark.objects.filter(pk__in=[row.pk for row in gone]).delete()
    touched = [*new, *old, *gone]
    return Done(len(touched), spared, frozenset(row.person_id for row in touched))


def _check_asked(cells: Sequence[Cell], kind: str, excuse_id: UUID | None) -> None:
    if not cells:
        raise InputError("Zaznacz dni, które mają dostać wpis.")
    if len(cells) > MOST:
        raise InputError(f"Zaznaczono {len(cells)} dni. Naraz zmieści się {MOST}, zaznacz mniej.")
    if kind == MarkKind.EXCUSED and excuse_id is None:
        raise InputError("Wybierz powód usprawiedliwienia.", field="excuse")
    refuse_closed([cell.day for cell in cells])


def _wanted(kind: str, read: _Read, file: Participation, day: date) -> MarkKind | None:
    if kind == USUAL:
        return MarkKind.EMPLOYER if day in read.employers.get(file.pk, {}) else MarkKind.PRESENT
    return MarkKind(kind) if kind else None


def _is_spared(wanted: MarkKind | None, standing: DayMark | None, around: Around, planned: bool) -> bool:
    if wanted is None:
        return False
    if standing is None and not planned:
        return True
    granted = around.free_day is not None and (standing is None or standing.kind == MarkKind.FREE)
    return wanted in _SPARES and (around.leave is not None or granted)


def _stands(standing: DayMark | None, wanted: MarkKind | None, excuse_id: UUID | None) -> bool:
    """Whether the day is already what it should be; hours that somebody wrote stay."""
    if standing is None:
        return wanted is None
    return wanted is not None and (standing.kind, standing.excuse_id) == (wanted, excuse_id)


def _named(file: Participation, day: date, error: InputError) -> InputError:
    """The same refusal with whose day it is, as a range has many."""
    said = f"{file.person}, {format_table_date(day)}: {error.message}"
    if isinstance(error, Changed):
        error.args, error.message = (said,), said
        return error
    return InputError(said, field=error.field)


def _read(cells: Sequence[Cell]) -> _Read:
    keys = list({cell.participation_id for cell in cells})
    days = sorted({cell.day for cell in cells})
    within = DateSpan(days[0], days[-1])
    rows = Participation.objects.select_for_update(of=("self",)).select_related("person")
    files = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    people = {file.person_id: file.pk for file in files.values()}
    marks = DayMark.objects.select_related("marked_by").filter(person_id__in=list(people), day__in=days)
    standing = {}
    for row in marks.order_by("pk"):
        if row.participation_id not in files:
            file = files[people[row.person_id]]
            raise _named(file, row.day, InputError("Ten dzień ma wpis w innej sprawie tej osoby."))
        standing[row.participation_id, row.day] = row
    covers = Q(participation__in=list(files), since__lte=within.last, until__gte=within.first)
    planned: dict[UUID, dict[date, Any]] = {key: {} for key in files}
    for month in sorted({Month.of(day) for day in days}):
        for key, found in timetable.class_days(files, month).items():
            planned[key].update(found)
    return _Read(
        files,
        standing,
        planned,
        {key: Terms(found) for key, found in _by_file(Period.objects.filter(covers)).items()},
        _by_file(SickLeave.objects.filter(covers)),
        _by_file(FreeDayRequest.objects.filter(covers, state=FreeDayState.GRANTED)),
        queries.employers(files, within),
    )


def _by_file(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows.order_by("since", "pk"):
        found.setdefault(row.participation_id, []).append(row)
    return found


def _around(read: _Read, file: Participation, day: date, here: UnitType, own: Any) -> Around:
    def over(rows: Sequence[Any]) -> UUID | None:
        return next((row.pk for row in rows if row.since <= day <= row.until), None)

    return Around(
        read.terms.get(file.pk, Terms([])).kind_on(day),
        over(read.leaves.get(file.pk, ())),
        over(read.granted.get(file.pk, ())),
        closed=False,
        late_days=own.late_days,
        day_hours=own.day_hours,
        meals=own.meals,
        unit_type=here,
    )


class _FreeDays:
    """Free days without a request, counted as they are given out one after the other (art. 15 ust. 6a)."""

    def __init__(self, read: _Read) -> None:
        self.facts: dict[UUID, Facts] = balances.facts_of(read.files)
        self.rules: dict[date, DayRules] = {}

    def take(self, file: Participation, day: date, here: UnitType) -> None:
        refuse_kis(here)
        if day not in self.rules:
            self.rules[day] = balances.rules_on(day)
        check_left(self.facts[file.pk], day, self.rules[day])
        self.facts = {**self.facts, file.pk: self.facts[file.pk].with_mark(Mark(day, RuleKind.FREE))}
