"""What the bank answers: bookings on the unit's account, as a statement of the bank says them.

A statement is taken whole or not at all: its balances must agree with its bookings, and whatever cannot be
read is refused by the number of its line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO

CURRENCY = "PLN"
_ACCOUNT = re.compile(r"(?:PL)?(\d{26})")
_OURS = re.compile(r"LW/\d{1,6}/\d{4}-\d{2,4}(?:-P)?")


class BrokenLine(InputError):
    """A line of a bank's file that says something else than it should."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"Wiersz {line}: {sentence}")
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One movement: above zero money that came, below zero money that went."""

    line: int
    day: date
    amount: Decimal
    # Of the other side; banks leave out what they do not know.
    account: str = ""
    name: str = ""
    title: str = ""
    # What the order called it, and what the bank calls it.
    end_to_end: str = ""
    bank_reference: str = ""

    @property
    def reference(self) -> str:
        """Ours, wherever the bank put it; a title is broken where its fields end, so spaces tell nothing."""
        for text in (self.end_to_end, self.title):
            if found := _OURS.search("".join(text.split())):
                return found[0]
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bookings of an account between two balances."""

    line: int
    account: str
    number: str
    opening: Decimal
    closing: Decimal
    bookings: tuple[Booking, ...]

    def __post_init__(self) -> None:
        total = self.opening + sum((one.amount for one in self.bookings), ZERO)
        if total != self.closing:
            raise BrokenLine(
                self.line,
                f"saldo końcowe {format_money(self.closing)} nie zgadza się z operacjami"
                f" ({format_money(total)}). Wyciąg jest niepełny albo zmieniony.",
            )


def account_in(text: str, line: int) -> str:
    """The 26 digits of a Polish account, with its letters, slashes and spaces or without."""
    found = _ACCOUNT.fullmatch(re.sub(r"[\s/]", "", text))
    if found is None:
        raise BrokenLine(line, f"„{text.strip()}” nie jest numerem polskiego konta.")
    return found[1]


def other_account(text: str) -> str:
    """The account of the other side; abroad and inside a bank it may look otherwise, and is left out."""
    found = _ACCOUNT.fullmatch(re.sub(r"[\s/]", "", text))
    return found[1] if found else ""


def amount_in(text: str, line: int) -> Decimal:
    """An amount with a point or a comma, not finer than a grosz."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise BrokenLine(line, f"„{text}” nie jest kwotą.") from None
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise BrokenLine(line, f"„{text}” nie jest kwotą w złotych i groszach.")
    return round(amount, 2)


def day_in(year: int, month: int, day: int, line: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BrokenLine(line, f"{day:02}.{month:02}.{year} nie jest dniem.") from None


def refuse_other_currency(currency: str, line: int) -> None:
    if currency != CURRENCY:
        raise BrokenLine(line, f"konto jest w {currency}, a świadczenia wypłaca się w złotych.")


def refuse_nothing(found: Iterable[Answer]) -> list[Answer]:
    """A file without a statement is some other file."""
    answers = list(found)
    if not answers:
        raise InputError("W tym pliku nie ma żadnego wyciągu. Pobierz z banku wyciąg MT940 albo camt.053.")
    return answers
