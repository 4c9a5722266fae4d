"""Whatever an event posts makes zero, for each person by itself."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import LedgerAccount, LedgerEvent
from benefits.rules.ledger import Account, Entitled, Event, Paid, Post, entitlement, payment

ONE, TWO = UUID(int=1), UUID(int=2)
grosze = st.integers(0, 10**6).map(lambda amount: Decimal(amount) / 100)
# A deduction of months before may be more than the month gives.
signed = st.integers(-(10**6), 10**6).map(lambda amount: Decimal(amount) / 100)
people = st.lists(
    st.builds(
        Entitled,
        participation=st.uuids(version=4),
        benefit=signed,
        premium=grosze,
        contributions=signed,
    ),
    max_size=5,
)


def sums(lines: list[Post]) -> dict[UUID, Decimal]:
    found: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    for line in lines:
        found[line.participation] += line.amount
    return found


def amounts(lines: list[Post]) -> list[tuple[Account, str]]:
    return [(line.account, str(line.amount)) for line in lines]


def test_a_benefit_with_a_premium_is_posted_to_each_account():
    one = Entitled(ONE, Decimal("2140.68"), Decimal("200.00"), Decimal("589.12"))
    assert amounts(entitlement([one])) == [
        (Account.BENEFITS, "2140.68"),
        (Account.PREMIUMS, "200.00"),
        (Account.PEOPLE, "-2340.68"),
        (Account.CONTRIBUTIONS, "589.12"),
        (Account.ZUS, "-589.12"),
    ]


def test_tax_is_withheld_when_it_is_paid():
    lines = payment([Paid(ONE, Decimal("1883.68"), Decimal("257.00"), False)])
    assert amounts(lines) == [
        (Account.PEOPLE, "2140.68"),
        (Account.TAX, "-257.00"),
        (Account.BANK, "-1883.68"),
    ]


def test_each_is_paid_from_where_the_money_is():
    none = Decimal("0.00")
    lines = payment([Paid(ONE, Decimal("10.00"), none, False), Paid(TWO, Decimal("7.00"), none, True)])
    assert amounts(lines) == [
        (Account.PEOPLE, "10.00"),
        (Account.BANK, "-10.00"),
        (Account.PEOPLE, "7.00"),
        (Account.CASH, "-7.00"),
    ]


def test_of_nothing_nothing_is_written():
    assert payment([Paid(ONE, Decimal("0.00"), Decimal("0.00"), False)]) == []


paid = st.lists(
    st.builds(Paid, participation=st.uuids(version=4), amount=grosze, tax=grosze, in_cash=st.booleans()),
    max_size=5,
)


@given(people, paid)
def test_every_person_makes_zero(entitled: list[Entitled], found: list[Paid]):
    for lines in (entitlement(entitled), payment(found)):
        assert all(total == 0 for total in sums(lines).values())


def test_screens_and_rules_name_the_same_accounts_and_events():
    assert [one.value for one in LedgerAccount] == [one.value for one in Account]
    assert [one.value for one in LedgerEvent] == [one.value for one in Event]
