"""Amounts in złoty: exact decimals, rounded only where the law says."""

import re
from decimal import Decimal
from fractions import Fraction

from reintegration.core.errors import InputError
from reintegration.core.formats import counted

Exact = Decimal | Fraction | int

ZERO = Decimal("0.00")
GROSZ = Decimal("0.01")

# The largest amount that fits the column of a MoneyField.
LARGEST = Decimal("9999999999.99")


def exact(value: Exact) -> Fraction:
    """See an amount as an exact fraction; a float has already lost the grosz, so it is refused."""
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | int):
        raise TypeError(f"Money is Decimal, Fraction or int, never {type(value).__name__}.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("An amount is a finite number.")
    return Fraction(value)


def grosz(value: Exact) -> Decimal:
    """Round half-up to a grosz; halves go away from zero, so a correction mirrors its amount."""
    found = exact(value)
    return _in_grosze(_half_up(found.numerator * 100, found.denominator))


def whole(value: Exact) -> Decimal:
    """Round half-up to whole złoty (Ordynacja podatkowa, art. 63 § 1)."""
    found = exact(value)
    return _in_grosze(_half_up(found.numerator, found.denominator) * 100)


def up10(value: Exact) -> Decimal:
    """Round up to ten grosze; what is even already stays."""
    found = exact(value)
    return _in_grosze(-(-found.numerator * 10 // found.denominator) * 10)


def _half_up(above: int, below: int) -> int:
    size = (2 * abs(above) + below) // (2 * below)
    return -size if above < 0 else size


def _in_grosze(count: int) -> Decimal:
    return Decimal(count).scaleb(-2)


_AMOUNT = re.compile(r"([+\-−]?) ?([0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?:[,.]([0-9]*))? ?(?:zł|pln)?", re.I)
_THOUSANDS_OR_DECIMALS = re.compile(r"[+\-−]? ?[0-9]{1,3}\.[0-9]{3} ?(?:zł|pln)?", re.I)


def parse_money(text: str, *, negative: bool = False) -> Decimal:
    """Read an amount as people type it: `1 966,06 zł`, `1966.06`, `1.966,06`, `200`.

    A point before exactly three last digits may mean thousands or decimals; the person is asked,
    nothing is guessed.
    """
    typed = " ".join(text.split())
    match = _AMOUNT.fullmatch(typed)
    if match is None:
        raise InputError("Wpisz samą kwotę, na przykład 1966,06.")
    if _THOUSANDS_OR_DECIMALS.fullmatch(typed):
        raise InputError("Kropka może dzielić tysiące albo grosze. Wpisz grosze po przecinku.")
    fraction = match[3] or ""
    if len(fraction) > 2:
        digits = counted(len(fraction), "cyfrę", "cyfry", "cyfr")
        raise InputError(f"Wpisano {digits} po przecinku, grosze mają dwie.")
    digits = re.sub("[ .]", "", match[2]).lstrip("0")
    if len(digits) > len(str(int(LARGEST))):
        raise InputError("Ta kwota jest za duża. Sprawdź liczbę cyfr.")
    amount = Decimal(f"{digits or '0'}.{fraction.ljust(2, '0')}")
    if match[1] in {"-", "−"} and amount:
        if not negative:
            raise InputError("Kwota nie może być mniejsza od zera.")
        return -amount
    return amount
