"""Sums of a season as people read them: each beside the year before, with the difference and a bar."""

from collections.abc import Callable, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class OfPlace:
    """One sum in one place."""

    place: str
    value: str
    before: str
    change: str
    units: int | None
    bar: Drawing


def by_place(cell: Cell, found: Iterable[tuple[str, Mapping[str, rules.Line]]]) -> list[OfPlace]:
    """One sum, place by place, drawn to one scale."""
    told = [(place, lines[cell.key]) for place, lines in found if cell.key in lines]
    bars = chart.bars(
        [Row(place, place, line.value or Decimal(0), line.before or Decimal(0)) for place, line in told]
    )
    return [
        OfPlace(
            place or "całe województwo", said(cell.measure, line.value), said(cell.measure, line.before),
            said(cell.measure, line.change, plus=True), line.told_by, bar,
        )
        for (place, line), bar in zip(told, bars, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class InShort:
    """A place of the paper's annex: how many units, and a figure of each column beside the year before."""

    place: str
    units: int | None
    figures: tuple[tuple[str, str, str], ...]


def in_short(layout: Layout, found: Iterable[tuple[str, Mapping[str, rules.Line]]]) -> list[InShort]:
    """Places by the few cells that tell a season; every other one stands in the files."""
    cells = list(rules.figures(layout).values())
    nothing = rules.Line(None, None)
    return [
        InShort(
            place, max((line.units for line in lines.values()), default=0) or None,
            tuple(
                (
                    said(cell.measure, line.value), said(cell.measure, line.before),
                    said(cell.measure, line.change, plus=True),
                )
                for cell in cells
                for line in (lines.get(cell.key, nothing),)
            ),
        )
        for place, lines in found
    ]  # fmt: skip


def term_said(year: int, today: date) -> str:
    """How far the term is: the 31 March after the year."""
    left = (due_on(year) - today).days
    if left >= 0:
        return (
            f"Termin mija {format_long_date(due_on(year))}: zostało {counted(left, 'dzień', 'dni', 'dni')}."
        )
    return f"Termin minął {format_long_date(due_on(year))}."
