"""The one place that reads the clock.

Rules take their day as an argument; whoever calls them asks here. Tests and the demo can fix the time,
production cannot.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

WARSAW = ZoneInfo("Europe/Warsaw")
VARIABLE = "REINTEGRA_CLOCK"

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


class ClockRefused(RuntimeError):
    """Somebody tried to fix the time in production."""


def now() -> datetime:
    """The present instant, in UTC."""
    fixed = _frozen.get()
    if fixed is None and VARIABLE in os.environ:
        fixed = _from_environment(os.environ[VARIABLE])
    return datetime.now(UTC) if fixed is None else fixed


def today() -> date:
    """The present day in Poland."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The day in Poland of an instant, which soon after midnight is not that of UTC."""
    return instant.astimezone(WARSAW).date()


@contextmanager
def frozen(at: datetime | date) -> Iterator[None]:
    """Fix the time for this thread of work; a date stands for noon in Poland. For tests only."""
    token = _frozen.set(_permitted(at))
    try:
        yield
    finally:
        _frozen.reset(token)


@cache
def _from_environment(text: str) -> datetime:
    """Processes started by a test have no other way to learn its time."""
    return _permitted(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def _permitted(at: datetime | date) -> datetime:
    if settings.PRODUCTION:
        raise ClockRefused("The time cannot be fixed in production.")
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, 12, tzinfo=WARSAW)
    if at.tzinfo is None:
        raise ValueError("A fixed time carries its time zone.")
    return at.astimezone(UTC)
