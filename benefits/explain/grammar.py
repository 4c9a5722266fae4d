"""How a language writes amounts, numbers of days and dates in a sentence.

Ukrainian writes numbers as Polish does, with its own words around them; English turns point and comma.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from reintegration.core.dates import ONE_DAY, Month
from reintegration.core.formats import DASH, MINUS, NBSP, format_number, join_words, plural
from reintegration.law.enums import Unit

# Three days in a row are still read one by one; from four on a span is easier.
_SPAN: Final = 4
_GROSZE: Final = 2
_ENGLISH_MARKS: Final = str.maketrans({NBSP: ",", ",": "."})

# The forms that a noun takes after 1, after 2 and after 5.
Forms = tuple[str, str, str]


def english(number: int, one: str, few: str, many: str) -> str:
    """1 day, 2 days."""
    return one if abs(number) == 1 else many


def ukrainian(number: int, one: str, few: str, many: str) -> str:
    """1 день, 2 дні, 5 днів, 11 днів, 21 день: other than in Polish, 21 counts as 1 does."""
    if abs(number) % 10 == 1 and abs(number) % 100 != 11:
        return one
    return few if plural(number, "", "few", "") else many


@dataclass(frozen=True, slots=True)
class Grammar:
    """Whatever a language needs to write a number, an amount or a date."""

    plural: Callable[[int, str, str, str], str]
    # An amount without its sign.
    money: str
    percent: str
    day_forms: Forms
    conjunction: str
    months: Sequence[str]
    # A month after the number of a day.
    months_of_day: Sequence[str]
    english_marks: bool = False

    def number(self, value: int | Decimal, *, places: int | None = None) -> str:
        text = format_number(value, places=places)
        return text.translate(_ENGLISH_MARKS) if self.english_marks else text

    def amount(self, amount: Decimal) -> str:
        """`−321,10 zł`, `−PLN 321.10`."""
        sign = MINUS if amount < 0 else ""
        return f"{sign}{self.money.format(self.number(abs(amount), places=_GROSZE))}"

    def rate(self, rate: Decimal) -> str:
        """The rate of one day without its sign, to the place up to which the calculator prints it."""
        size = abs(rate).normalize()
        exponent = size.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return self.money.format(self.number(size, places=max(places, _GROSZE)))

    def days(self, number: int) -> str:
        """`3 dni`."""
        return f"{self.number(number)}{NBSP}{self.plural(number, *self.day_forms)}"

    def value(self, text: str, unit: Unit) -> str:
        """A value of the law as it stands in the book."""
        if unit is Unit.PLN:
            return self.amount(Decimal(text))
        if unit is Unit.PERCENT:
            return self.percent.format(self.number(Decimal(text)))
        return self.days(int(text)) if unit is Unit.DAYS else text

    def day(self, day: date) -> str:
        """`3 grudnia 2026`."""
        return f"{day.day} {self.months_of_day[day.month - 1]} {day.year}"

    def month(self, month: Month) -> str:
        """`październik 2026`."""
        return f"{self.months[month.month - 1]} {month.year}"

    def dates(self, days: Sequence[date]) -> str:
        """Days in order: `6, 7, 8 i 20 października`, `12–16 października`, `30 września, 1 października`."""
        return ", ".join(self._of_month(tuple(found)) for _, found in groupby(days, key=Month.of)) or DASH

    def _of_month(self, days: Sequence[date]) -> str:
        words = [word for run in _runs(days) for word in _run_words(run)]
        return f"{join_words(words, conjunction=self.conjunction)} {self.months_of_day[days[0].month - 1]}"


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Days that follow one another, together."""
    runs: list[list[date]] = []
    for day in days:
        if runs and runs[-1][-1] + ONE_DAY == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_words(run: Sequence[date]) -> list[str]:
    if len(run) < _SPAN:
        return [str(day.day) for day in run]
    return [f"{run[0].day}{DASH}{run[-1].day}"]
