"""How long a year of days of a hundred and forty persons takes to be read in: `make bench`.

Beside it stands a COPY of the rows that it wrote, by a superuser into the same table with all that is on it.
"""

import os
import time
from datetime import date
from uuid import uuid4

import psycopg
from django.db import connection

from ipzs.queries import timetable
from ipzs.services import imports
from reintegration.core import clock
from reintegration.core.dates import Month
from tests import measure
from tests.cast import World, known_world
from tests.ipzs.imports.made import MARK_HEADINGS, XLSX, as_xlsx, unit_of
from tests.servers import dsn

PERSONS = 140
# How often the same file is read, each time beside its COPY: FILES=29 is a million marks.
FILES = 10
TIMES = 2.0
# A job reads it in, and nobody waits for it at a page.
PROMISED = 60.0
# The check answers a request; a slower machine has the same again.
CHECKED = 10.0
END = date(2026, 12, 31)
MARKS = "ipzs_daymark"


class _Undone(Exception):
    """The next bench finds the database as it was."""


def year_of_days() -> bool:
    world = known_world()
    with world.scope("cis", "ewa"), clock.frozen(END):
        content, rows = _year()
    files = int(os.environ.get("FILES", FILES))
    found, checked = zip(*(_read(world, content, rows) for _ in range(files)), strict=True)
    slowest, longest = max(spent for spent, _ in found), max(checked)
    in_time = measure.said(
        measure.Figure(
            f"a year of {PERSONS} persons, {rows} days in a file",
            f"read in {measure.shown(slowest)} at most, checked in {measure.shown(longest)}",
            f"{measure.shown(measure.middle(found)[1])} of a COPY of its rows",
            "",
            f"at most {PROMISED:g} s and {CHECKED:g} s",
            slowest <= PROMISED and longest <= CHECKED,
        )
    )
    beside = measure.compared(
        f"{rows * files} marks in {files} files",
        found,
        floor="a COPY of the file's rows by a superuser into the same table",
        most=TIMES,
    )
    return in_time and beside


def _read(world: World, content: bytes, rows: int) -> tuple[measure.Pair, float]:
    """The seconds of reading the file in and of the COPY, and of the check before."""
    spent = checked = 0.0
    try:
        with world.scope("cis", "ewa"), clock.frozen(END):
            begun = time.perf_counter()
            assert imports.check(kind=imports.MARKS, content=content, media_type=XLSX).may_run
            checked = time.perf_counter() - begun
            begun = time.perf_counter()
            report = imports.run(kind=imports.MARKS, content=content, media_type=XLSX)
            spent = time.perf_counter() - begun
            assert report.fresh == rows
            written = _written()
            raise _Undone
    except _Undone:
        pass
    return (spent, _copied(written, world.cis.pk)), checked


def _written() -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY (SELECT * FROM {MARKS}) TO STDOUT") as rows:
        return b"".join(rows)


def _copied(rows: bytes, unit: object) -> float:
    """By a superuser, past row security and through every check, key and trigger."""
    with psycopg.connect(dsn("postgres", connection.settings_dict["NAME"])) as superuser:
        for name, value in {"organisation": unit, "source": "bench", "request": uuid4()}.items():
            superuser.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", str(value)])
        begun = time.perf_counter()
        with superuser.cursor().copy(f"COPY {MARKS} FROM STDIN") as copy:
            copy.write(rows)
        superuser.execute("SET CONSTRAINTS ALL IMMEDIATE")
        spent = time.perf_counter() - begun
        superuser.rollback()
    return spent


def _year() -> tuple[bytes, int]:
    files = unit_of(PERSONS)
    rows = []
    for number in range(1, 13):
        planned = timetable.class_days([file.pk for file in files], Month(2026, number))
        rows += [
            [file.number, str(file.person), day, "O", float(hours)]
            for file in files
            for day, hours in planned[file.pk].items()
        ]
    return as_xlsx(MARK_HEADINGS, rows), len(rows)
