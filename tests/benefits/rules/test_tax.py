"""One tax of a person, put on all the lines that the person has on a list."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.month import advance
from benefits.rules.tax import spread
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
