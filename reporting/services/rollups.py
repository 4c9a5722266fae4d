"""Counting the years of a unit, keeping what was counted, and comparing it with the files each night."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import OPERATOR_ID, current_scope
from reporting.models import StaleYear, UnitYear, YearCell
from reporting.queries import statistics
from reporting.rules.rollups import FIRST_YEAR, TOTAL, Cells, Key, Number, differences, span_of, years_of

logger = logging.getLogger(__name__)

# The first half of an advisory lock's key; the second is made from the unit.
_LOCK: Final = 0x5EA2
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a comparison of one unit found: years, and the numbers that were not what the files say."""

    years: int
    wrong: tuple[tuple[int, Key], ...]


def waiting_units() -> list[UUID]:
    """Units in which something changed that is counted."""
    rows = StaleYear.objects.order_by("unit_id").values_list("unit_id", flat=True)
    return list(rows.distinct())


def recount_changed() -> int:
    """Count again the years of the current unit in which something changed; says how many.

    A mark that is taken was committed together with its change, so that the count sees it. One that is
    written meanwhile stays for the next time.
    """
    _alone()
    unit = _unit()
    marks = StaleYear.objects.filter(unit_id=unit.pk).order_by("pk")
    taken = list(marks.values_list("pk", "since", "until"))
    StaleYear.objects.filter(pk__in=[key for key, *_ in taken]).delete()
    today = clock.today()
    years = years_of([(since, until) for _, since, until in taken], today.year)
    years = _without_empty_beginning(years, today)
    _count(UnitType(unit.unit_type), years, today)
    return len(years)


def check() -> Checked:
    """Compare every year of the current unit with the files, mend what differs, bring it up to today.

    A year is compared as of the day on which it was counted; only then a running one is counted anew.
    """
    recount_changed()
    unit_type, today = UnitType(_unit().unit_type), clock.today()
    gathered = statistics.Gathered.of(unit_type)
    rows = list(UnitYear.objects.order_by("year"))
    stored = _stored([row.year for row in rows])
    wrong: list[tuple[int, Key]] = []
    # Of a running year, and of the one that has just ended, days are missing that were not yet known.
    again = {today.year} if rows else set()
    for row in rows:
        found = differences(stored[row.year], _raw(unit_type, row.year, row.as_of, gathered))
        if found and not _changes_meanwhile(row.unit_id):
            wrong += [(row.year, key) for key in found]
        if found or row.as_of != span_of(row.year, today).last:
            again.add(row.year)
        UnitYear.objects.filter(pk=row.pk).update(checked_at=clock.now(), mended=len(found))
    _count(unit_type, sorted(again), today, gathered)
    return Checked(len(rows), tuple(wrong))


def _changes_meanwhile(unit_id: UUID) -> bool:
    """Whether somebody has just changed something: then the next count is right, and nothing was wrong."""
    return StaleYear.objects.filter(unit_id=unit_id).exists()


def _count(
    unit_type: UnitType, years: Iterable[int], today: date, gathered: statistics.Gathered | None = None
) -> None:
    wanted = list(years)
    if not wanted:
        return
    known = gathered or statistics.Gathered.of(unit_type)
    stored = _stored(wanted)
    for year in wanted:
        last = span_of(year, today).last
        assert last is not None
        _keep(year, stored[year], _raw(unit_type, year, last, known))
        told = {"as_of": last, "counted_at": clock.now()}
        if not UnitYear.objects.filter(year=year).update(**told):
            UnitYear.objects.create(year=year, sender_id=OPERATOR_ID, **told)


def _raw(unit_type: UnitType, year: int, on: date, gathered: statistics.Gathered) -> dict[Key, Number]:
    """Every number of a year as the statistics count it, without noughts."""
    found = {}
    for table in statistics.report(unit_type, span_of(year, on), None, gathered).tables:
        for key, row in [(one.key, one) for one in table.rows] + (
            [(TOTAL, table.total)] if table.total else []
        ):
            if row.value:
                number = Number(Decimal(row.value).quantize(_CENT), row.women, row.men)
                found[table.figure.key, key] = number
    return found


def _stored(years: Iterable[int]) -> dict[int, dict[Key, Number]]:
    wanted = list(years)
    found: dict[int, dict[Key, Number]] = {year: {} for year in wanted}
    rows = YearCell.objects.filter(year__in=wanted).order_by("pk")
    for year, figure, line, value, women, men in rows.values_list(
        "year", "figure", "line", "value", "women", "men"
    ):
        found[year][figure, line] = Number(value, women, men)
    return found


def _keep(year: int, stored: Cells, counted: Cells) -> None:
    """Write what differs, and nothing else."""
    changed = differences(stored, counted)
    rows = YearCell.objects.filter(year=year)
    for figure in {figure for figure, _ in changed}:
        lines = [line for one, line in changed if one == figure]
        rows.filter(figure=figure, line__in=lines).delete()
    YearCell.objects.bulk_create(
        YearCell(
            year=year, figure=key[0], line=key[1], sender_id=OPERATOR_ID,
            value=counted[key].value, women=counted[key].women, men=counted[key].men,
        )
        for key in changed
        if key in counted
    )  # fmt: skip


def _without_empty_beginning(years: list[int], today: date) -> list[int]:
    """Years before the first that has anything: who marks all of them has not lived so long."""
    if not years or years[0] > FIRST_YEAR:
        return years
    known = [one.opened_on for one in statistics.Gathered.of(UnitType(_unit().unit_type)).files]
    first = min(known, default=today).year
    return [year for year in years if year >= first]


def _unit() -> Unit:
    return Unit.objects.get(pk=current_scope().organisation_id)


def _alone() -> None:
    """One count of a unit at a time: two would write the same rows."""
    unit = current_scope().organisation_id
    folded = int.from_bytes(unit.bytes[-4:], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, folded])
