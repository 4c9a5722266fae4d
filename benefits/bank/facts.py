"""What a bank is asked to pay: an order with its transfers, checked when it is made.

Whoever makes an order passes the instant and the day; nothing here reads a clock, so the same order can be
made again years later, byte for byte.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from benefits.bank.letters import WIDTH, bank_text
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_nrb
from reintegration.core.money import LARGEST, ZERO, grosz

LINES = 4
# A pain.001 carries the title as one text; four full lines with spaces between them would be longer.
LONGEST_TITLE = 140
# A reference is never spelled otherwise and never cut: it finds the transfer on the bank's statement.
_REFERENCE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./\-]{0,33}[A-Za-z0-9])?")


def _check_reference(reference: str) -> None:
    if not _REFERENCE.fullmatch(reference) or "//" in reference:
        raise InputError(
            f"Oznaczenie „{reference}” nie nadaje się do pliku dla banku: ma mieć do 35 liter bez polskich"
            " znaków, cyfr, kropek, kresek i pojedynczych ukośników."
        )


def _account(number: str, whose: str) -> str:
    try:
        return parse_nrb(number)
    except InputError as error:
        raise InputError(f"{whose}, konto: {error.message}") from None


@dataclass(frozen=True, slots=True)
class Party:
    """Who pays or is paid; a person without a home has no address, and is paid like anybody."""

    name: str
    street: str = ""
    postcode: str = ""
    town: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError("Brakuje imienia i nazwiska albo nazwy do przelewu.")
        if not any(letter.isalpha() for letter in bank_text(self.name)):
            raise InputError(
                f"Nazwy „{self.name}” nie da się zapisać literami, które przyjmuje bank. Wpisz ją alfabetem"
                " łacińskim, tak jak w dokumencie."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One payment. The reference is one of the lines of its title.

    A bank takes a reference once: money that came back and is sent again goes under another one.
    """

    reference: str
    party: Party
    account: str
    amount: Decimal
    title: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "account", _account(self.account, self.party.name))
        _check_reference(self.reference)
        self._check_amount()
        self._check_title()

    def _check_amount(self) -> None:
        name = self.party.name
        if not isinstance(self.amount, Decimal):
            raise TypeError("The amount of a transfer is a Decimal.")
        if not self.amount.is_finite() or self.amount <= ZERO:
            raise InputError(f"{name}: kwota przelewu ma być większa od zera.")
        if self.amount > LARGEST:
            raise InputError(f"{name}: kwota przelewu jest za duża.")
        if grosz(self.amount) != self.amount:
            raise InputError(f"{name}: kwota przelewu ma części mniejsze od grosza.")

    def _check_title(self) -> None:
        """A title is said whole or not at all: its words have a meaning before a bailiff."""
        name = self.party.name
        lines = self.title_lines
        if (
            not 1 <= len(lines) <= LINES
            or max(map(len, lines)) > WIDTH
            or len(" ".join(lines)) > LONGEST_TITLE
        ):
            raise InputError(
                f"{name}: tytuł przelewu nie mieści się w czterech wierszach po 35 znaków,"
                " razem najwyżej 140."
            )
        if self.reference not in lines:
            raise InputError(f"{name}: w tytule przelewu brakuje oznaczenia „{self.reference}”.")

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in the bank's letters, without lines of which nothing is left."""
        return tuple(line for line in map(bank_text, self.title) if line)

    @property
    def grosze(self) -> int:
        return int(self.amount * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All transfers of one file, from one account on one day.

    The reference names the file; a bank takes each file and each transfer once, and does not want both
    named alike.
    """

    reference: str
    made_at: datetime
    day: date
    payer: Party
    account: str
    transfers: tuple[Transfer, ...]

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise TypeError("The instant of an order knows its time zone.")
        if isinstance(self.day, datetime):
            raise TypeError("The day of an order is a calendar day, not an instant.")
        _check_reference(self.reference)
        object.__setattr__(self, "account", _account(self.account, self.payer.name))
        if not self.transfers:
            raise InputError("Nie ma żadnego przelewu, więc nie ma czego zapisać do pliku.")
        self._check_transfers()

    def _check_transfers(self) -> None:
        times = Counter(one.reference for one in self.transfers)
        times[self.reference] += 1
        for one in self.transfers:
            if times[one.reference] > 1:
                raise InputError(f"{one.party.name}: oznaczenie „{one.reference}” powtarza się w pliku.")
            if one.account == self.account:
                raise InputError(f"{one.party.name}: konto odbiorcy jest kontem, z którego idą przelewy.")

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.transfers), ZERO)


def bank_of(account: str) -> str:
    """The clearing number of the bank: digits 3 to 10 of an account."""
    return account[2:10]
