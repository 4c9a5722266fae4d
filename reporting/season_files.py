"""What the office takes away of a season: every number of every unit, as tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from reintegration.core.lists import Column
from reporting.enums import Turn
from reporting.rules import season as rules
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell, Layout

Row = Sequence[Any]
WHERE: Final = ("Część", "Tabela", "Wiersz", "Kolumna", "Komórka", "Jednostka miary")
TOTALS: Final = ("Poziom", "Miejsce", *WHERE, "Jednostek", "Wartość", "Rok wcześniej", "Zmiana")
NOT_KNOWN: Final = "nie wiadomo"
LEVELS: Final = {"": "województwo", "powiat": "powiat", "gmina": "gmina"}


def way_of(row: Any) -> str:
    """How a report came: in the program, or on paper."""
    if row.report_id is not None:
        return "w programie"
    return "poza programem" if row.outside_id is not None else ""


BOARD: Final = (
    Column("entry.unit_type", "rodzaj"),
    Column("entry.number", "numer w rejestrze"),
    Column("name", "nazwa"),
    Column("town", "miejscowość"),
    Column("gmina", "gmina"),
    Column("powiat", "powiat"),
    Column("founder_name", "prowadzący"),
    Column("email", "e-mail"),
    Column("turn", "stan sprawozdania", cell=lambda row: str(Turn(row.turn).label)),
    Column("came_on", "wpłynęło"),
    Column("way", "skąd", cell=way_of),
    Column("version_number", "wersja"),
    Column("reminded_at", "ostatnie przypomnienie"),
)


def plain(value: Decimal | None, measure: Measure) -> Decimal | int | None:
    """People as whole numbers, money as money."""
    if value is None or measure is Measure.MONEY:
        return value
    return int(value) if value == value.to_integral_value() else value


def cells_of(layout: Layout) -> Iterator[tuple[Cell, tuple[str, ...]]]:
    """The cells that can be added, each with where it stands, in the order of the layout."""
    for part in layout.parts:
        for table in part.tables:
            for row in table.rows:
                for column in table.columns:
                    cell = layout.cell(table.key, row.key, column.key)
                    if cell is not None and cell.adds:
                        yield cell, (
                            part.title, table.title, row.label, column.label, cell.key, cell.measure.value
                        )  # fmt: skip


def where_of(layout: Layout, cell: Cell) -> str:
    """Where a cell stands, in one line."""
    table = layout.tables[cell.table]
    return f"{table.title}: {cell.label}"


def every_report(layout: Layout, told: Sequence[rules.Told]) -> tuple[list[str], Iterator[Row]]:
    """A row for each cell, a column for each unit: all reports of a year side by side."""
    labels = [*WHERE, *(f"{one.name} ({one.number})" if one.number else one.name for one in told)]
    rows = (
        [*where, *(plain(one.cells.get(cell.key), cell.measure) for one in told)]
        for cell, where in cells_of(layout)
    )
    return labels, rows


def totals(
    layout: Layout, now: Sequence[rules.Told], before: Sequence[rules.Told], *, only: str = ""
) -> Iterator[Row]:
    """Every sum of every level, or of one cell, beside the year before; what nobody told is left out."""
    for level, word in LEVELS.items():
        for place, lines in of_level(now, before, level):
            yield from _of_place(layout, word, place, lines, only)


def _of_place(
    layout: Layout, level: str, place: str, lines: Mapping[str, rules.Line], only: str
) -> Iterator[Row]:
    for cell, where in cells_of(layout):
        line = lines.get(cell.key)
        if line is not None and only in {"", cell.key}:
            yield [
                level, place, *where, line.told_by, plain(line.value, cell.measure),
                plain(line.before, cell.measure), plain(line.change, cell.measure),
            ]  # fmt: skip


def of_level(
    now: Sequence[rules.Told], before: Sequence[rules.Told], level: str
) -> Iterator[tuple[str, Mapping[str, rules.Line]]]:
    """Each place of a level with its sums of both years."""
    if not level:
        yield "", rules.beside(rules.add(now), rules.add(before))
        return
    for place, lines in rules.by_place(now, before, level).items():
        yield place or NOT_KNOWN, lines


def line_json(line: rules.Line) -> dict[str, Any]:
    return {
        "jednostek": line.units,
        "wartosc": None if line.value is None else str(line.value),
        "rok_wczesniej": None if line.before is None else str(line.before),
        "zmiana": None if line.change is None else str(line.change),
    }


def day_of(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def collective(told: Any, *, only: str = "") -> Iterator[Row]:
    """What the minister reads, as rows: every sum of every level beside the year before (art. 5 ust. 7)."""
    for level, word in LEVELS.items():
        for place, lines in of_collective(told, level):
            yield from _of_place(told.layout, word, place, lines, only)


def of_collective(told: Any, level: str) -> Iterator[tuple[str, Mapping[str, rules.Line]]]:
    """Each place of a level as it stands in what the minister is told."""
    if not level:
        yield "", told.lines
        return
    for place, lines in told.places(level).items():
        yield place or NOT_KNOWN, lines
