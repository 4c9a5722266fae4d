"""A report as people read it: its tables with everything said, for pages, papers and spreadsheets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from reintegration.core.formats import NONE, format_money, format_number
from reporting.queries.reports import Sheet
from reporting.rules.checks import Finding
from reporting.rules.definitions import Measure
from reporting.rules.layouts import Cell, CellKind, Layout, Line, Part, Relation, Table
from reporting.rules.reports import Difference

# Columns of numbers that a phone shows beside the label of their row.
BESIDE: Final = 3
# How many cells of a check are named: of a sum of ten rows the first ones and the total.
_NAMED: Final = 4
_SIDES: Final = {Relation.EQUAL: "", Relation.AT_MOST: "najwyżej ", Relation.AT_LEAST: "co najmniej "}
_GROSZ: Final = Decimal("0.01")
LABELS: Final = (
    "Część", "Tabela", "Wiersz", "Kolumna", "Wartość", "Opis", "Jednostka miary", "Uwaga", "Komórka",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crossing:
    """A cell as it is drawn: what it says, where it leads, and what is said about it."""

    column: str
    cell: Cell | None
    text: str = ""
    url: str = ""
    # The control of a typed cell that may be typed into now.
    bound: Any = None
    note: str = ""
    comment: str = ""
    # What it said in the version before, where that was something else.
    before: str | None = None

    @property
    def words(self) -> bool:
        return self.cell is not None and self.cell.measure is Measure.TEXT

    @property
    def control(self) -> Any:
        """What the cell is typed into; row and column say what it asks, so it has no label of its own."""
        field = self.bound
        attrs = {"aria-label": field.label, "class": f"form-control w-{field.field.width}"}
        if self.words:
            attrs |= {"class": "form-control", "rows": "2"}
        if field.errors:
            attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}-err"}
        return field.as_widget(attrs=attrs)

    @property
    def summed(self) -> bool:
        return self.cell is not None and self.cell.kind is CellKind.SUMMED


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is drawn."""

    table: Table
    rows: tuple[tuple[Line, tuple[Crossing, ...]], ...]

    @property
    def caption(self) -> str:
        """In what its cells are measured, each measure once; its heading stands above it."""
        found = dict.fromkeys(
            one.cell.measure.value for _, row in self.rows for one in row if one.cell and not one.words
        )
        return f"Jednostka miary: {', '.join(found)}" if found else "Odpowiedzi słowami"

    @property
    def in_words(self) -> bool:
        """Whether it holds nothing but words, which stand on the left."""
        return all(one.words for _, row in self.rows for one in row if one.cell)

    @property
    def stacked(self) -> bool:
        """Whether a phone shows its rows one under another: three plain numbers fit beside their label."""
        return len(self.table.columns) > BESIDE or self.typed or self.in_words

    @property
    def single(self) -> bool:
        """Whether it has one column, so that a phone need not name it."""
        return len(self.table.columns) == 1

    @property
    def typed(self) -> bool:
        return any(one.bound is not None for _, row in self.rows for one in row)


@dataclass(frozen=True)
class Look:
    """What a page adds to the cells of a sheet."""

    url: Callable[[Cell], str] = field(default=lambda cell: "")
    bound: Callable[[Cell], Any] = field(default=lambda cell: None)
    comments: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, Difference] = field(default_factory=dict)


def said(measure: Measure, value: Decimal | None, *, plus: bool = False) -> str:
    """A value as a table writes it: the unit stands once, above the table."""
    if value is None:
        return NONE
    if measure is Measure.MONEY:
        return format_money(value, unit=False, plus=plus)
    text = format_number(value)
    return f"+{text}" if plus and value > 0 else text


def grids(sheet: Sheet, part: Part, look: Look | None = None) -> list[Grid]:
    """The tables of a part; a list of the register's entries has no cells and is no part of a report."""
    given = look or Look()
    return [_grid(sheet, table, given) for table in part.tables if not table.listed]


def _grid(sheet: Sheet, table: Table, look: Look) -> Grid:
    return Grid(
        table,
        tuple((row, tuple(_crossings(sheet, table, row, look))) for row in table.rows),
    )


def _crossings(sheet: Sheet, table: Table, row: Line, look: Look) -> Iterator[Crossing]:
    for column in table.columns:
        cell = sheet.layout.cell(table.key, row.key, column.key)
        if cell is None:
            yield Crossing(column.label, None)
            continue
        yield Crossing(
            column.label,
            cell,
            text_of(sheet, cell),
            look.url(cell),
            look.bound(cell),
            sheet.notes.get(cell.key, ""),
            look.comments.get(cell.key, ""),
            before_of(cell, look.changed.get(cell.key)),
        )


def text_of(sheet: Sheet, cell: Cell) -> str:
    if cell.measure is Measure.TEXT:
        return sheet.texts.get(cell.key) or NONE
    return said(cell.measure, sheet.values.get(cell.key))


def before_of(cell: Cell, found: Difference | None) -> str | None:
    """What a cell said before; nothing where only the remark is another."""
    if found is None or (found.before == found.after and found.text_before == found.text_after):
        return None
    if cell.measure is Measure.TEXT:
        return found.text_before or NONE
    return said(cell.measure, found.before)


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of the list of differences between two versions."""

    label: str
    place: str
    before: str
    after: str
    by: str
    key: str


def changes(layout: Layout, found: Mapping[str, Difference]) -> list[Changed]:
    """What differs, cell by cell, in the words of the later layout; a cell that it lost goes by its key."""
    lines = []
    # The database keeps the cells of a content in an order of its own.
    for key in [
        *(one for one in layout.cells if one in found),
        *(one for one in found if one not in layout.cells),
    ]:
        one = found[key]
        cell = layout.cells.get(key)
        if cell is None:
            lines.append(Changed(key, "", number(one.before), number(one.after), "", key))
        elif cell.measure is Measure.TEXT:
            lines.append(
                Changed(
                    cell.label,
                    place_of(layout, cell),
                    one.text_before or NONE,
                    one.text_after or NONE,
                    "",
                    key,
                )
            )
        else:
            by = said(cell.measure, one.by, plus=True) if one.by else "uwaga" if one.note_changed else ""
            lines.append(
                Changed(
                    cell.label, place_of(layout, cell), said(cell.measure, one.before),
                    said(cell.measure, one.after), by, key,
                )
            )  # fmt: skip
    return lines


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check that fails, as it is read: what to look at, what both sides make, what the unit says of it."""

    finding: Finding
    # What its cells are called, and where each leads.
    cells: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return self.finding.broken.key

    @property
    def sentence(self) -> str:
        return self.finding.broken.sentence

    @property
    def sides(self) -> str:
        one = self.finding.broken
        return f"Jest {number(one.left)}, ma być {_SIDES[one.check.relation]}{number(one.right)}."

    @property
    def by(self) -> str:
        return str(self.finding.broken.by)

    @property
    def words(self) -> str:
        return self.finding.words

    @property
    def stale(self) -> bool:
        return self.finding.stale

    @property
    def answered(self) -> bool:
        return self.finding.answered


def checks(sheet: Sheet, url: Callable[[Cell], str] = lambda cell: "") -> list[CheckLine]:
    """The checks of a sheet that fail, each with its cells by name."""
    return [CheckLine(one, tuple(_named(sheet.layout, one, url))) for one in sheet.findings]


def _named(layout: Layout, finding: Finding, url: Callable[[Cell], str]) -> Iterator[tuple[str, str]]:
    keys = finding.broken.cells
    few = keys if len(keys) <= _NAMED else (*keys[: _NAMED - 1], keys[-1])
    for cell in (layout.cells[key] for key in few):
        yield f"{place_of(layout, cell)}: {cell.label}", url(cell)


def number(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value)


def short(part: Part) -> str:
    """The title of a part as a chip: without the word and the article, which its page says."""
    return part.title.removeprefix("Część ").split(" (art.")[0]


def place_of(layout: Layout, cell: Cell) -> str:
    return layout.tables[cell.table].title


def part_of(layout: Layout, cell: Cell) -> Part:
    """The part in which a cell stands."""
    return next(part for part in layout.parts if any(table.key == cell.table for table in part.tables))


# To take away


def rows(sheet: Sheet) -> Iterator[list[Any]]:
    """Every cell as a row: numbers as numbers, words as words."""
    for part in sheet.layout.parts:
        for grid in grids(sheet, part):
            for row, crossings in grid.rows:
                for one in crossings:
                    if one.cell is not None:
                        yield _row(sheet, part, grid, row, one)


def _row(sheet: Sheet, part: Part, grid: Grid, row: Line, one: Crossing) -> list[Any]:
    assert one.cell is not None
    value = None if one.words else _plain(sheet.values.get(one.cell.key), one.cell.measure)
    return [
        part.title, grid.table.title, row.label, one.column, value,
        sheet.texts.get(one.cell.key, "") if one.words else "", one.cell.measure.value, one.note,
        one.cell.key,
    ]  # fmt: skip


def _plain(value: Decimal | None, measure: Measure) -> Decimal | int | None:
    """A number of people as a whole number, money as money."""
    if value is None:
        return None
    if measure is Measure.MONEY:
        return value.quantize(_GROSZ)
    return int(value) if value == value.to_integral_value() else value
