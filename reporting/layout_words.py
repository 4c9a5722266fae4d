"""A layout as its preview says it: an empty report, with what stands behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reporting.rules.definitions import Measure
from reporting.rules.layouts import CellKind, Check, Expression, Layout, Line, Relation, Table

NOTHING: Final = "–"
_RELATIONS: Final = {Relation.EQUAL: "=", Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the empty report: its name, and under the name of each column what will stand there."""

    line: Line
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    table: Table
    rows: tuple[Shown, ...]
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartShown:
    key: str
    title: str
    blocks: tuple[Block, ...]


def preview(layout: Layout) -> tuple[PartShown, ...]:
    return tuple(
        PartShown(part.key, part.title, tuple(_block(layout, table) for table in part.tables))
        for part in layout.parts
    )


def _block(layout: Layout, table: Table) -> Block:
    rows = tuple(
        Shown(row, tuple((column.label, _said(layout, table, row, column)) for column in table.columns))
        for row in table.rows
    )
    if table.listed:
        rows = (
            Shown(
                Line("", "wiersz na każdy wpis"), tuple((one.label, "z rejestru") for one in table.columns)
            ),
        )
    return Block(table, rows, tuple(dict.fromkeys(_definitions(layout, table))))


def _said(layout: Layout, table: Table, row: Line, column: Line) -> str:
    cell = layout.cell(table.key, row.key, column.key)
    if cell is None:
        return NOTHING
    if cell.kind is CellKind.SUMMED:
        return f"suma, {cell.measure.value}"
    if cell.kind is CellKind.TYPED:
        return f"wpisać: {cell.measure.value}"
    return "z danych jednostki" if cell.measure is Measure.TEXT else cell.measure.value


def _definitions(layout: Layout, table: Table) -> Iterator[str]:
    """What each source of the table counts, once."""
    if table.definition:
        yield table.definition
    for row in table.rows:
        for column in table.columns:
            cell = layout.cell(table.key, row.key, column.key)
            if cell is not None and cell.source is not None and not cell.source.loose:
                yield f"{cell.source.label}: {cell.source.definition}"


def check_said(check: Check) -> str:
    """`participants.all.women + participants.all.men = participants.all.total`."""
    return f"{_expression(check.left)} {_RELATIONS[check.relation]} {_expression(check.right)}"


def _expression(terms: Expression) -> str:
    said = " ".join(f"{'+' if term.sign > 0 else '−'} {term.cell or term.number}" for term in terms)
    return said.removeprefix("+ ")
