"""Days free from work in Poland: Sundays and the holidays of the act of 18 January 1951."""

from datetime import date
from functools import cache

import holidays

from reintegration.core.dates import ONE_DAY, DateSpan, Month, as_span

SATURDAY = 5


@cache
def _year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("PL", years=year, language="pl"))


def holiday_name(day: date) -> str | None:
    """The holiday's Polish name, or None. Christmas Eve counts from 2025."""
    return _year(day.year).get(day)


def is_public_holiday(day: date) -> bool:
    """Tell whether the day is a public holiday; an ordinary Sunday is not."""
    return day in _year(day.year)


def is_working_day(day: date) -> bool:
    """Tell whether the day is Monday to Friday and no public holiday."""
    return day.weekday() < SATURDAY and not is_public_holiday(day)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days(within: DateSpan | Month) -> list[date]:
    """The working days of a span or a month."""
    return [day for day in as_span(within) if is_working_day(day)]


def public_holidays(within: DateSpan | Month) -> dict[date, str]:
    """The public holidays of a span or a month with their names."""
    found = ((day, holiday_name(day)) for day in as_span(within))
    return {day: name for day, name in found if name is not None}
