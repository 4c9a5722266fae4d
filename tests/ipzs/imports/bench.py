"""How long a year of days of a hundred and forty persons takes to be read in: `make bench`.

Beside it stands a COPY of the rows that it wrote, by a superuser into the same table with all that is on it.
"""

import time
from datetime import date
from uuid import uuid4

import psycopg
from django.db import connection

from ipzs.queries import timetable
from ipzs.services import imports
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.cast import known_world
from tests.ipzs.imports.made import MARK_HEADINGS, XLSX, as_xlsx, unit_of
from tests.servers import dsn

PERSONS = 140
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
    spent = checked = 0.0
    with world.scope("cis", "ewa"), clock.frozen(END):
        content, rows = _year()
    try:
        with world.scope("cis", "ewa"), clock.frozen(END):
            begun = time.perf_counter()
            assert imports.check(kind=imports.MARKS, content=content, media_type=XLSX).may_run
            checked = time.perf_counter() - begun
            begun = time.perf_counter()
            report = imports.run(kind=imports.MARKS, content=content, media_type=XLSX)
            spent = time.perf_counter() - begun
            assert report.fresh == rows
            again = imports.run(kind=imports.MARKS, content=content, media_type=XLSX)
            assert again.fresh == 0
            written = _written()
            raise _Undone
    except _Undone:
        pass
    floor = _copied(written, world.cis.pk)
    kept = spent <= PROMISED and checked <= CHECKED
    print(  # noqa: T201
        f"a year of {PERSONS} persons, {rows} days from XLSX: {spent:.1f} s, at most {PROMISED:g};"
        f" checked in {checked:.1f} s, at most {CHECKED:g}: {'kept' if kept else 'MISSED'}"
        f"  [{spent / floor:.1f} times the {floor:.2f} s of a COPY of its rows]"
    )
    return kept


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
