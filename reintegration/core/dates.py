"""Calendar days: spans, months and the arithmetic of terms.

People say "do 31 marca" and mean that day too, so every span in the system is `[first, last]` with both
ends inside. Instants and time zones have no place here.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Self

from reintegration.core.errors import InputError

ONE_DAY = timedelta(days=1)
_BEYOND = date.max.toordinal() + 2


def add_months(day: date, months: int) -> date:
    """Move by whole months; a day the month does not have becomes its last (31.01 + 1 = 28.02)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


@lru_cache(maxsize=1000)
def _last_day(year: int, month: int) -> date:
    """Months are few, and a list of pay asks for the end of each ten thousand times."""
    return date(year, month, calendar.monthrange(year, month)[1])


def full_years(since: date, on: date) -> int:
    """Count whole years, as an age is counted; who is born on 29 February is older from 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `2026-11` in addresses and files."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and date.min.year <= self.year <= date.max.year):
            raise ValueError(f"There is no month {self.year}-{self.month}.")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which the day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-11`."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if match is None:
            raise ValueError("A month is written RRRR-MM.")
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return _last_day(self.year, self.month)

    @property
    def span(self) -> "DateSpan":
        return DateSpan(self.first, self.last)

    @property
    def days(self) -> int:
        return self.last.day

    @property
    def next(self) -> Self:
        return self.plus(1)

    @property
    def previous(self) -> Self:
        return self.plus(-1)

    def plus(self, months: int) -> Self:
        """The month so many later, or earlier when negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __iter__(self) -> Iterator[date]:
        return iter(self.span)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from `first` to `last`, both inside; without `last` the span is open."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.first, datetime) or isinstance(self.last, datetime):
            raise TypeError("A span is made of calendar days, not of instants.")
        if self.last is not None and self.last < self.first:
            raise ValueError(f"A span cannot end ({self.last}) before it begins ({self.first}).")

    @classmethod
    def single(cls, day: date) -> Self:
        """The span of one day."""
        return cls(day, day)

    @classmethod
    def _from_ordinals(cls, first: int, end: int) -> Self:
        return cls(date.fromordinal(first), None if end == _BEYOND else date.fromordinal(end))

    @property
    def is_open(self) -> bool:
        return self.last is None

    @property
    def days(self) -> int:
        """How many days; an open span has no number."""
        if self.last is None:
            raise ValueError("An open span has no number of days.")
        return (self.last - self.first).days + 1

    # Ends are compared as ordinals, so that an open end and the last day of the calendar need no
    # special case.
    @property
    def _start(self) -> int:
        return self.first.toordinal()

    @property
    def _end(self) -> int:
        return _BEYOND if self.last is None else self.last.toordinal()

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def contains(self, other: "date | DateSpan | Month") -> bool:
        """Tell whether the day, or every day of the span or month, lies inside."""
        span = as_span(other)
        return self._start <= span._start and span._end <= self._end

    def overlaps(self, other: "date | DateSpan | Month") -> bool:
        """Tell whether the two have a day in common."""
        span = as_span(other)
        return self._start <= span._end and span._start <= self._end

    def touches(self, other: "DateSpan | Month") -> bool:
        """Tell whether the two overlap or follow one another without a gap."""
        span = as_span(other)
        return self._start <= span._end + 1 and span._start <= self._end + 1

    def clip(self, other: "DateSpan | Month") -> "DateSpan | None":
        """The common part, or None."""
        span = as_span(other)
        first = max(self.first, span.first)
        if self.last is None or span.last is None:
            last = span.last if self.last is None else self.last
        else:
            last = min(self.last, span.last)
        return DateSpan(first, last) if last is None or first <= last else None

    def subtract(self, *others: "date | DateSpan | Month") -> list["DateSpan"]:
        """What is left when the days of the others are taken out, in order."""
        left: list[DateSpan] = []
        start = self._start
        for other in union(as_span(taken) for taken in others):
            if other._end < start:
                continue
            if other._start > self._end:
                break
            if other._start > start:
                left.append(DateSpan._from_ordinals(start, other._start - 1))
            start = other._end + 1
        if start <= self._end and start <= date.max.toordinal():
            left.append(DateSpan._from_ordinals(start, self._end))
        return left

    def months(self) -> Iterator[Month]:
        """The months that the span reaches into; an open span has no last one."""
        if self.last is None:
            raise ValueError("An open span has no last month.")
        month, stop = Month.of(self.first), Month.of(self.last)
        while month < stop:
            yield month
            month = month.next
        yield stop

    def __iter__(self) -> Iterator[date]:
        if self.last is None:
            raise ValueError("The days of an open span cannot be listed; clip it first.")
        return map(date.fromordinal, range(self._start, self._end + 1))

    def __str__(self) -> str:
        return f"{self.first}..{self.last or ''}"


def as_span(value: "date | DateSpan | Month") -> DateSpan:
    """See a day, a span or a month as a span."""
    if isinstance(value, DateSpan):
        return value
    if isinstance(value, Month):
        return value.span
    return DateSpan.single(value)


def union(spans: Iterable[DateSpan]) -> list[DateSpan]:
    """Join spans that overlap or touch; the result is in order, with a gap between any two."""
    joined: list[DateSpan] = []
    for span in sorted(spans, key=lambda span: (span._start, span._end)):
        if joined and joined[-1].touches(span):
            end = max(joined[-1]._end, span._end)
            joined[-1] = DateSpan._from_ordinals(joined[-1]._start, end)
        else:
            joined.append(span)
    return joined


def total_days(spans: Iterable[DateSpan]) -> int:
    """Count the days that lie in at least one of the spans."""
    return sum(span.days for span in union(spans))


_TYPED = re.compile(r"(\d{1,2})[.,/\- ]+(\d{1,2})[.,/\- ]+(\d{4}|\d{2})\s*(?:r\.?)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)


# The calendar ends at 9999, and reckoning with a day near its end would fail.
LAST_YEAR = 2999


def parse_date(text: str, *, today: date) -> date:
    """Read a date as people type it: `20.11.2026`, `1.3.26`, `1/3/2026`, `2026-03-01`, `01032026`.

    A year of two digits lies between 89 years ago and 10 years ahead, so that a birth in 85 is 1985
    and a term in 27 is 2027.
    """
    typed = text.strip()
    if match := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _TYPED.fullmatch(typed) or _DIGITS.fullmatch(typed):
        day, month, year = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            year += today.year // 100 * 100
            if year > today.year + 10:
                year -= 100
            elif year < today.year - 89:
                year += 100
    else:
        raise InputError("Wpisz dzień, miesiąc i rok, na przykład 20.11.2026.")
    if not 1 <= month <= 12:
        raise InputError(f"Miesiąc ma numer od 1 do 12, wpisano {month}.")
    if year < 1000:
        raise InputError("Wpisz rok czterema cyframi, na przykład 2026.")
    if year > LAST_YEAR:
        raise InputError(f"Wpisz rok {LAST_YEAR} albo wcześniejszy.")
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise InputError(f"Ten miesiąc ma dni od 1 do {longest}, wpisano {day}.")
    return date(year, month, day)
