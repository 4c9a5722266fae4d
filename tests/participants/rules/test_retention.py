from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.retention import keep_until, may_be_erased

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("ended", [date(2026, 1, 1), date(2026, 12, 31)])
def test_ten_years_are_counted_from_the_end_of_the_year(ended):
    assert keep_until(ended) == date(2036, 12, 31)
    assert keep_until(ended, years=20) == date(2046, 12, 31)


def test_erasure_waits_for_the_term_and_for_a_legal_hold():
    last = date(2036, 12, 31)
    assert not may_be_erased(last, today=last)
    assert may_be_erased(last, today=date(2037, 1, 1))
    assert not may_be_erased(last, today=date(2037, 1, 1), held=True)
    assert not may_be_erased(None, today=date(2100, 1, 1))


@given(days, days)
def test_a_later_end_is_never_kept_shorter(one, other):
    first, last = sorted((one, other))
    assert keep_until(first) <= keep_until(last)
