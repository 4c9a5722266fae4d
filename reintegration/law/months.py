"""Which months a unit has closed. The room of benefits says it; the readings must not reach behind it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from reintegration.core.dates import Month

LastClosed = Callable[[UUID], Month | None]

_providers: list[LastClosed] = []


def register_closed_months(provider: LastClosed) -> LastClosed:
    """Register a function that gives the last month a unit has closed or approved."""
    _providers.append(provider)
    return provider


def last_closed_month(unit_id: UUID) -> Month | None:
    found = [month for provider in _providers if (month := provider(unit_id)) is not None]
    return max(found, default=None)


def first_open_month(unit_id: UUID, *, today: date) -> Month:
    """The first month that a reading may still govern: this one, or the one after the last closed."""
    closed = last_closed_month(unit_id)
    now = Month.of(today)
    return closed.next if closed is not None and closed >= now else now
