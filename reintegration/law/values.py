"""Dated parameters of the law as pure values: exact numbers, and never a silent default."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from reintegration.core import formats
from reintegration.core.errors import InputError
from reintegration.core.money import parse_money
from reintegration.law.enums import Unit

Number = Decimal | Fraction | int

# A value of these units is a whole number; its noun follows the number on screen.
NOUNS: Mapping[Unit, tuple[str, str, str]] = MappingProxyType(
    {
        Unit.DAYS: ("dzień", "dni", "dni"),
        Unit.HOURS: ("godzina", "godziny", "godzin"),
        Unit.MONTHS: ("miesiąc", "miesiące", "miesięcy"),
        Unit.YEARS: ("rok", "lata", "lat"),
        Unit.PERSONS: ("osoba", "osoby", "osób"),
    }
)
WHOLE = frozenset({*NOUNS, Unit.COUNT, Unit.DAY_OF_MONTH})
LONGEST_MONTH = 31
# What a day, an hour or a person of the law can sensibly be; more is a slip of the hand.
LARGEST_COUNT = 9999
LARGEST_PERCENT = 1000


class UnknownParameter(KeyError):
    """The program asked for a parameter that no file names."""


class WrongUnit(TypeError):
    """The program took an amount for a share, or a share for a number."""


class NoValue(InputError):
    """A parameter has no value on a day; whoever counts with it must stop."""

    def __init__(self, parameter: "LawParameter", day: date) -> None:
        super().__init__(
            f"Parametr „{parameter.label}” ({parameter.key}) nie ma wartości"
            f" na {formats.format_table_date(day)}."
        )


def number_of(text: str, unit: Unit) -> Number:
    """Read a kept value as an exact number: an amount, a share of one, or a count."""
    if unit is Unit.PLN:
        return Decimal(text)
    if unit is Unit.PERCENT:
        return Fraction(text) / 100
    if unit is Unit.FRACTION:
        return Fraction(text)
    if unit in WHOLE:
        return int(text)
    raise WrongUnit(f"{unit} is no number.")


def day_in_year(text: str, year: int) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


def show(text: str, unit: Unit) -> str:
    """A kept value in Polish."""
    if unit is Unit.PLN:
        return formats.format_money(Decimal(text))
    if unit is Unit.PERCENT:
        return f"{text.replace('.', ',')}{formats.NBSP}%"
    if unit in NOUNS:
        return formats.counted(int(text), *NOUNS[unit])
    if unit is Unit.DAY_OF_MONTH:
        return f"{text}. dzień"
    if unit is Unit.YEARLY_DAY:
        month, day = (int(part) for part in text.split("-"))
        return f"{day} {formats.MONTHS_GENITIVE[month - 1]}"
    return text


def parse(typed: str, unit: Unit) -> str:
    """Read a value as people type it into the form in which it is kept."""
    bare = " ".join(typed.split())
    if unit is Unit.PLN:
        return str(parse_money(bare))
    if unit is Unit.PERCENT:
        return _percent(bare)
    if unit is Unit.FRACTION:
        return _fraction(bare)
    if unit is Unit.YEARLY_DAY:
        return _yearly_day(bare)
    count = _count(bare)
    if unit is Unit.DAY_OF_MONTH and not 1 <= int(count) <= LONGEST_MONTH:
        raise InputError("Wpisz dzień miesiąca: liczbę od 1 do 31.")
    return count


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _count(text: str) -> str:
    if not _is_digits(text) or len(text) > len(str(LARGEST_COUNT)):
        raise InputError(f"Wpisz liczbę od 0 do {LARGEST_COUNT}, bez przecinka.")
    return str(int(text))


def _percent(text: str) -> str:
    whole, _, rest = text.removesuffix("%").strip().replace(",", ".").partition(".")
    if not _is_digits(whole) or (rest and not _is_digits(rest)) or len(whole) > 4 or len(rest) > 4:
        raise InputError("Wpisz procent, na przykład 120 albo 9,76.")
    rest = rest.rstrip("0")
    if int(whole) > LARGEST_PERCENT:
        raise InputError(f"Wpisz najwyżej {LARGEST_PERCENT} procent.")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


def _fraction(text: str) -> str:
    above, slash, below = (part.strip() for part in text.partition("/"))
    sound = slash and _is_digits(above) and _is_digits(below) and len(above) <= 4 and len(below) <= 4
    if not sound or int(below) == 0:
        raise InputError("Wpisz ułamek, na przykład 1/20.")
    return f"{int(above)}/{int(below)}"


def _yearly_day(text: str) -> str:
    day, _, month = text.rstrip(".").partition(".")
    try:
        found = date(2001, int(month), int(day)) if _is_digits(day) and _is_digits(month) else None
    except ValueError:
        found = None
    if found is None:
        raise InputError("Wpisz dzień i miesiąc, na przykład 31.03.")
    return f"{found.month:02}-{found.day:02}"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value with its first day and the act or announcement that gave it."""

    since: date
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class LawParameter:
    key: str
    label: str
    unit: Unit
    act: str
    article: str
    values: tuple[DatedValue, ...]
    # Serves earlier days too (benefit-spec 9 and 10: "used for every month as they stand").
    reaches_back: bool = False

    def on(self, day: date) -> DatedValue:
        """The value in force on a day: the last one that began, until a new one is entered."""
        place = bisect_right([one.since for one in self.values], day)
        if place:
            return self.values[place - 1]
        if self.reaches_back and self.values:
            return self.values[0]
        raise NoValue(self, day)


@dataclass(frozen=True, slots=True)
class LawBook:
    """All confirmed values; nothing in it changes, so a calculation may keep it as long as it runs."""

    parameters: Mapping[str, LawParameter]

    @classmethod
    def of(cls, parameters: Iterable[LawParameter]) -> "LawBook":
        return cls(MappingProxyType({one.key: one for one in parameters}))

    def parameter(self, key: str) -> LawParameter:
        try:
            return self.parameters[key]
        except KeyError:
            raise UnknownParameter(key) from None

    def entry(self, key: str, *, on: date) -> DatedValue:
        """The value with its source, as a calculation prints and keeps it."""
        return self.parameter(key).on(on)

    def value(self, key: str, *, on: date) -> Number:
        return number_of(self.entry(key, on=on).text, self.parameter(key).unit)

    def amount(self, key: str, *, on: date) -> Decimal:
        self._expect(key, {Unit.PLN})
        return Decimal(self.entry(key, on=on).text)

    def share(self, key: str, *, on: date) -> Fraction:
        """A percent or a fraction as a share: 120 % is 6/5."""
        self._expect(key, {Unit.PERCENT, Unit.FRACTION})
        return Fraction(self.value(key, on=on))

    def count(self, key: str, *, on: date) -> int:
        self._expect(key, WHOLE)
        return int(self.entry(key, on=on).text)

    def due_day(self, key: str, *, year: int) -> date:
        """The day of a year on which something is due, by the value in force at its end."""
        self._expect(key, {Unit.YEARLY_DAY})
        last = self.parameter(key).on(date(year, 12, 31))
        return day_in_year(last.text, year)

    def _expect(self, key: str, units: Iterable[Unit]) -> None:
        unit = self.parameter(key).unit
        if unit not in units:
            raise WrongUnit(f"{key} is measured in {unit}.")

    def until(self, day: date) -> dict[str, list[list[str]]]:
        """Every value that had begun by a day, as text to be kept: by key first days, values and sources."""
        found = {
            key: [[str(one.since), one.text, one.source] for one in parameter.values if one.since <= day]
            for key, parameter in self.parameters.items()
        }
        return {key: values for key, values in found.items() if values}

    def as_kept(self, kept: Mapping[str, Iterable[Iterable[str]]]) -> "LawBook":
        """The same parameters with the values that were kept; one that was not keeps its own."""
        return LawBook.of(
            replace(
                parameter,
                values=tuple(
                    DatedValue(date.fromisoformat(since), text, source) for since, text, source in kept[key]
                ),
            )
            if key in kept
            else parameter
            for key, parameter in self.parameters.items()
        )
