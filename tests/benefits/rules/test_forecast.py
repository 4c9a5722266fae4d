"""The first payment, before anybody signs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from benefits.rules.forecast import Living, payments
from tests.benefits.rules.made import LAW, readings


def told(start: date, **given: Any) -> list[tuple[str, int, Decimal, date]]:
    asked = {"pit2": True, "payment_day": 10} | given
    return [
        (str(one.month), one.days_due, one.to_pay, one.paid_by)
        for one in payments(start, lambda month: readings(), LAW, **asked)
    ]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        # 2140.68 / 30 is 71.356.
        (
            date(2026, 11, 24),
            [
                ("2026-11", 7, Decimal("499.49"), date(2026, 12, 10)),
                ("2026-12", 30, Decimal("2140.68"), date(2027, 1, 10)),
            ],
        ),
        (
            date(2026, 12, 31),
            [
                ("2026-12", 1, Decimal("71.36"), date(2027, 1, 10)),
                ("2027-01", 30, Decimal("2140.68"), date(2027, 2, 10)),
            ],
        ),
        # February has 28 days; the second of them leaves 27 thirtieths.
        (
            date(2027, 2, 2),
            [
                ("2027-02", 27, Decimal("1926.61"), date(2027, 3, 10)),
                ("2027-03", 30, Decimal("2140.68"), date(2027, 4, 10)),
            ],
        ),
        # 30 of 31 days are a whole month in money.
        (
            date(2026, 10, 2),
            [
                ("2026-10", 30, Decimal("2140.68"), date(2026, 11, 10)),
                ("2026-11", 30, Decimal("2140.68"), date(2026, 12, 10)),
            ],
        ),
        (date(2026, 12, 1), [("2026-12", 30, Decimal("2140.68"), date(2027, 1, 10))]),
    ],
)
def test_the_first_payment_and_a_typical_one(start: date, found: list[Any]):
    assert told(start) == found


def test_without_pit2_the_tax_is_taken_off():
    ((_, _, paid, _),) = told(date(2026, 12, 1), pit2=False)
    assert paid == Decimal("2140.68") - 257


def test_the_unit_says_until_which_day_it_pays():
    assert [one[3] for one in told(date(2027, 1, 28), payment_day=28)] == [
        date(2027, 2, 28),
        date(2027, 3, 28),
    ]


def test_what_the_ops_gives_is_told_and_only_the_sum_is_counted():
    paid = Decimal("2140.68")
    both = Living(Decimal("1000.00"), Decimal("200.00"), paid)
    assert (both.total, both.change) == (Decimal("2340.68"), Decimal("1340.68"))
    less = Living(Decimal("3000.00"), Decimal("0.00"), paid)
    assert (less.change, less.loss) == (Decimal("-859.32"), Decimal("859.32"))
    # What nobody typed is not taken for nothing.
    assert Living(Decimal("1000.00"), None, paid).total is None
    assert Living(None, Decimal("1.00"), paid).change is None
