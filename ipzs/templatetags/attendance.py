"""The cells of a month: a thousand on a page, which the engine would need a second for."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ipzs.enums import MarkKind
from ipzs.queries.attendance import Cell, GridRow
from reintegration.core import formats

register = template.Library()
_SAID = {
    "present": '<span aria-hidden="true">•</span><span class="visually-hidden">O</span>',
    "missing": '<span aria-hidden="true">?</span><span class="visually-hidden">brak wpisu</span>',
    "journal": '<span aria-hidden="true">·</span><span class="visually-hidden">w dzienniku zajęć</span>',
}


@register.simple_tag
def month_cells(row: GridRow, first: bool = False) -> SafeString:
    """The days of one person; the first cell of the first row is where Tab comes in."""
    who = escape(str(row.file.person))
    return mark_safe("".join(_drawn(row.cells, who, first=first)))  # noqa: S308 - every text of people is escaped


def _drawn(cells: Iterable[Cell], who: str, *, first: bool) -> Iterator[str]:
    for at, cell in enumerate(cells):
        iso, short = _names(cell.day)
        told = ""
        if cell.missing:
            told = ": brak wpisu"
        elif cell.journal:
            told = ": w dzienniku zajęć"
        more = " data-open" if cell.open else ""
        if cell.employer:
            more += " data-e"
            told += f", praktyka: {escape(cell.employer)}"
        if cell.open and cell.hours:
            more += f' data-h="{formats.format_number(cell.hours)}"'
        yield (
            f'<td role="gridcell" tabindex="{0 if first and not at else -1}" data-d="{iso}"'
            f' data-r="{cell.revision}"{more} title="{who}, {short}{told}" {_kind(cell)}>{_letter(cell)}</td>'
        )


@cache
def _names(day: date) -> tuple[str, str]:
    return day.isoformat(), f"{day.day}.{day.month:02}"


def _kind(cell: Cell) -> str:
    if cell.kind:
        return f'data-k="{cell.kind}"'
    if not cell.open:
        return 'class="m-out"'
    return 'class="m-missing"' if cell.missing else ""


def _letter(cell: Cell) -> str:
    if cell.kind == MarkKind.PRESENT:
        return _SAID["present"]
    if cell.missing:
        return _SAID["missing"]
    return _SAID["journal"] if cell.journal else escape(cell.letter)
