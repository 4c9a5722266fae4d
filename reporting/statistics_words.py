"""Statistics as people read them: on the page, in a spreadsheet, and on paper for the council."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from participants.diagnosis.chart import Drawing
from reintegration.core.dates import DateSpan
from reintegration.core.formats import format_money, format_number, format_percent, format_table_span
from reintegration.core.sheets import WRITERS
from reporting.chart import bars
from reporting.queries.statistics import Report, Row, Table
from reporting.rules.definitions import Figure, Measure
from reporting.rules.statistics import FEWEST, covered

# What is not a whole made of its rows: there a row that is left out says nothing of the others.
_APART: Final = frozenset({"flow", "cohort", "effects", "group_any"})
FEW: Final = f"mniej niż {FEWEST}"
LEFT_OUT: Final = "nie podano"
LABELS: Final = (
    "Zestawienie", "Wiersz", "Kobiety", "Mężczyźni", "Razem", "Porównanie", "Różnica", "Procent",
    "Co liczymy", "Definicja",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a page or a paper, with everything said."""

    label: str
    value: str
    before: str
    change: str
    women: str
    men: str
    share: str
    bar: Drawing
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    table: Table
    lines: tuple[Line, ...]
    total: Line | None

    @property
    def by_sex(self) -> bool:
        return self.table.listed

    @property
    def with_share(self) -> bool:
        return any(one.share for one in self.lines)


def said(measure: Measure, value: Decimal | int | None, *, plus: bool = False) -> str:
    """A value of a figure; `plus` is for a difference."""
    if value is None:
        return ""
    text = format_money(Decimal(value)) if measure is Measure.MONEY else format_number(value)
    return f"+{text}" if plus and value > 0 else text


def span_said(span: DateSpan) -> str:
    return format_table_span(span.first, span.last)


def on_page(found: Report, url: Callable[[str, Row], str]) -> list[Block]:
    """The blocks of the page; `url` leads to those whom a cell counts, where somebody may see them."""
    blocks = []
    for table in found.tables:
        drawn = bars(table.rows)
        lines = tuple(
            _line(table, row, bar, url(table.figure.key, row) if table.listed and row.value else "")
            for row, bar in zip(table.rows, drawn, strict=True)
        )
        total = _line(table, table.total, Drawing(""), "") if table.total is not None else None
        blocks.append(Block(table, lines, total))
    return blocks


def _line(table: Table, row: Row, bar: Drawing, url: str) -> Line:
    measure = table.figure.measure
    return Line(
        label=row.label,
        value=said(measure, row.value),
        before=said(measure, row.before),
        change=said(measure, row.change, plus=True),
        women="" if row.women is None else format_number(row.women),
        men="" if row.men is None else format_number(row.men),
        share="" if row.share is None else format_percent(row.share),
        bar=bar,
        url=url,
    )


# On paper, for whoever reads it


def on_paper(found: Report) -> list[Block]:
    """The same blocks without few people and without women and men, who would be few even sooner."""
    return [_block(table) for table in found.tables if not table.empty]


def _block(table: Table) -> Block:
    if not table.listed:
        drawn = bars(table.rows, paper=True)
        lines = [_line(table, row, bar, "") for row, bar in zip(table.rows, drawn, strict=True)]
        return Block(table, tuple(lines), _line(table, table.total, Drawing(""), "") if table.total else None)
    now = _shown(table, [int(row.value) for row in table.rows])
    before = _shown(table, [int(row.before or 0) for row in table.rows])
    safe = [
        Row(row.key, row.label, value or 0, None if row.before is None else earlier or 0)
        for row, value, earlier in zip(table.rows, now, before, strict=True)
    ]
    lines = [
        _covered_line(row, value, earlier, bar)
        for row, value, earlier, bar in zip(table.rows, now, before, bars(safe, paper=True), strict=True)
    ]
    total = table.total
    return Block(
        table,
        tuple(lines),
        None
        if total is None
        else _covered_line(total, _few(int(total.value)), _few(int(total.before or 0)), Drawing("")),
    )


def _shown(table: Table, values: Sequence[int]) -> list[int | None]:
    return [_few(one) for one in values] if table.figure.key in _APART else covered(values)


def _few(value: int) -> int | None:
    return None if 0 < value < FEWEST else value


def _covered_line(row: Row, value: int | None, earlier: int | None, bar: Drawing) -> Line:
    compared = row.before is not None
    change = value - earlier if compared and value is not None and earlier is not None else None
    return Line(
        label=row.label,
        value=_instead(int(row.value), value),
        before=_instead(int(row.before or 0), earlier) if compared else "",
        change=said(Measure.PERSONS, change, plus=True),
        women="",
        men="",
        share="",
        bar=bar,
    )


def _instead(real: int, shown: int | None) -> str:
    if shown is not None:
        return format_number(shown)
    return FEW if real < FEWEST else LEFT_OUT


def few(figure: Figure, values: Sequence[Decimal]) -> list[str]:
    """Numbers of the rows of one table, without those that may tell who somebody is."""
    numbers = [int(one) for one in values]
    shown = [_few(one) for one in numbers] if figure.key in _APART else covered(numbers)
    return [_instead(real, told) for real, told in zip(numbers, shown, strict=True)]


# For a spreadsheet


def sheet(found: Report) -> bytes:
    """Every row of every table on one sheet, so that it can be sorted and added up."""
    write, _ = WRITERS["xlsx"]
    return write(LABELS, (_cells(table, row) for table in found.tables for row in _all(table)))


def _all(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total is not None else [])]


def _cells(table: Table, row: Row) -> list[Any]:
    figure = table.figure
    return [
        figure.title, row.label, row.women, row.men, row.value, row.before, row.change, row.share,
        figure.measure.value, figure.definition,
    ]  # fmt: skip
