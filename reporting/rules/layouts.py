"""A report as data: parts, tables, rows, columns, where each cell comes from, and what must agree.

A layout is data, so that a new regulation needs no release: `layout_parsing` reads the document. Cells are
named `table.row.column`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from participants.rules.codes import UnitType
from reporting.rules.definitions import Measure
from reporting.rules.sources import About, Source


class LayoutKind(StrEnum):
    """Which paper: the reports of art. 5 ust. 4 and 18a ust. 6, and what goes to public statistics."""

    CIS = "cis"
    KIS = "kis"
    CAS01 = "cas01"
    CAS02 = "cas02"
    UW_CIS01 = "uw_cis01"

    @property
    def unit_type(self) -> UnitType:
        return UnitType.KIS if self in {LayoutKind.KIS, LayoutKind.CAS01} else UnitType.CIS


class CellKind(StrEnum):
    COUNTED = "counted"
    SUMMED = "summed"
    TYPED = "typed"


class Relation(StrEnum):
    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """What an expression adds or takes away: a cell, or a number when it names none."""

    sign: int
    cell: str = ""
    number: Decimal = Decimal(0)


Expression = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: what it is called, what it says, and how it narrows the source of its table."""

    key: str
    label: str
    definition: str = ""
    where: Where = field(default_factory=dict)
    source: Source | None = None
    # As it was written; the cells carry what it means.
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    definition: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    source: Source | None = None
    where: Where = field(default_factory=dict)
    # A row for each entry of the register: such a table has columns and no cells of its own.
    listed: bool = False
    # Crossings that mean nothing, as "row.column".
    without: frozenset[str] = frozenset()
    # Crossings that follow from other cells, with their formula: nobody types what stands elsewhere.
    follows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    title: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a row and a column cross: what it says, its measure, and where its value comes from."""

    key: str
    table: str
    row: str
    column: str
    label: str
    kind: CellKind
    measure: Measure
    definition: str
    source: Source | None = None
    where: Where = field(default_factory=dict)
    formula: Expression = ()

    @property
    def about(self) -> About:
        return self.source.about if self.source is not None else About.NOBODY

    @property
    def adds(self) -> bool:
        """Whether totals of many units may add it up: words have no total."""
        return self.measure is not Measure.TEXT

    @property
    def meaning(self) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]] | None:
        """What the cell says, whatever layout it stands in; nothing when only its own layout knows."""
        if self.source is None or self.source.loose:
            return None
        return self.source.key, tuple(
            sorted((key, tuple(sorted(codes))) for key, codes in self.where.items())
        )


@dataclass(frozen=True, slots=True)
class Check:
    """Two expressions that must agree, and what to say when they do not."""

    left: Expression
    relation: Relation
    right: Expression
    sentence: str

    @property
    def key(self) -> str:
        """What is held against what, in twelve signs: the same in every layout that asks the same."""
        written = f"{_written(self.left)}{self.relation}{_written(self.right)}"
        return hashlib.sha256(written.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Layout:
    kind: LayoutKind
    version: str
    title: str
    basis: str
    since_year: int
    parts: tuple[Part, ...]
    checks: tuple[Check, ...]
    cells: Mapping[str, Cell]
    # Cells that are added up, each after those that it adds.
    sums: tuple[str, ...]
    note: str = ""

    @property
    def unit_type(self) -> UnitType:
        return self.kind.unit_type

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        return {table.key: table for part in self.parts for table in part.tables}

    def cell(self, table: str, row: str, column: str) -> Cell | None:
        """The cell of a crossing, or nothing where the crossing means nothing."""
        return self.cells.get(f"{table}.{row}.{column}")

    def of_kind(self, kind: CellKind) -> Iterator[Cell]:
        return (cell for cell in self.cells.values() if cell.kind is kind)


def add_up(layout: Layout, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The values with every sum beside them; what nobody typed is zero, and of nothing there is no sum."""
    found = {key: value for key, value in values.items() if layout.cells[key].kind is not CellKind.SUMMED}
    for key in layout.sums:
        total = reckon(layout.cells[key].formula, found)
        if total is not None:
            found[key] = total
    return found


def reckon(expression: Expression, values: Mapping[str, Decimal]) -> Decimal | None:
    """What an expression makes; nothing when none of its cells has a value."""
    cells = [term for term in expression if term.cell]
    if cells and not any(term.cell in values for term in cells):
        return None
    return sum(
        (
            term.sign * (values.get(term.cell, Decimal(0)) if term.cell else term.number)
            for term in expression
        ),
        Decimal(0),
    )


def _written(expression: Expression) -> str:
    return "".join(f"{'+' if term.sign > 0 else '-'}{term.cell or term.number}" for term in expression)


def counterparts(wanted: Layout, given: Layout) -> dict[str, str]:
    """Which cells of another layout say the same: so one paper is filled from another."""
    known = {cell.meaning: key for key, cell in given.cells.items() if cell.meaning is not None}
    return {
        key: known[cell.meaning]
        for key, cell in wanted.cells.items()
        if cell.meaning is not None and cell.meaning in known
    }


KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
CELL: Final = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){2}")
