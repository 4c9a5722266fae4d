"""Two to four diagnoses of one person side by side: bars drawn on the server, and the same numbers.

The newest is solid, the earlier ones are outlined. Each bar carries its day and its number, so that
nobody needs the colours; the table beside it says the same to a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from participants.diagnosis.content import Dimension
from participants.diagnosis.scores import Score
from reintegration.core.formats import DASH, format_number

FEWEST, MOST = 2, 4
# Geometry in units of the drawing: a column of labels, a bar of 0 to 100 as wide as 200, its number.
LABEL, BAR, NUMBER = 80, 200, 36
PITCH, THICK = 18, 12
WIDTH = LABEL + BAR + NUMBER


class Drawing(str):
    """Markup that is drawn here, its words escaped: a template shows it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Series:
    """One diagnosis: how it is called (its day) and its scores."""

    label: str
    scores: Sequence[Score]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One dimension: its bars, the numbers of its cells, and the change from the first to the last."""

    title: str
    group: str
    bars: Drawing
    numbers: tuple[str, ...]
    change: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A comparison: `labels` head the columns of numbers, oldest first."""

    labels: tuple[str, ...]
    legend: tuple[tuple[Drawing, str], ...]
    rows: tuple[ChartRow, ...]


def chart(series: Sequence[Series]) -> Chart:
    """Compare diagnoses, oldest first; dimensions stand in the order of the newest."""
    if not FEWEST <= len(series) <= MOST:
        raise ValueError(f"A chart compares {FEWEST} to {MOST} diagnoses, not {len(series)}.")
    by_key = [{score.dimension.key: score for score in one.scores} for one in series]
    ordered: dict[str, Dimension] = {}
    for found in reversed(by_key):
        for key, score in found.items():
            ordered.setdefault(key, score.dimension)
    labels = tuple(one.label for one in series)
    return Chart(
        labels=labels,
        legend=tuple((_swatch(_mark(place, len(series))), label) for place, label in enumerate(labels)),
        rows=tuple(
            _row(dimension, labels, [found[key].value if key in found else None for found in by_key])
            for key, dimension in ordered.items()
        ),
    )


def signed(change: Decimal | None) -> str:
    """Write a difference with its sign: `+12`, `−5`, `0`, and a dash when there is none."""
    if change is None:
        return DASH
    return f"+{format_number(change)}" if change > 0 else format_number(change)


def _row(dimension: Dimension, labels: Sequence[str], values: Sequence[Decimal | None]) -> ChartRow:
    first, last = values[0], values[-1]
    change = last - first if first is not None and last is not None else None
    numbers = tuple(format_number(value) for value in values)
    told = ", ".join(f"{label}: {_told(value)}" for label, value in zip(labels, values, strict=True))
    return ChartRow(
        title=dimension.title,
        group=dimension.group,
        bars=_bars(labels, values),
        numbers=numbers,
        change=signed(change),
        sentence=f"{dimension.title}. {told}.",
    )


def _told(value: Decimal | None) -> str:
    return "bez odpowiedzi" if value is None else f"{format_number(value)} na 100"


def _bars(labels: Sequence[str], values: Sequence[Decimal | None]) -> Drawing:
    height = PITCH * len(values)
    bars = "".join(
        _bar(place, label, value, _mark(place, len(values)))
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    return Drawing(
        f'<svg class="span" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' aria-hidden="true" focusable="false">{bars}</svg>'
    )


def _bar(place: int, label: str, value: Decimal | None, mark: str) -> str:
    top = place * PITCH
    named = _word(0, top, label, "ch-t2")
    if value is None:
        return named + _word(LABEL, top, DASH, "ch-t2")
    long = BAR * value / 100
    # An outline is drawn half outside its rectangle, so an outlined bar is drawn half a unit smaller.
    inset = Decimal("0.5") if mark == "ch-b" else Decimal(0)
    bar = (
        f'<rect x="{_at(LABEL + inset)}" y="{_at(top + 3 + inset)}"'
        f' width="{_at(max(long - 2 * inset, Decimal(1)))}" height="{_at(THICK - 2 * inset)}"'
        f' rx="2" class="{mark}"/>'
    )
    return named + bar + _word(LABEL + long + 6, top, format_number(value), "ch-t")


def _word(x: Decimal | int, top: int, text: str, mark: str) -> str:
    return f'<text x="{_at(x)}" y="{top + 13}" font-size="12" class="{mark}">{escape(text)}</text>'


def _mark(place: int, count: int) -> str:
    return "ch-a" if place == count - 1 else "ch-b"


def _swatch(mark: str) -> Drawing:
    return Drawing(
        '<svg class="sw" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">'
        f'<rect x="0.5" y="0.5" width="11" height="11" rx="2" class="{mark}"/></svg>'
    )


def _at(value: Decimal | int) -> str:
    """A number of the drawing, with a dot whatever the language of the page."""
    return f"{Decimal(value):.1f}"
