"""Whatever an event posts makes zero, for each person by itself."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import LedgerAccount, LedgerEvent
from benefits.rules.ledger import (
    Account,
    Entitled,
    Event,
    Paid,
    Post,
    claimed,
    cut,
    entitlement,
    given_back,
    paid_again,
    payment,
    received,
    returned,
    to_tax_office,
    to_zus,
)

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


def sums(lines: list[Post]) -> dict[UUID | None, Decimal]:
    found: defaultdict[UUID | None, Decimal] = defaultdict(Decimal)
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


def test_a_transfer_that_came_back_is_owed_again_without_its_tax():
    amount = Decimal("1883.68")
    back, again = returned(ONE, amount), paid_again(ONE, amount, in_cash=True)
    assert amounts(back) == [(Account.BANK, "1883.68"), (Account.PEOPLE, "-1883.68")]
    assert amounts(again) == [(Account.PEOPLE, "1883.68"), (Account.CASH, "-1883.68")]


def test_what_the_fund_does_not_give_is_the_units_own():
    asked = claimed([(ONE, Decimal("2729.80")), (TWO, Decimal("-10.00"))])
    assert amounts(asked) == [
        (Account.LABOUR_FUND, "2729.80"),
        (Account.REFUNDS, "-2729.80"),
        (Account.LABOUR_FUND, "-10.00"),
        (Account.REFUNDS, "10.00"),
    ]
    assert amounts(cut([(ONE, Decimal("2729.80"))])) == [
        (Account.LABOUR_FUND, "-2729.80"),
        (Account.REFUNDS, "2729.80"),
    ]


def test_offices_are_paid_and_pay_in_one_sum():
    one = Decimal("1.00")
    for lines, owed, way in (
        (to_zus(one), Account.ZUS, 1),
        (to_tax_office(one), Account.TAX, 1),
        (given_back(one), Account.LABOUR_FUND, 1),
        (received(one), Account.LABOUR_FUND, -1),
    ):
        assert {line.account: line.amount for line in lines} == {owed: way * one, Account.BANK: -way * one}
        assert sums(lines) == {None: 0}


paid = st.lists(
    st.builds(Paid, participation=st.uuids(version=4), amount=grosze, tax=grosze, in_cash=st.booleans()),
    max_size=5,
)


asked_for = st.lists(st.tuples(st.uuids(version=4), signed), max_size=5)


@given(people, paid, asked_for)
def test_every_person_makes_zero(
    entitled: list[Entitled], found: list[Paid], asked: list[tuple[UUID, Decimal]]
):
    for lines in (entitlement(entitled), payment(found), claimed(asked), cut(asked)):
        assert all(total == 0 for total in sums(lines).values())


def test_screens_and_rules_name_the_same_accounts_and_events():
    assert [one.value for one in LedgerAccount] == [one.value for one in Account]
    assert [one.value for one in LedgerEvent] == [one.value for one in Event]
