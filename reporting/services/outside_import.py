"""Reports from outside in one spreadsheet: a line for each cell of each unit, read whole or not at all.

A check writes nothing: what only the services can tell is tried and taken back before it answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from ipzs.imports.table import Column, Problem, Row, plain, read_table
from reintegration.core.errors import InputError
from reintegration.core.formats import counted
from reintegration.tenancy.enums import UnitType
from reporting.enums import Brought, OutsideState
from reporting.models import EntryVersion, OutsideReport, RegisterEntry
from reporting.queries.layouts import in_force
from reporting.queries.reports import KINDS
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell
from reporting.season_files import where_of
from reporting.services import season as services

FILE_KINDS: Final[Mapping[UnitType, str]] = {
    UnitType.CIS: "reporting.outside_cis",
    UnitType.KIS: "reporting.outside_kis",
}
MOST: Final = Decimal("999999999.99")
COLUMNS: Final = (
    Column(
        "number",
        "numer w rejestrze",
        "Jednostka, której sprawozdanie to jest. Jeden plik może mieć ich wiele.",
    ),
    Column("cell", "komórka", "Klucz z pobranego wzoru. Nie zmieniaj go."),
    Column("where", "co to jest", "Dla czytelności. Program tego nie czyta.", asked=False),
    Column("value", "wartość", "Liczba albo tekst. Puste zostaje puste, zero jest odpowiedzią."),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file does, or would do."""

    units: Sequence[str]
    cells: int
    problems: Sequence[Problem]


class Refused(InputError):
    """Some rows do not fit, so nothing was written."""

    def __init__(self, found: Looked) -> None:
        self.found = found
        rows = counted(len({one.row for one in found.problems}), "wiersz", "wiersze", "wierszy")
        super().__init__(f"Niczego nie wczytano. Do poprawienia: {rows}.", field="file")


class _TakenBack(Exception):
    """Ends a trial run."""


def check(*, unit_type: str, year: int, received_on: date, content: bytes, media_type: str) -> Looked:
    """Say what the file would do; everything that was tried is taken back."""
    found: list[Looked] = []
    try:
        with transaction.atomic():
            found.append(_write(unit_type, year, received_on, read_table(content, media_type, COLUMNS)))
            raise _TakenBack
    except _TakenBack:
        return found[0]


def run(*, unit_type: str, year: int, received_on: date, content: bytes, media_type: str) -> Looked:
    """Write the file whole; when a row does not fit, nothing stays."""
    with transaction.atomic():
        found = _write(unit_type, year, received_on, read_table(content, media_type, COLUMNS))
        if found.problems:
            raise Refused(found)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of a unit as the file tells it, beside what was typed in of it before."""

    number: str
    name: str
    where: str
    there: Decimal | str | None
    said: Decimal | str


def look(*, unit_type: str, year: int, content: bytes, media_type: str) -> list[Told]:
    """Read a file that fits in the words of the layout; this writes nothing."""
    layout = in_force(KINDS[unit_type], year).layout
    known = {cell.key: cell for cell in services.typed_cells(layout)}
    rows = read_table(content, media_type, COLUMNS)
    numbers = [row.text("number") for row in rows]
    names = {
        one.entry.number: one.name
        for one in EntryVersion.objects.filter(entry__unit_type=unit_type, entry__number__in=numbers)
        .select_related("entry")
        .order_by("since", "pk")
    }
    typed: dict[str, Mapping[str, Any]] = {}
    for one in (
        OutsideReport.objects.filter(
            entry__unit_type=unit_type, entry__number__in=numbers, year=year, state=OutsideState.RECEIVED
        )
        .select_related("entry", "layout")
        .order_by("pk")
    ):
        values, texts = services.said_in(one.layout.layout, one.content)
        typed[one.entry.number] = {**values, **texts}
    found = []
    for row in rows:
        number, cells = row.text("number"), dict[str, Any]()
        _put(cells, known, row)
        found += [
            Told(
                number,
                names.get(number, ""),
                where_of(layout, known[key]),
                typed.get(number, {}).get(key),
                said,
            )
            for key, said in cells.items()
        ]
    return found


def template_rows(unit_type: str, year: int, number: str = "") -> list[list[Any]]:
    """The cells that can be copied, in the order of the layout."""
    layout = in_force(KINDS[unit_type], year).layout
    return [[number, cell.key, where_of(layout, cell), None] for cell in services.typed_cells(layout)]


def _write(unit_type: str, year: int, received_on: date, rows: Sequence[Row]) -> Looked:
    layout = in_force(KINDS[unit_type], year).layout
    known = {cell.key: cell for cell in services.typed_cells(layout)}
    problems: list[Problem] = []
    units: dict[str, dict[str, Decimal | str | None]] = {}
    first: dict[str, int] = {}
    for row in rows:
        number = row.text("number")
        try:
            if not number:
                raise InputError("Brakuje numeru w rejestrze.")
            first.setdefault(number, row.number)
            _put(units.setdefault(number, {}), known, row)
        except InputError as error:
            problems.append(Problem(row.number, str(error)))
    for number, cells in units.items():
        try:
            with transaction.atomic():
                _bring(unit_type, year, received_on, number, cells)
        except (InputError, ValidationError) as error:
            said = " ".join(getattr(error, "messages", None) or [str(error)])
            problems.append(Problem(first[number], said))
    return Looked(list(units), sum(len(cells) for cells in units.values()), problems)


def _put(cells: dict[str, Any], known: Mapping[str, Cell], row: Row) -> None:
    key = row.text("cell")
    cell = known.get(key)
    if cell is None:
        raise InputError(f"Nie ma komórki do wpisania „{key}”.")
    if key in cells:
        raise InputError(f"Komórka „{key}” jest w pliku dwa razy.")
    said = row.text("value")
    if said:
        cells[key] = said if cell.measure is Measure.TEXT else _number(said, cell)


def _number(said: str, cell: Cell) -> Decimal:
    digits = plain(said).replace(" ", "").replace("\u00a0", "").replace(",", ".")
    try:
        found = Decimal(digits)
    except InvalidOperation:
        raise InputError(f"To nie jest liczba: {said[:20]}.") from None
    if not found.is_finite() or not 0 <= found <= MOST or found != round(found, 2):
        raise InputError(f"Tej liczby nie da się wpisać: {said[:20]}.")
    if cell.measure is Measure.PERSONS and found != found.to_integral_value():
        raise InputError(f"Osoby liczy się w całych liczbach: {said[:20]}.")
    return found


def _bring(
    unit_type: str, year: int, received_on: date, number: str, cells: Mapping[str, Decimal | str | None]
) -> OutsideReport:
    """The report of one unit; one that is still open is written over, an accepted one is not."""
    entry = RegisterEntry.objects.filter(unit_type=unit_type, number=number).first()
    if entry is None:
        raise InputError(f"W rejestrze {unit_type} nie ma numeru {number}.")
    rows = OutsideReport.objects.filter(entry=entry, year=year)
    row = rows.exclude(state=OutsideState.DROPPED).first()
    if row is not None and row.state == OutsideState.ACCEPTED:
        raise InputError(f"Sprawozdanie jednostki {number} jest już przyjęte.")
    if row is None:
        row = services.bring(entry_id=entry.pk, year=year, received_on=received_on, how=Brought.IMPORTED)
    return services.copy(report_id=row.pk, cells=cells)
