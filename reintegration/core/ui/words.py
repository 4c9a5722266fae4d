"""Filters and tags that write amounts, days and nouns as `core.formats` does."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template

from reintegration.core import clock, formats, identifiers
from reintegration.core.dates import DateSpan, Month

register = template.Library()


@register.filter
def zl(amount: Decimal | None) -> str:
    return formats.format_money(amount)


@register.filter
def zl_diff(amount: Decimal | None) -> str:
    return formats.format_money(amount, plus=True)


@register.filter
def amount(value: Decimal | None) -> str:
    return formats.format_money(value, unit=False)


@register.filter
def number(value: int | Decimal | None) -> str:
    return formats.format_number(value)


@register.filter
def percent(value: int | Decimal) -> str:
    return formats.format_percent(value)


@register.filter
def phone(value: str) -> str:
    return identifiers.format_phone(value)


@register.filter
def size(value: int) -> str:
    return formats.format_size(value)


@register.filter
def day(value: date | None) -> str:
    return formats.format_date(value, today=clock.today())


@register.filter
def long_day(value: date | None) -> str:
    return formats.format_long_date(value)


@register.filter
def day_table(value: date | None) -> str:
    return formats.format_table_date(value)


@register.filter
def weekday(value: date) -> str:
    return formats.format_day_of_week(value, today=clock.today())


@register.filter
def moment(value: datetime | None) -> str:
    return formats.format_moment(value, today=clock.today())


@register.filter
def moment_table(value: datetime | None) -> str:
    return formats.format_table_moment(value)


@register.filter
def hour(value: datetime) -> str:
    return formats.format_time(value)


@register.filter
def month(value: Month) -> str:
    return formats.format_month(value)


@register.filter
def span(value: DateSpan | None) -> str:
    if value is None:
        return formats.NONE
    return formats.format_span(value.first, value.last, today=clock.today())


@register.filter
def span_table(value: DateSpan | None) -> str:
    if value is None:
        return formats.NONE
    return formats.format_table_span(value.first, value.last)


@register.filter
def distance(value: date) -> str:
    return formats.distance(value, today=clock.today())


@register.filter
def dash(value: object) -> object:
    """Show that there is nothing, instead of a hole in the page."""
    return formats.NONE if value is None or value == "" else value


@register.simple_tag
def plural(n: int, one: str, few: str, many: str, *, bare: bool = False) -> str:
    """`5 osób`; `bare` leaves the number out, for when it stands apart in bold."""
    return formats.plural(n, one, few, many) if bare else formats.counted(n, one, few, many)


@register.simple_tag
def join(words: Iterable[object]) -> str:
    return formats.join_words(str(word) for word in words)
