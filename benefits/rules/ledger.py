"""The journal in double entry: what each event does to the accounts of a unit.

An amount above zero is a debit (winien), one below zero a credit (ma); each person's part makes zero by
itself, so whatever is put together from them does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from reintegration.core.money import ZERO


class Account(StrEnum):
    # What it costs; the Labour Fund refunds the first two (art. 15 ust. 8), premiums are own money.
    BENEFITS = "benefits"
    CONTRIBUTIONS = "contributions"
    PREMIUMS = "premiums"
    # What is owed to whom.
    PEOPLE = "people"
    TAX = "tax"
    ZUS = "zus"
    # Where the money is.
    BANK = "bank"
    CASH = "cash"


class Event(StrEnum):
    ENTITLEMENT = "entitlement"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Post:
    """One line of an entry."""

    account: Account
    amount: Decimal
    participation: UUID


@dataclass(frozen=True, slots=True)
class Entitled:
    """What an approved list gives one person; corrections of months before are in both amounts."""

    participation: UUID
    benefit: Decimal
    premium: Decimal
    contributions: Decimal


@dataclass(frozen=True, slots=True)
class Paid:
    """What a person gets, and the tax that is withheld of it: owed from the day of the payment on."""

    participation: UUID
    amount: Decimal
    tax: Decimal
    in_cash: bool


def entitlement(people: Iterable[Entitled]) -> list[Post]:
    """Costs, what is owed to each person, and the contributions on top of the benefit."""
    return _said(line for one in people for line in _of_entitled(one))


def payment(people: Iterable[Paid]) -> list[Post]:
    """What was owed to each person goes from the bank or from the till, and the tax of it is owed instead."""
    return _said(line for one in people for line in _of_paid(one))


def _of_entitled(one: Entitled) -> Iterator[Post]:
    yield Post(Account.BENEFITS, one.benefit, one.participation)
    yield Post(Account.PREMIUMS, one.premium, one.participation)
    yield Post(Account.PEOPLE, -one.benefit - one.premium, one.participation)
    yield Post(Account.CONTRIBUTIONS, one.contributions, one.participation)
    yield Post(Account.ZUS, -one.contributions, one.participation)


def _of_paid(one: Paid) -> Iterator[Post]:
    yield Post(Account.PEOPLE, one.amount + one.tax, one.participation)
    yield Post(Account.TAX, -one.tax, one.participation)
    yield Post(Account.CASH if one.in_cash else Account.BANK, -one.amount, one.participation)


def _said(lines: Iterable[Post]) -> list[Post]:
    """Nothing is written of nothing."""
    return [line for line in lines if line.amount != ZERO]
