"""Bringing a table in: looked at row by row, then written whole or not at all.

A check writes nothing: what only the services can tell is tried and taken back before it answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from ipzs.imports import marks, openings
from ipzs.imports.table import Column, Problem, Row, read_table
from participants.models import Participation
from reintegration.core.errors import InputError
from reintegration.core.formats import counted
from reintegration.tenancy.scope import current_scope

MARKS: Final = "ipzs.import_marks"
OPENINGS: Final = "ipzs.import_openings"
COLUMNS: Final[Mapping[str, Sequence[Column]]] = {MARKS: marks.COLUMNS, OPENINGS: openings.COLUMNS}


@dataclass(frozen=True, slots=True)
class Report:
    """What a file does, or would do."""

    rows: int
    fresh: int
    problems: Sequence[Problem]

    @property
    def unchanged(self) -> int:
        return self.rows - self.fresh

    @property
    def may_run(self) -> bool:
        return not self.problems


class Refused(InputError):
    """Some rows do not fit, so nothing was written."""

    def __init__(self, report: Report) -> None:
        self.report = report
        rows = counted(len({one.row for one in report.problems}), "wiersz", "wiersze", "wierszy")
        super().__init__(f"Niczego nie wczytano. Do poprawienia: {rows}.", field="file")


# fn(done, total): how many rows are in; a file of a whole year takes its time.
Tell = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


class _TakenBack(Exception):
    """Ends a trial run."""


def check(*, kind: str, content: bytes, media_type: str) -> Report:
    """Say what the file would do; everything that was tried is taken back."""
    found: list[Report] = []
    try:
        with transaction.atomic():
            found.append(_DOES[kind](_rows(kind, content, media_type), False, _silent))
            raise _TakenBack
    except _TakenBack:
        return found[0]


def run(*, kind: str, content: bytes, media_type: str, tell: Tell = _silent) -> Report:
    """Write the file whole; when a row does not fit, nothing stays."""
    with transaction.atomic():
        _hold_imports()
        report = _DOES[kind](_rows(kind, content, media_type), True, tell)
        if not report.may_run:
            raise Refused(report)
    return report


def _hold_imports() -> None:
    """One file at a time in a unit: of two that bring the same people the second finds them there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"ipzs.imports|{current_scope().organisation_id}"],
        )


def _rows(kind: str, content: bytes, media_type: str) -> list[Row]:
    return read_table(content, media_type, COLUMNS[kind])


def _marks(rows: Sequence[Row], write: bool, tell: Tell) -> Report:
    if write:
        # Whoever marks one of these persons by hand waits, or is waited for.
        numbers = {row.text("number") for row in rows}
        held = Participation.objects.select_for_update(of=("self",)).filter(number__in=numbers)
        list(held.order_by("pk"))
    plan = marks.look(rows)
    if write and plan.may_run:
        marks.write(plan, tell)
    return Report(len(rows), len(plan.fresh), plan.problems)


def _openings(rows: Sequence[Row], write: bool, tell: Tell) -> Report:
    entries, problems = openings.read(rows)
    fresh, more = openings.write(entries, tell)
    return Report(len(rows), fresh, sorted([*problems, *more], key=lambda one: one.row))


_DOES: Final[Mapping[str, Callable[[Sequence[Row], bool, Tell], Report]]] = {
    MARKS: _marks,
    OPENINGS: _openings,
}
