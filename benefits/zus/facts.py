"""What the documents for ZUS say: who pays, who is insured, and how much for a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from benefits.rules.month import Contributions
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.money import ZERO


class CountedBy(StrEnum):
    """To which month contributions belong; the act does not say it of this benefit, so it is a setting."""

    DUE = "due"
    PAID = "paid"


class IdKind(StrEnum):
    """The letters of Płatnik's dictionary."""

    PESEL = "P"
    IDENTITY_CARD = "1"
    PASSPORT = "2"


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    nip: str
    regon: str = ""

    def __post_init__(self) -> None:
        if not self.nip:
            raise InputError("Brakuje numeru NIP jednostki, więc ZUS nie wiedziałby, kto płaci.")


@dataclass(frozen=True, slots=True)
class Insured:
    first_name: str
    last_name: str
    number: str
    kind: IdKind = IdKind.PESEL
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The base of contributions and their four parts."""

    base: Decimal
    parts: Contributions

    @classmethod
    def none(cls) -> Self:
        return cls(ZERO, Contributions(ZERO, ZERO, ZERO, ZERO))

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.base + other.base, self.parts + other.parts)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.base - other.base, self.parts - other.parts)

    @property
    def total(self) -> Decimal:
        return self.parts.total

    @property
    def is_negative(self) -> bool:
        return min(self.base, *self.parts.parts) < ZERO


@dataclass(frozen=True, slots=True)
class Title:
    """A title of insurance: four digits of a dictionary, the right to a pension, the degree of disability."""

    code: str
    pension: str = "0"
    disability: str = "0"

    @property
    def whole(self) -> str:
        """All six digits, as a person types them."""
        return f"{self.code}{self.pension}{self.disability}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One set of documents for a month: a DRA with the sums of all, an RCA with whoever is new or changed."""

    number: int
    month: Month
    term: str
    reports: tuple[tuple[Insured, Title, Amounts], ...]
    people: int
    total: Amounts


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody begins to be insured by the benefit, or ends; the day is the first one with the new state."""

    who: Insured
    title: Title
    day: date
    begins: bool
