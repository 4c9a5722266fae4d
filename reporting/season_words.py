"""Sums of a season as people read them: each beside the year before, with the difference and a bar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from participants.diagnosis.chart import Drawing
from reintegration.core.formats import counted, format_long_date
from reporting import chart
from reporting.queries.statistics import Row
from reporting.report_words import said
from reporting.rules import season as rules
from reporting.rules.layouts import Cell, Layout, Part, Table
from reporting.rules.reports import due_on


class Summed(Protocol):
    """Sums in the cells of a layout, as a season has them, and as a collective report was sent."""

    @property
    def layout(self) -> Layout: ...

    @property
    def lines(self) -> Mapping[str, rules.Line]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """One sum as a line of a table."""

    label: str
    value: str
    before: str
    change: str
    units: int
    url: str
    bar: Drawing


@dataclass(frozen=True, slots=True)
class Sums:
    """A table of the layout with its sums; of what nobody told there is no line."""

    table: Table
    measures: str
    lines: tuple[Told, ...]


def adding(layout: Layout) -> list[Part]:
    """The parts in which something can be added up."""
    return [part for part in layout.parts if any(_cells(layout, table) for table in part.tables)]


def _cells(layout: Layout, table: Table) -> list[tuple[str, Cell]]:
    """The cells of a table that can be added, each by its row and, where there are several, its column."""
    found = []
    for row in table.rows:
        for column in table.columns:
            cell = layout.cell(table.key, row.key, column.key)
            if cell is not None and cell.adds:
                label = row.label if len(table.columns) == 1 else f"{row.label}: {column.label}"
                found.append((label, cell))
    return found


def tables(season: Summed, part: Part, url: Callable[[Cell], str]) -> list[Sums]:
    found = []
    for table in part.tables:
        told = [
            (label, cell, season.lines[cell.key])
            for label, cell in _cells(season.layout, table)
            if cell.key in season.lines
        ]
        if told:
            measures = ", ".join(dict.fromkeys(cell.measure.value for _, cell, _ in told))
            found.append(Sums(table, measures, tuple(_lines(told, url))))
    return found


def _lines(told: list[tuple[str, Cell, rules.Line]], url: Callable[[Cell], str]) -> list[Told]:
    bars: dict[str, Drawing] = {}
    # People and money are not drawn to one scale.
    for measure in {cell.measure for _, cell, _ in told}:
        same = [(cell, line) for _, cell, line in told if cell.measure is measure]
        drawn = chart.bars(
            [Row(cell.key, "", line.value or Decimal(0), line.before or Decimal(0)) for cell, line in same]
        )
        bars |= {cell.key: bar for (cell, _), bar in zip(same, drawn, strict=True)}
    return [
        Told(
            label, said(cell.measure, line.value), said(cell.measure, line.before),
            said(cell.measure, line.change, plus=True), line.units, url(cell), bars[cell.key],
        )
        for label, cell, line in told
    ]  # fmt: skip


def term_said(year: int, today: date) -> str:
    """How far the term is: the 31 March after the year."""
    left = (due_on(year) - today).days
    if left >= 0:
        return (
            f"Termin mija {format_long_date(due_on(year))}: zostało {counted(left, 'dzień', 'dni', 'dni')}."
        )
    return f"Termin minął {format_long_date(due_on(year))}."
