"""When a job is tried again, what its payload may hold, and when a periodic one is due: pure functions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)

# Ids, dates, codes and addresses of files: nothing that a person's name or a sentence would pass as.
_WORD = re.compile(r"[A-Za-z0-9_.:/+-]{0,120}")

WARSAW = ZoneInfo("Europe/Warsaw")
# Clocks change between 2:00 and 3:00; a job set for then would run twice a year twice, or not at all.
CLOCK_CHANGE_HOUR = 2


def delay_before(attempt: int, *, spread: float) -> timedelta:
    """How long to wait after the attempt with this number.

    `spread` (0.5 to 1.5) parts jobs that failed together.
    """
    doubled: timedelta = FIRST_DELAY * 2 ** min(attempt - 1, 20)
    return min(doubled, LONGEST_DELAY) * spread


def refuse_personal(payload: Mapping[str, Any]) -> None:
    """A payload holds ids: the table of jobs is global, kept for weeks, and shown to the operator."""
    for name, value in payload.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            plain = item is None or isinstance(item, bool | int)
            if not plain and not (isinstance(item, str) and _WORD.fullmatch(item)):
                message = f"The payload's „{name}” is not an id, a number, a date or a code."
                raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Every:
    """A period of so many minutes, counted from midnight UTC."""

    minutes: int

    def __post_init__(self) -> None:
        if not 0 < self.minutes <= 720 or 1440 % self.minutes:
            raise ValueError("A period in minutes divides the day.")

    def latest(self, at: datetime) -> datetime:
        """The beginning of the period in which this instant lies."""
        at = at.astimezone(UTC)
        minute = (at.hour * 60 + at.minute) // self.minutes * self.minutes
        return at.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)

    def __str__(self) -> str:
        return "co minutę" if self.minutes == 1 else f"co {self.minutes} min"


@dataclass(frozen=True, slots=True)
class Daily:
    """Each day at an hour of Polish time; with `day`, each month; with `day` and `month`, each year."""

    hour: int
    minute: int = 0
    day: int | None = None
    month: int | None = None

    def __post_init__(self) -> None:
        if self.hour == CLOCK_CHANGE_HOUR:
            raise ValueError("Between 2:00 and 3:00 the clock changes; choose another hour.")
        if self.day is not None and not 1 <= self.day <= 28:
            raise ValueError("Only the days from 1 to 28 are in every month.")
        if self.month is not None and self.day is None:
            raise ValueError("A month needs its day.")

    def latest(self, at: datetime) -> datetime:
        """The last time this was due, at or before this instant."""
        day = at.astimezone(WARSAW).date()
        while not self._fits(day) or self._on(day) > at:
            day -= timedelta(days=1)
        return self._on(day)

    def _fits(self, day: date) -> bool:
        return self.day in (None, day.day) and self.month in (None, day.month)

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour, self.minute), tzinfo=WARSAW).astimezone(UTC)

    def __str__(self) -> str:
        hour = f"{self.hour}:{self.minute:02}"
        if self.day is None:
            return f"codziennie o {hour}"
        if self.month is None:
            return f"{self.day}. dnia miesiąca o {hour}"
        return f"{self.day:02}.{self.month:02} każdego roku o {hour}"
