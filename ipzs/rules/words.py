"""How the rules of days write days and hours in their sentences."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import groupby

from reintegration.core.dates import DateSpan, Month, union
from reintegration.core.formats import (
    MONTHS_GENITIVE,
    format_month_locative,
    format_number,
    format_table_date,
    join_words,
    plural,
)

_MINUTES = 60
_SEPTEMBER = 9


def days_text(days: Iterable[date]) -> str:
    """Write days as one reads them: `3–5 i 9 listopada`, `31 grudnia 2026 i 2 stycznia 2027`.

    The year is written where it changes and nowhere else.
    """
    spans = union(DateSpan.single(day) for day in days)
    parts = [part for span in spans for part in _by_month(span)]
    years = {Month.of(first).year for first, _ in parts}
    said = []
    for month, found in groupby(parts, key=lambda part: Month.of(part[0])):
        numbers = [str(first.day) if first == last else f"{first.day}–{last.day}" for first, last in found]
        year = f" {month.year}" if len(years) > 1 else ""
        said.append(f"{join_words(numbers)} {MONTHS_GENITIVE[month.month - 1]}{year}")
    return join_words(said, conjunction="oraz")


def _by_month(span: DateSpan) -> list[tuple[date, date]]:
    parts = (span.clip(month) for month in span.months())
    return [(part.first, part.last) for part in parts if part is not None and part.last is not None]


def span_text(span: DateSpan) -> str:
    """Write a week or a month in a sentence: `16–22.11.2026`, `30.11–6.12.2026`."""
    if span.last is None:
        return f"od {format_table_date(span.first)}"
    if Month.of(span.first) == Month.of(span.last):
        return f"{span.first.day}–{format_table_date(span.last)}"
    if span.first.year == span.last.year:
        return f"{span.first.day:02}.{span.first.month:02}–{format_table_date(span.last)}"
    return f"{format_table_date(span.first)}–{format_table_date(span.last)}"


def in_month(month: Month) -> str:
    """Say when: `w marcu 2026`, `we wrześniu 2026`."""
    return f"{'we' if month.month == _SEPTEMBER else 'w'} {format_month_locative(month)}"


def hours_text(minutes: int | Fraction) -> str:
    """Write a length of time: `26 godzin`, `7 godzin 30 minut`; parts of a minute are dropped."""
    hours, rest = divmod(int(minutes), _MINUTES)
    said = [f"{format_number(hours)} {plural(hours, 'godzina', 'godziny', 'godzin')}"] if hours else []
    if rest or not hours:
        said.append(f"{rest} {plural(rest, 'minuta', 'minuty', 'minut')}")
    return " ".join(said)
