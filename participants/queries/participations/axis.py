"""The time of a file as a line: trial, classes, extension, and what the law would still allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from participants.models import Period
from reintegration.core.dates import ONE_DAY
from reintegration.core.formats import format_date, format_span

# In units of the drawing.
WIDTH, BETWEEN, MARK = 640, 2, 5


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the line and how it looks."""

    x: str
    width: str
    mark: str


@dataclass(frozen=True, slots=True)
class Axis:
    parts: Sequence[Part]
    # Where today stands.
    now: str
    # The same in words.
    text: str


def axis(
    periods: Sequence[Period],
    *,
    names: dict[str, str],
    extensible_until: date | None,
    today: date,
    ends_on: date = date.max,
) -> Axis | None:
    """Draw periods of which one runs today, up to the day on which all of them end."""
    rows = [(row.kind, row.since, min(row.until, ends_on)) for row in periods if row.since <= ends_on]
    if not any(since <= today <= until for _, since, until in rows):
        return None
    first, last = rows[0][1], extensible_until or rows[-1][2]
    days = (last - first).days + 1
    stretches = [stretch for row in rows for stretch in _stretches(*row, today)]
    said = [f"{names[kind]} {format_span(since, until, today=today)}" for kind, since, until in rows]
    said.append(f"dziś {format_date(today, today=today)}")
    if extensible_until is not None:
        stretches.append((periods[-1].until + ONE_DAY, extensible_until, "ch-gap"))
        said.append(f"możliwe przedłużenie do {format_date(extensible_until, today=today)}")
    parts = []
    for since, until, mark in stretches:
        start, end = (WIDTH * (day - first).days / days for day in (since, until + ONE_DAY))
        parts.append(Part(f"{start:.1f}", f"{max(end - start - BETWEEN, (end - start) / 2):.1f}", mark))
    now = WIDTH * ((today - first).days + 1) / days - MARK / 2
    return Axis(parts, f"{min(max(now, 0), WIDTH - MARK):.1f}", f"Oś uczestnictwa: {', '.join(said)}.")


def _stretches(kind: str, since: date, until: date, today: date) -> list[tuple[date, date, str]]:
    """The trial is one stretch; of what follows, what is over stands apart from what is left."""
    if kind == "trial":
        return [(since, until, "ch-b")]
    if until <= today:
        return [(since, until, "ch-a")]
    if since > today:
        return [(since, until, "ch-n")]
    return [(since, today, "ch-a"), (today + ONE_DAY, until, "ch-n")]
