"""One tax of a person: on all lines of a list, on all payments of a month, by PIT-2 of the day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.month import advance
from benefits.rules.tax import Pit2, Said, pit2_on, spread, used_by
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from tests.benefits.rules.made import LAW

AMOUNTS = st.decimals(min_value=0, max_value=9000, places=2)


@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.booleans())
def test_the_parts_make_the_tax_and_nobody_is_paid_less_than_nothing(incomes: list[Decimal], pit2: bool):
    tax = advance(sum(incomes, ZERO), pit2=pit2, month=Month(2026, 10), law=LAW)
    parts = spread(tax, incomes)
    assert sum(parts, ZERO) == tax
    assert all(ZERO <= part <= income for part, income in zip(parts, incomes, strict=True))
    assert spread(tax, incomes) == parts


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_one_line_bears_it_where_one_can(incomes: list[Decimal]):
    """Twelve parts of a hundred of eight lines are less than the largest of them."""
    tax = advance(sum(incomes, ZERO), pit2=False, month=Month(2026, 10), law=LAW)
    if tax <= max(incomes):
        assert sum(part > 0 for part in spread(tax, incomes)) <= 1


def test_what_one_line_cannot_bear_goes_to_the_next():
    hundred = Decimal(100)
    assert spread(Decimal(150), [Decimal(90), hundred, Decimal(20)]) == (Decimal(50), hundred, ZERO)
    assert spread(Decimal(50), [hundred, hundred]) == (Decimal(50), ZERO)


OCTOBER = Month(2026, 10)
REDUCTION = LAW.amount("tax_monthly_reduction", OCTOBER.first)


def taxed_in_turn(incomes: list[Decimal], pit2: bool) -> tuple[list[Decimal], Decimal]:
    """The tax of payments of one month, one after the other, and what they took of the reduction."""
    used, found = ZERO, []
    for income in incomes:
        found.append(advance(income, pit2=pit2, month=OCTOBER, law=LAW, used=used))
        used += used_by(income, found[-1], OCTOBER, LAW)
    return found, used


def test_two_payments_of_a_month_are_reduced_once():
    whole_benefit, late = Decimal("2140.68"), Decimal("500.00")
    assert taxed_in_turn([whole_benefit, late], pit2=True) == ([ZERO, Decimal(17)], Decimal("299.92"))
    assert taxed_in_turn([whole_benefit, whole_benefit], pit2=True)[0] == [ZERO, Decimal(214)]
    assert taxed_in_turn([whole_benefit, late], pit2=False) == ([Decimal(257), Decimal(60)], ZERO)


@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.booleans())
def test_payments_of_a_month_are_taxed_as_one_but_for_the_rounding(incomes: list[Decimal], pit2: bool):
    """Each payment rounds its income and its tax, so each may differ by less than a złoty."""
    taxes, used = taxed_in_turn(incomes, pit2)
    together = advance(sum(incomes, ZERO), pit2=pit2, month=OCTOBER, law=LAW)
    assert abs(sum(taxes, ZERO) - together) <= len(incomes)
    assert used <= REDUCTION + len(incomes) if pit2 else not used


@given(AMOUNTS, AMOUNTS, st.booleans())
def test_a_payment_before_never_makes_the_tax_smaller(income: Decimal, used: Decimal, pit2: bool):
    alone = advance(income, pit2=pit2, month=OCTOBER, law=LAW)
    without = advance(income, pit2=False, month=OCTOBER, law=LAW)
    assert alone <= advance(income, pit2=pit2, month=OCTOBER, law=LAW, used=used) <= without


def said(
    since: str, *, pit2: bool = True, filed: str = "", ended: str = "", opened: str = "2026-03-02"
) -> Said:
    """Filed on the day from which it holds, unless a case says otherwise."""
    day = date.fromisoformat
    return Said(
        day(since),
        pit2,
        day(filed or since) if pit2 or filed else None,
        day(opened),
        day(ended) if ended else None,
    )


LEFT = "2026-10-31"
HOLDS, NONE, OVER = Pit2(holds=True), Pit2(), Pit2(over=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], NONE),
        ([said("2026-12-01")], NONE),
        ([said("2026-03-01")], HOLDS),
        ([said("2026-03-01"), said("2026-11-01", pit2=False, filed="2026-10-30")], NONE),
        # The last day is still one of the participation.
        ([said("2026-03-01", ended="2026-11-10")], HOLDS),
        ([said("2026-03-01", ended="2026-11-09")], OVER),
        # Filed anew by whoever has left.
        ([said("2026-03-01", ended=LEFT), said("2026-11-01", filed="2026-11-03", ended=LEFT)], HOLDS),
        # Another participation that goes on: what was filed in it is not of the one that ended.
        ([said("2026-03-01", ended=LEFT), said("2026-11-01", opened="2026-11-02")], HOLDS),
        ([said("2026-09-01", ended=LEFT), said("2026-03-01", pit2=False, opened="2026-01-02")], NONE),
        # Taken back before the end, it does not come back with it.
        ([said("2026-03-01"), said("2026-10-01", pit2=False, filed="2026-09-20", ended=LEFT)], NONE),
    ],
)  # fmt: skip
def test_pit_2_on_the_day_of_the_payment(words: list[Said], expected: Pit2):
    assert pit2_on(date(2026, 11, 10), words) == expected
