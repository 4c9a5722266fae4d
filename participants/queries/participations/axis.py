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
    periods: Sequence[Period], *, names: dict[str, str], extensible_until: date | None, today: date
) -> Axis | None:
    """Draw periods of which one runs today."""
    if not any(row.since <= today <= row.until for row in periods):
        return None
    first, last = periods[0].since, extensible_until or periods[-1].until
    days = (last - first).days + 1
    stretches = [stretch for row in periods for stretch in _stretches(row, today)]
    said = [f"{names[row.kind]} {format_span(row.since, row.until, today=today)}" for row in periods]
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


def _stretches(row: Period, today: date) -> list[tuple[date, date, str]]:
    """The trial is one stretch; of what follows, what is over stands apart from what is left."""
    if row.kind == "trial":
        return [(row.since, row.until, "ch-b")]
    if row.until <= today:
        return [(row.since, row.until, "ch-a")]
    if row.since > today:
        return [(row.since, row.until, "ch-n")]
    return [(row.since, today, "ch-a"), (today + ONE_DAY, row.until, "ch-n")]
