"""Yearly totals as a unit reads its own, and as the operator reads those of everybody.

Both read through both walls: a row has two sides, the unit and the operator.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db.models import Count, Max, Min, Q, Sum

from ipzs.models import Service, Workshop
from participants.rules.codes import UnitType
from reintegration.tenancy.models import Unit
from reporting.models import StaleYear, UnitYear, YearCell
from reporting.queries import statistics
from reporting.rules.definitions import FIGURES, Figure
from reporting.rules.rollups import TOTAL

# So many years stand beside each other.
MOST_YEARS: Final = 10
# A sum of fewer units would tell what one of them counted.
FEWEST_UNITS: Final = 5
# Rows of these have names that a unit gave: they are its own, and cannot be added to those of another.
_OWN_ROWS: Final = frozenset({"services", "places"})
_TALKS: Final = "talks"


@dataclass(frozen=True, slots=True)
class Line:
    """A row over the years."""

    label: str
    values: tuple[Decimal, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    figure: Figure
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Yearly totals side by side, and when they were counted: the oldest of the counts."""

    years: tuple[int, ...]
    blocks: tuple[Block, ...]
    counted_at: datetime | None = None
    checked_at: datetime | None = None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """How the operator's totals stand: units, years that wait, and numbers that the last night mended."""

    units: int
    existing: int
    waiting: int
    mended: int


def of_unit(unit_type: UnitType, unit_id: object) -> Years:
    """The last years of the current unit; five queries, however many there are."""
    rows = YearCell.objects.order_by("year", "pk").values_list("year", "figure", "line", "value")
    names = {str(key): name for key, name in Service.objects.order_by("pk").values_list("pk", "name")}
    names |= {str(key): name for key, name in Workshop.objects.order_by("pk").values_list("pk", "name")}
    names[_TALKS] = "doradztwo z karty usług"
    waiting = StaleYear.objects.filter(unit_id=unit_id).exists()

    def label(figure: str, line: str) -> str:
        return names.get(line, line) if figure in _OWN_ROWS else statistics.label_of(unit_type, figure, line)

    return _side_by_side(rows, label, waiting=waiting)


def of_everybody() -> Years:
    """The sums of all units, of years in which enough of them were counted."""
    rows = (
        YearCell.objects.exclude(Q(figure__in=_OWN_ROWS) & ~Q(line=TOTAL))
        .order_by("year", "figure", "line")
        .values_list("year", "figure", "line")
        .annotate(total=Sum("value"))
    )
    many = UnitYear.objects.order_by("year").values("year").annotate(units=Count("unit_id", distinct=True))
    enough = set(many.filter(units__gte=FEWEST_UNITS).values_list("year", flat=True))
    return _side_by_side(
        rows, lambda figure, line: statistics.label_of(UnitType.CIS, figure, line), told=enough
    )


def platform() -> Platform:
    found = UnitYear.objects.aggregate(units=Count("unit_id", distinct=True), mended=Sum("mended"))
    waiting = StaleYear.objects.order_by("unit_id").values("unit_id").distinct().count()
    return Platform(found["units"], Unit.objects.count(), waiting, found["mended"] or 0)


def _side_by_side(
    rows: Iterable[tuple[int, str, str, Decimal]],
    label: Callable[[str, str], str],
    *,
    waiting: bool = False,
    told: Collection[int] | None = None,
) -> Years:
    """Cells as tables of years; a row that is nought in a counted year is said to be nought."""
    counted = UnitYear.objects.aggregate(
        first=Min("year"), last=Max("year"), counted=Min("counted_at"), checked=Min("checked_at")
    )
    if counted["first"] is None:
        return Years((), (), waiting=waiting)
    years = tuple(range(max(counted["first"], counted["last"] - MOST_YEARS + 1), counted["last"] + 1))
    if told is not None:
        years = tuple(year for year in years if year in told)
    found: dict[str, dict[str, dict[int, Decimal]]] = {}
    for year, figure, line, value in rows:
        if year in years:
            found.setdefault(figure, {}).setdefault(line, {})[year] = value
    blocks = tuple(
        Block(figure, _lines(key, found[key], years, label))
        for key, figure in FIGURES.items()
        if key in found
    )
    return Years(years, blocks, counted["counted"], counted["checked"], waiting)


def _lines(
    figure: str,
    found: Mapping[str, Mapping[int, Decimal]],
    years: Sequence[int],
    label: Callable[[str, str], str],
) -> tuple[Line, ...]:
    def line(key: str, said: str, *, whole: bool = False) -> Line:
        return Line(said, tuple(found[key].get(year, Decimal(0)) for year in years), whole)

    keys = statistics.in_order(UnitType.CIS, figure, (key for key in found if key != TOTAL))
    rows = [line(key, label(figure, key)) for key in keys]
    return (*rows, *([line(TOTAL, "Razem", whole=True)] if TOTAL in found else []))
