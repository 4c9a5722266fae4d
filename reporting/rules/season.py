"""A season of reports as the voivode's office sees it: who has sent, and what everything comes to.

Totals are sums of what units say; a cell of words has none. A place is a powiat or a gmina of the register.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from reporting.rules.layouts import Cell, Layout, add_up, counterparts
from reporting.rules.reports import value_of

NO_PLACE: Final = ""
# What a season is told by where not all of it fits: a source and how it is narrowed, as `Cell.meaning`.
FIGURES: Final[Mapping[str, tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]] = {
    "Uczestnicy": ("participants", ()),
    "Zakończyli udział": ("ended", ()),
    "Absolwenci": ("graduates", ()),
    "Efekt zatrudnieniowy": ("effects", (("effect", ("employment",)),)),
}


class Turn(StrEnum):
    """How a report of the season stands; what the unit only prepares the office does not see."""

    MISSING = "missing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


def collective_due_on(year: int) -> date:
    """By 30 April the voivode tells the minister (art. 5 ust. 7)."""
    return date(year + 1, 4, 30)


def collective_from(year: int) -> date:
    """From when the office is asked for it: units have had their term."""
    return date(year + 1, 4, 1)


@dataclass(frozen=True, slots=True)
class Told:
    """What one unit says of a year, in the cells of one layout."""

    entry: UUID
    name: str
    powiat: str
    gmina: str
    state: str
    cells: Mapping[str, Decimal]
    # Whether it came into the program as a report, or the office brought it.
    outside: bool = False
    number: str = ""
    # The unit that sent it in the program.
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell over many units; `units` says how many told it."""

    value: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Line:
    """A sum beside that of the year before."""

    value: Decimal | None
    before: Decimal | None
    units: int = 0

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def told_by(self) -> int | None:
        """How many units told it; a collective report that was frozen without it does not say."""
        return self.units if self.units or self.value is None else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Every cell that can be added, for the whole and for each place."""

    whole: Mapping[str, Sum]
    units: int
    by_place: Mapping[str, Mapping[str, Sum]] = field(default_factory=dict)


def numbers(layout: Layout, given: Layout, content: Mapping[str, Any]) -> dict[str, Decimal]:
    """What a frozen report says in the cells of a layout, which may be another than its own.

    Of another layout come the cells that say the same; sums are added up anew.
    """
    if (layout.kind, layout.version) == (given.kind, given.version):
        same = {key: key for key in layout.cells}
    else:
        same = {
            key: key
            for key, cell in layout.cells.items()
            if layout.kind == given.kind and key in given.cells and given.cells[key].measure is cell.measure
        }
        same |= counterparts(layout, given)
    found = {}
    for key, theirs in same.items():
        if not layout.cells[key].adds:
            continue
        value = value_of(content, theirs)
        if value is not None:
            found[key] = value
    return found if layout.version == given.version else add_up(layout, found)


def add(told: Iterable[Told]) -> dict[str, Sum]:
    """The sum of every cell; what a unit does not say is no nought."""
    values: dict[str, Decimal] = {}
    units: dict[str, int] = {}
    for one in told:
        for cell, value in one.cells.items():
            values[cell] = values.get(cell, Decimal(0)) + value
            units[cell] = units.get(cell, 0) + 1
    return {cell: Sum(value, units[cell]) for cell, value in values.items()}


def place_of(one: Told, level: str) -> str:
    """The powiat of a unit, or its gmina with the powiat, since gminas share their names."""
    if level == "powiat":
        return one.powiat or NO_PLACE
    return f"{one.gmina}, {one.powiat}" if one.gmina and one.powiat else one.gmina or NO_PLACE


def totals(told: Sequence[Told], level: str = "") -> Totals:
    """All of a year added up; with a level for each of its places besides."""
    places: dict[str, list[Told]] = {}
    for one in told if level else ():
        places.setdefault(place_of(one, level), []).append(one)
    return Totals(add(told), len(told), {place: add(places[place]) for place in in_order(places)})


def beside(now: Mapping[str, Sum], before: Mapping[str, Sum]) -> dict[str, Line]:
    """Each cell of two years; a year that says nothing of it has none."""
    return {
        cell: Line(
            now[cell].value if cell in now else None,
            before[cell].value if cell in before else None,
            now[cell].units if cell in now else 0,
        )
        for cell in {**now, **before}
    }


def by_place(now: Sequence[Told], before: Sequence[Told], level: str) -> dict[str, dict[str, Line]]:
    """The sums of each place of either year, beside each other; whoever has no place stands last."""
    this, that = totals(now, level).by_place, totals(before, level).by_place
    return {place: beside(this.get(place, {}), that.get(place, {})) for place in in_order({*this, *that})}


def in_order(places: Iterable[str]) -> list[str]:
    """Places as a person looks for them: the database keeps them in an order of its own."""
    return sorted(places, key=lambda place: (place == NO_PLACE, place))


def figures(layout: Layout) -> dict[str, Cell]:
    """The cells by which a season is told in short, found by what they say and not by where they stand."""
    known = {cell.meaning: cell for cell in reversed([*layout.cells.values()]) if cell.meaning is not None}
    return {label: known[meaning] for label, meaning in FIGURES.items() if meaning in known}


def same_units(now: Sequence[Told], before: Sequence[Told]) -> list[Told]:
    """Of the year before only those who told this year too, so that a unit more is no growth.

    A unit whose status was granted anew stands in another entry than before, and is known by what it sent.
    """
    here = {key for one in now for key in (one.entry, one.unit) if key is not None}
    return [one for one in before if one.entry in here or one.unit in here]
