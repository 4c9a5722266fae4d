"""A year of days of a unit of a hundred and forty persons, from XLSX and from CSV: a report of its rows, all
of it or nothing, and a second time that changes nothing.
"""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ipzs.imports.table import TEXT
from ipzs.models import DayMark, FreeDayRequest, SickLeave
from ipzs.queries import balances, timetable
from ipzs.services import attendance, imports
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from reintegration.core.sheets import XLSX
from tests.cast import World
from tests.ipzs.imports.made import MARK_HEADINGS, as_csv, as_xlsx, unit_of

PERSONS = 140
LAST = date(2026, 12, 31)
# By the number of a person's class day in the year: what it was, when not a presence.
OTHERWISE = {30: "NN", 61: "DW", 62: "DW", 90: "L4", 91: "L4", 120: "U", 150: "P"}
pytestmark = pytest.mark.audit


def year_of(files: list[Participation]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    keys = [file.pk for file in files]
    number: Counter[Any] = Counter()
    for month in range(1, 13):
        planned = timetable.class_days(keys, Month(2026, month))
        for file in files:
            for day in planned[file.pk]:
                number[file.pk] += 1
                mark = OTHERWISE.get(number[file.pk], "O")
                hours = "6" if mark in {"O", "P"} else ""
                reason = "wezwanie do sądu" if mark == "U" else ""
                paper = "tak" if mark == "L4" else ""
                rows.append(
                    [file.number, str(file.person), format_table_date(day), mark, hours, reason, paper]
                )
    return rows


@pytest.mark.parametrize("media_type", [XLSX, TEXT])
def test_a_year_of_a_whole_unit_is_read_in_once(world: World, media_type: str) -> None:
    made = as_xlsx if media_type == XLSX else as_csv
    with world.scope("cis", "ewa"), clock.frozen(LAST):
        attendance.save_excuse(name="wezwanie do sądu")
        files = unit_of(PERSONS)
        rows = year_of(files)
        assert len(rows) > 30_000
        bad = [list(row) for row in rows]
        bad[100][3], bad[20_000][2] = "X", "31.11.2026"
        report = imports.check(kind=imports.MARKS, content=made(MARK_HEADINGS, bad), media_type=media_type)
        # The headings are the first row.
        assert [one.row for one in report.problems] == [102, 20_002]
        with pytest.raises(imports.Refused, match="Do poprawienia: 2 wiersze"):
            imports.run(kind=imports.MARKS, content=made(MARK_HEADINGS, bad), media_type=media_type)
        assert not DayMark.objects.exists()
        content = made(MARK_HEADINGS, rows)
        first = imports.run(kind=imports.MARKS, content=content, media_type=media_type)
        assert (first.fresh, first.unchanged, first.problems) == (len(rows), 0, [])
        before = counts()
        again = imports.run(kind=imports.MARKS, content=content, media_type=media_type)
        assert (again.fresh, again.unchanged) == (0, len(rows))
        assert counts() == before == (len(rows), PERSONS, PERSONS)
        found = balances.of([file.pk for file in files], LAST)
        assert {(one.free.used, one.sick.used) for one in found.values()} == {(2, 2)}


def counts() -> tuple[int, int, int]:
    return DayMark.objects.count(), SickLeave.objects.count(), FreeDayRequest.objects.count()
