"""A spreadsheet as rows of named cells: XLSX, or CSV with semicolons, commas or tabs.

Only values are read. A formula is the number that it gave when the file was saved, and a text that begins
like one is a text: nothing of a file is ever worked out here.
"""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from reintegration.core import clock
from reintegration.core.dates import parse_date
from reintegration.core.errors import InputError
from reintegration.core.sheets import FORMULA_STARTS, XLSX, Sheet, xlsx_pieces

MOST_ROWS: Final = 60_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 500
TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name in its heading; what is not asked for may be left out of the file."""

    key: str
    heading: str
    hint: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file with its number there, the heading being the first."""

    number: int
    cells: Mapping[str, Any]

    def text(self, key: str) -> str:
        return text_of(self.cells.get(key))

    def day(self, key: str) -> date | None:
        """A day, as a date of the spreadsheet or as people write it."""
        found = self.cells.get(key)
        if isinstance(found, datetime):
            return found.date()
        if isinstance(found, date):
            return found
        said = text_of(found)
        return parse_date(said, today=clock.today()) if said else None

    def number_of(self, key: str) -> Decimal | None:
        """A number with a comma or a point; None when the cell is empty."""
        said = text_of(self.cells.get(key)).replace(" ", "").replace("\u00a0", "").replace(",", ".")
        if not said:
            return None
        try:
            found = Decimal(said)
        except InvalidOperation:
            raise InputError(f"To nie jest liczba: {said[:20]}.") from None
        if not found.is_finite() or abs(found) > MOST_ROWS:
            raise InputError(f"To nie jest liczba: {said[:20]}.")
        return found

    def count(self, key: str) -> int:
        """A whole number that is not negative; an empty cell is none."""
        found = self.number_of(key) or Decimal(0)
        if found < 0 or found != found.to_integral_value():
            raise InputError(f"To nie jest liczba dni: {found}.")
        return int(found)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row."""

    row: int
    sentence: str


def read_table(content: bytes, media_type: str, columns: Sequence[Column]) -> list[Row]:
    """The rows of the first sheet that are not empty, under the headings that are known."""
    lines = _of_workbook(content) if media_type == XLSX else _of_text(content)
    headings = [plain(text_of(cell)) for cell in lines[0]] if lines else []
    known = {plain(column.heading): column.key for column in columns}
    missing = [column.heading for column in columns if column.asked and plain(column.heading) not in headings]
    if missing:
        raise InputError(f"W pierwszym wierszu brakuje kolumn: {', '.join(missing)}. Pobierz wzór.")
    places = [(place, known[name]) for place, name in enumerate(headings) if name in known]
    if len({key for _, key in places}) < len(places):
        raise InputError("Ta sama kolumna jest w pliku dwa razy.")
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = {key: line[place] for place, key in places if place < len(line)}
        if any(text_of(cell) for cell in cells.values()):
            found.append(Row(number, cells))
    if not found:
        raise InputError("W pliku nie ma żadnego wiersza z danymi.")
    return found


def text_of(cell: object) -> str:
    """What stands in a cell, as a person reads it; a whole number has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return str(Decimal(repr(cell)))
    said = unicodedata.normalize("NFC", str(cell)).strip()
    # Our own CSV puts an apostrophe before what a spreadsheet would run.
    if said.startswith("'") and said[1:].startswith(FORMULA_STARTS):
        said = said[1:]
    return said[:LONGEST_CELL]


def plain(text: str) -> str:
    """A heading without case and with single spaces."""
    return " ".join(text.casefold().split())


def _of_workbook(content: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        height, width = sheet.total_height, sheet.total_width
        _check_size(height, width)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        raise InputError("Tego arkusza nie udało się odczytać. Zapisz go jeszcze raz jako XLSX.") from None


def _of_text(content: bytes) -> list[list[Any]]:
    said = content.decode("utf-8-sig", errors="replace")
    heading = said.split("\n", 1)[0]
    mark = max(";\t,", key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(said, newline=""), delimiter=mark))
    except csv.Error:
        raise InputError("Tego pliku CSV nie udało się odczytać. Zapisz go jeszcze raz.") from None
    _check_size(len(lines), max((len(line) for line in lines), default=0))
    return lines


def _check_size(height: int, width: int) -> None:
    if height > MOST_ROWS + 1:
        raise InputError(f"Plik ma ponad {MOST_ROWS} wierszy. Podziel go, na przykład na miesiące.")
    if width > MOST_COLUMNS:
        raise InputError(f"Plik ma ponad {MOST_COLUMNS} kolumn. Pobierz wzór i przenieś do niego dane.")


def workbook(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> bytes:
    """A file to fill in: headings, what is known already, and a sheet that says what goes where."""
    data = Sheet("Dane", [column.heading for column in columns], rows)
    legend = Sheet(
        "Opis kolumn",
        ("Kolumna", "Co w niej wpisać"),
        [(column.heading, column.hint) for column in columns],
        widths=(30, 90),
    )
    return b"".join(xlsx_pieces(data, legend))
