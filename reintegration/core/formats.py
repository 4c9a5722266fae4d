"""How Reintegra writes amounts, dates and numbers in Polish.

One home for screens, papers, mails and exports, so that the same fact never looks different in two
places. Nothing here reads the clock: whoever shows a date passes today.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from reintegration.core.dates import Month

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "–"
NONE = DASH
WARSAW = ZoneInfo("Europe/Warsaw")

MONTHS = (
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
)
MONTHS_GENITIVE = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
MONTHS_LOCATIVE = (
    "styczniu",
    "lutym",
    "marcu",
    "kwietniu",
    "maju",
    "czerwcu",
    "lipcu",
    "sierpniu",
    "wrześniu",
    "październiku",
    "listopadzie",
    "grudniu",
)
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
WEEKDAYS_SHORT = ("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")


def _group(digits: str) -> str:
    """Group digits by three from the right with non-breaking spaces."""
    head = len(digits) % 3
    parts = [digits[:head]] if head else []
    parts += [digits[start : start + 3] for start in range(head, len(digits), 3)]
    return NBSP.join(parts)


def _refuse_inexact(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"Only int and Decimal are shown as numbers, not {type(value).__name__}.")


def format_number(value: int | Decimal | None, *, places: int | None = None) -> str:
    """Write a number: `1 966`, `3,5`, `−2`. Nothing is rounded; too many decimals are refused."""
    if value is None:
        return NONE
    _refuse_inexact(value)
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError("Only a finite number can be shown.")
    text = f"{abs(exact):f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if places is not None:
        if len(fraction) > places:
            raise ValueError(f"{value} has more than {places} decimals: round it where the law says so.")
        fraction = fraction.ljust(places, "0")
    sign = MINUS if exact < 0 else ""
    return f"{sign}{_group(whole)}{',' if fraction else ''}{fraction}"


def format_money(amount: Decimal | None, *, unit: bool = True, plus: bool = False) -> str:
    """Write an amount: `1 966,06 zł`; `plus` is for differences only.

    An amount finer than a grosz is refused: rounding belongs to the calculation.
    """
    if amount is None:
        return NONE
    if not isinstance(amount, Decimal):
        raise TypeError(f"An amount is a Decimal, not {type(amount).__name__}.")
    text = format_number(amount, places=2)
    if plus and amount > 0:
        text = f"+{text}"
    return f"{text}{NBSP}zł" if unit else text


def format_percent(value: int | Decimal) -> str:
    """Write a share given in per cent: `19,52 %`."""
    return f"{format_number(value)}{NBSP}%"


def format_size(size: int) -> str:
    """Write a file's size in decimal units: `340 kB`, `1,2 MB`."""
    if size < 0:
        raise ValueError("A size is never below zero.")
    units = ("B", "kB", "MB", "GB", "TB")
    step, scale = 0, 1
    while step < len(units) - 1 and 2 * size >= 1999 * scale:
        step, scale = step + 1, scale * 1000
    tenths = (10 * size + scale // 2) // scale
    shown = Decimal(tenths) / 10 if tenths < 100 else (size + scale // 2) // scale
    return f"{format_number(shown)}{NBSP}{units[step]}"


def format_date(day: date | None, *, today: date) -> str:
    """Write a date in a sentence: `20 listopada`, with the year when it is not the current one."""
    if day is None:
        return NONE
    day = _day(day)
    if day.year == today.year:
        return _day_and_month(day)
    return format_long_date(day)


def format_long_date(day: date | None) -> str:
    """Write a date with its year, as papers do: `20 listopada 2026`."""
    if day is None:
        return NONE
    day = _day(day)
    return f"{_day_and_month(day)} {day.year}"


def format_table_date(day: date | None) -> str:
    """Write a date in a column or a form field: `20.11.2026`."""
    if day is None:
        return NONE
    day = _day(day)
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def format_day_of_week(day: date, *, today: date) -> str:
    """Write a date with its weekday: `środa, 25 listopada`."""
    day = _day(day)
    return f"{weekday(day)}, {format_date(day, today=today)}"


def format_span(first: date, last: date | None, *, today: date) -> str:
    """Write a span of days, both ends inclusive: `12–14 października`, `od 3 marca`."""
    if last is None:
        return f"od {format_date(first, today=today)}"
    if last < first:
        raise ValueError("A span ends on its first day or later.")
    if first == last:
        return format_date(first, today=today)
    if first.year != last.year:
        return f"{format_long_date(first)} {DASH} {format_long_date(last)}"
    if first.month != last.month:
        return f"{_day_and_month(first)} {DASH} {format_date(last, today=today)}"
    return f"{first.day}{DASH}{format_date(last, today=today)}"


def format_table_span(first: date, last: date | None) -> str:
    """Write a span in a column: `12.10.2026–14.10.2026`, `od 12.10.2026`."""
    if last is None:
        return f"od {format_table_date(first)}"
    if first == last:
        return format_table_date(first)
    return f"{format_table_date(first)}{DASH}{format_table_date(last)}"


def format_month(month: Month) -> str:
    """Write a month as a heading: `październik 2026`."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def format_month_locative(month: Month) -> str:
    """Write a month after `w`: `październiku 2026`."""
    return f"{MONTHS_LOCATIVE[month.month - 1]} {month.year}"


def format_time(instant: datetime) -> str:
    """Write the hour of an instant in Poland: `10:42`."""
    return f"{_local(instant):%H:%M}"


def format_moment(instant: datetime | None, *, today: date) -> str:
    """Write an instant in a sentence: `dziś, 10:42`, `18 listopada, 09:05`."""
    if instant is None:
        return NONE
    local = _local(instant)
    day = local.date()
    near = {0: "dziś", -1: "wczoraj", 1: "jutro"}.get((day - today).days)
    return f"{near or format_date(day, today=today)}, {format_time(instant)}"


def format_table_moment(instant: datetime | None) -> str:
    """Write an instant in a column: `20.11.2026 10:42`."""
    if instant is None:
        return NONE
    return f"{format_table_date(_local(instant).date())} {format_time(instant)}"


def distance(day: date, *, today: date) -> str:
    """Say how far a deadline is: `dziś`, `jutro`, `za 3 dni`, `wczoraj`, `3 dni temu`."""
    days = (day - today).days
    near = {0: "dziś", 1: "jutro", -1: "wczoraj"}.get(days)
    if near:
        return near
    words = counted(abs(days), "dzień", "dni", "dni")
    return f"za {words}" if days > 0 else f"{words} temu"


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form of a noun after a number: 1 osoba, 2 osoby, 5 osób, 12 osób, 22 osoby."""
    size = abs(number)
    if size == 1:
        return one
    if size % 10 in (2, 3, 4) and size % 100 not in (12, 13, 14):
        return few
    return many


def counted(number: int, one: str, few: str, many: str) -> str:
    """Write a number with the right form of its noun: `5 osób`."""
    return f"{format_number(number)} {plural(number, one, few, many)}"


def join_words(items: Iterable[str], *, conjunction: str = "i") -> str:
    """Join words as a sentence does: `a, b i c`."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def weekday(day: date) -> str:
    """Name the day of the week: `środa`."""
    return WEEKDAYS[day.weekday()]


def weekday_short(day: date) -> str:
    """Name the day of the week in a column: `śr.`."""
    return WEEKDAYS_SHORT[day.weekday()]


def _day(day: date) -> date:
    """The day in Poland: an instant passes for a date, and has another one in UTC soon after midnight."""
    return _local(day).date() if isinstance(day, datetime) else day


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]}"


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant carries its time zone.")
    return instant.astimezone(WARSAW)


def clock_text(moment: time) -> str:
    """Write an hour of the day: `8:00`."""
    return f"{moment.hour}:{moment.minute:02}"
