"""Files as a unit would bring them, and a unit of many persons. All names are invented."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from ipzs.imports import marks, openings
from ipzs.imports.table import TEXT, Column
from ipzs.services import imports
from participants.models import Participation, Period, Person
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.core.sheets import XLSX

SINCE = date(2026, 1, 1)
PERIODS = (
    ("trial", SINCE, date(2026, 1, 31)),
    ("main", date(2026, 2, 1), date(2026, 12, 31)),
)
MARK_HEADINGS = [column.heading for column in marks.COLUMNS]
OPENING_HEADINGS = [column.heading for column in openings.COLUMNS]


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        for line, values in enumerate([headings, *rows]):
            sheet.write_row(line, 0, values)
    return out.getvalue()


def under(columns: Sequence[Column], **cells: Any) -> list[Any]:
    """A line with these cells in their columns."""
    return [cells.get(column.key, "") for column in columns]


def bring_marks(*rows: Sequence[Any]) -> imports.Report:
    return imports.run(kind=imports.MARKS, content=as_csv(MARK_HEADINGS, rows), media_type=TEXT)


def check_marks(*rows: Sequence[Any]) -> imports.Report:
    return imports.check(kind=imports.MARKS, content=as_csv(MARK_HEADINGS, rows), media_type=TEXT)


def bring_openings(*rows: Sequence[Any]) -> imports.Report:
    return imports.run(kind=imports.OPENINGS, content=as_csv(OPENING_HEADINGS, rows), media_type=TEXT)


def line(file: Any, day: Any, mark: str, *more: Any) -> list[Any]:
    return [file.number, str(file.person), format_table_date(day), mark, *more]


def unit_of(count: int, *, first: int = 0) -> list[Participation]:
    """Many persons in the main period, straight into the tables: a unit that has been at work for long."""
    people = Person.objects.bulk_create(
        Person(first_name="Ada", last_name=f"Osoba{n}", no_pesel="unknown", sex="F", made_at=clock.now())
        for n in range(first, first + count)
    )
    files: list[Participation] = Participation.objects.bulk_create(
        Participation(person=person, number=f"T/{n}/2026", opened_on=SINCE)
        for n, person in enumerate(people, first)
    )
    Period.objects.bulk_create(
        Period(participation=file, person_id=file.person_id, kind=kind, since=since, until=until)
        for file in files
        for kind, since, until in PERIODS
    )
    return files


__all__ = ["TEXT", "XLSX"]
