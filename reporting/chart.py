"""Bars beside the numbers of a table: the span solid, the one it is compared with outlined below it.

The table is the source, so that the drawing is hidden from a screen reader.
"""

from collections.abc import Sequence
from decimal import Decimal

from participants.diagnosis.chart import Drawing
from reporting.enums import Turn
from reporting.queries.statistics import Row

WIDTH, THICK, GAP = 160, 10, 4


# On a page the look gives the colours; a paper is black on white.
ON_PAGE = ('class="ch-a"', 'class="ch-b"')
ON_PAPER = ('fill="#333"', 'fill="#fff" stroke="#000" stroke-width="1"')


def bars(rows: Sequence[Row], *, paper: bool = False) -> list[Drawing]:
    """One drawing for each row, all to one scale that begins at zero."""
    marks = ON_PAPER if paper else ON_PAGE
    values = [abs(Decimal(one)) for row in rows for one in (row.value, row.before) if one is not None]
    most = max(values, default=Decimal(0))
    return [_row(row, most, marks) for row in rows]


def _row(row: Row, most: Decimal, marks: tuple[str, str]) -> Drawing:
    height = THICK if row.before is None else 2 * THICK + GAP
    drawn = _bar(row.value, most, 0, marks[0], Decimal(0))
    if row.before is not None:
        # An outline is drawn half outside its rectangle.
        drawn += _bar(row.before, most, THICK + GAP, marks[1], Decimal("0.5"))
    if not drawn:
        return Drawing("")
    return Drawing(
        f'<svg class="span" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def _bar(value: Decimal | int, most: Decimal, top: int, mark: str, inset: Decimal) -> str:
    if not value or not most:
        return ""
    long = max(Decimal(WIDTH) * abs(value) / most, Decimal(2))
    return (
        f'<rect x="{inset:.1f}" y="{top + inset:.1f}" width="{max(long - 2 * inset, Decimal(1)):.1f}"'
        f' height="{THICK - 2 * inset:.1f}" rx="2" {mark}/>'
    )


# What many units make together

LONG = 920
HIGH = 22
# A share that is there is seen, however small.
LEAST = 6


# How reports of a season are drawn, the best first.
TURNS: Sequence[tuple[Turn, str]] = (
    (Turn.ACCEPTED, "ch-a"),
    (Turn.SUBMITTED, "ch-b"),
    (Turn.RETURNED, "ch-bad"),
    (Turn.MISSING, "ch-n"),
)


def shares(parts: Sequence[tuple[int, str]]) -> Drawing:
    """One bar in parts, each as long as its number; `parts`: number and mark."""
    total = sum(number for number, _ in parts)
    shown = [(number, mark) for number, mark in parts if number]
    if not total:
        return Drawing("")
    room = LONG - 2 * (len(shown) - 1) - LEAST * len(shown)
    drawn, left = "", 0.0
    for number, mark in shown:
        long = LEAST + room * number / total
        drawn += (
            f'<rect x="{left + 0.5:.1f}" y="0.5" width="{long - 1:.1f}" height="{HIGH - 1}" rx="3"'
            f' class="{mark}"/>'
        )
        left += long + 2
    return Drawing(
        f'<svg class="span" viewBox="0 0 {LONG} {HIGH}" aria-hidden="true" focusable="false">{drawn}</svg>'
    )
