"""Spans that are counted, and those that they are compared with."""

from datetime import date

from reintegration.core.dates import ONE_DAY, DateSpan, Month, add_months


def known(first: date, last: date, today: date) -> DateSpan:
    """Days that are counted: what is planned is not, so that the last one is today at the latest."""
    last = min(last, today)
    return DateSpan(min(first, last), last)


def compared(span: DateSpan, how: str, asked: DateSpan | None = None) -> DateSpan | None:
    """The span before of the same length, the same days a year earlier, or the one that was asked for."""
    last = span.last
    assert last is not None
    if how == "bez":
        return None
    if how == "inny":
        return asked
    if how == "rok":
        return DateSpan(add_months(span.first, -12), _year_before(last))
    whole = _whole_months(span.first, last)
    if whole:
        return DateSpan(add_months(span.first, -whole), span.first - ONE_DAY)
    return DateSpan(span.first - (last - span.first) - ONE_DAY, span.first - ONE_DAY)


def _year_before(last: date) -> date:
    """The last day of a month stays the last one, also of February."""
    month = Month.of(last)
    return Month(month.year - 1, month.month).last if last == month.last else add_months(last, -12)


def _whole_months(first: date, last: date) -> int:
    begins, ends = Month.of(first), Month.of(last)
    if first != begins.first or last != ends.last:
        return 0
    return (ends.year - begins.year) * 12 + ends.month - begins.month + 1


def presets(today: date) -> list[tuple[str, DateSpan]]:
    """What is asked for most: years, quarters and months, the running ones up to their last day."""
    year, month = today.year, Month.of(today)
    quarter = Month(year, 3 * ((today.month - 1) // 3) + 1)
    return [
        (f"rok {year}", DateSpan(date(year, 1, 1), date(year, 12, 31))),
        (f"rok {year - 1}", DateSpan(date(year - 1, 1, 1), date(year - 1, 12, 31))),
        ("ten kwartał", DateSpan(quarter.first, quarter.plus(2).last)),
        ("poprzedni kwartał", DateSpan(quarter.plus(-3).first, quarter.previous.last)),
        ("ten miesiąc", month.span),
        ("poprzedni miesiąc", month.previous.span),
    ]
