"""The journal in double entry: what each event does to the accounts of a unit.

An amount above zero is a debit (winien), one below zero a credit (ma); each person's part makes zero by
itself, and so does what is of nobody, so whatever is put together from them does.
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
    # What the Labour Fund was asked to give for it.
    REFUNDS = "refunds"
    # What is owed to whom, and by whom.
    PEOPLE = "people"
    TAX = "tax"
    ZUS = "zus"
    LABOUR_FUND = "labour_fund"
    # Where the money is.
    BANK = "bank"
    CASH = "cash"


class Event(StrEnum):
    # Of a payroll list.
    ENTITLEMENT = "entitlement"
    PAYMENT = "payment"
    RETURN = "return"
    AGAIN = "again"
    # Of the offices.
    ZUS = "zus"
    TAX = "tax"
    # Of the Labour Fund.
    CLAIM = "claim"
    CUT = "cut"
    RECEIPT = "receipt"
    GIVEN_BACK = "given_back"
    # What takes another entry back.
    STORNO = "storno"


# Each is about one list, and says so.
OF_LIST = (Event.ENTITLEMENT, Event.PAYMENT, Event.RETURN, Event.AGAIN)
# Each is about an agreement with the labour office.
OF_FUND = (Event.CLAIM, Event.CUT, Event.RECEIPT, Event.GIVEN_BACK)
# Nothing is on these without a person.
OF_PERSON = (Account.BENEFITS, Account.CONTRIBUTIONS, Account.PREMIUMS, Account.PEOPLE)


@dataclass(frozen=True, slots=True)
class Post:
    """One line of an entry."""

    account: Account
    amount: Decimal
    participation: UUID | None = None


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
    """What was owed to each person goes from the bank or from the till, and the tax of it is owed instead.

    Postal orders are paid from the account, and what the post could not hand out comes back to it.
    """
    return _said(line for one in people for line in _of_paid(one))


def returned(participation: UUID, amount: Decimal, *, in_cash: bool = False) -> list[Post]:
    """A transfer or an order came back, or nobody fetched the cash: the person is owed it again."""
    place = Account.CASH if in_cash else Account.BANK
    return [Post(place, amount, participation), Post(Account.PEOPLE, -amount, participation)]


def paid_again(participation: UUID, amount: Decimal, *, in_cash: bool) -> list[Post]:
    """What came back goes out once more; its tax was withheld with the first payment."""
    source = Account.CASH if in_cash else Account.BANK
    return [Post(Account.PEOPLE, amount, participation), Post(source, -amount, participation)]


def to_zus(amount: Decimal) -> list[Post]:
    """Contributions are paid (art. 47 of the SUS act)."""
    return [Post(Account.ZUS, amount), Post(Account.BANK, -amount)]


def to_tax_office(amount: Decimal) -> list[Post]:
    """Advances that were withheld are paid to the tax office (art. 35 of the PIT act)."""
    return [Post(Account.TAX, amount), Post(Account.BANK, -amount)]


def claimed(people: Iterable[tuple[UUID, Decimal]]) -> list[Post]:
    """What the Labour Fund is asked to refund for each person (art. 15 ust. 8); a correction may lower it."""
    lines = (
        line
        for key, amount in people
        for line in (Post(Account.LABOUR_FUND, amount, key), Post(Account.REFUNDS, -amount, key))
    )
    return _said(lines)


def cut(people: Iterable[tuple[UUID, Decimal]]) -> list[Post]:
    """What was asked for and will not come: it stays the unit's own cost."""
    return claimed((key, -amount) for key, amount in people)


def received(amount: Decimal) -> list[Post]:
    """The labour office sent money: a refund, or an advance on what will be asked for."""
    return [Post(Account.BANK, amount), Post(Account.LABOUR_FUND, -amount)]


def given_back(amount: Decimal) -> list[Post]:
    """What was left of an advance goes back to the labour office."""
    return [Post(Account.LABOUR_FUND, amount), Post(Account.BANK, -amount)]


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
