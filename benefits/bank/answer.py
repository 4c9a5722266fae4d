"""What the bank answers: bookings on the unit's account, as a statement of the bank says them.

A statement is taken whole or not at all: its balances must agree with its bookings, and whatever cannot be
read is refused by the number of its line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO

CURRENCY = "PLN"
# More than a column of money holds.
TOO_MUCH = Decimal(10) ** 10
_AMOUNT = re.compile(r"(?=.*[0-9])[0-9]*[.,]?[0-9]*")
# Of what cannot be read so much is told.
_SHOWN = 40
_ACCOUNT = re.compile(r"(?:PL)?(\d{26})")
# A payment, and its next sendings; a position has two digits or begins with none.
_PAYMENT = re.compile(r"LW/\d{1,6}/\d{4}-(?:0\d|[1-9]\d{1,3})(?:-P)?(?:-R\d{1,2})?")
# A whole file, which a bank may book as one.
_FILE = re.compile(r"LW/\d{1,6}/\d{4}(?:-R\d{1,2})?(?![-\d])")


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
    # Whether the bank itself says that it takes a movement back.
    reversal: bool = False

    @property
    def references(self) -> tuple[str, ...]:
        """Ours, wherever the bank put them.

        A title is broken where its fields end, so a space may be the bank's or the text's: both readings are
        told, and whoever knows what was sent says which of them is meant.
        """
        texts = [
            text for said in (self.end_to_end, self.title) for text in (" ".join(said.split()), _tight(said))
        ]
        return tuple(
            dict.fromkeys(found for one in (_PAYMENT, _FILE) for text in texts for found in one.findall(text))
        )


def _tight(text: str) -> str:
    return "".join(text.split())


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
    said = text.strip()
    if _AMOUNT.fullmatch(said) is None:
        raise BrokenLine(line, f"„{said[:_SHOWN]}” nie jest kwotą.")
    amount = Decimal(said.replace(",", "."))
    if amount >= TOO_MUCH:
        raise BrokenLine(line, f"„{said[:_SHOWN]}” to za dużo jak na kwotę.")
    if amount != round(amount, 2):
        raise BrokenLine(line, f"„{said[:_SHOWN]}” nie jest kwotą w złotych i groszach.")
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
