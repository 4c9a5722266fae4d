from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import UnitType
from participants.rules.retention import keep_all_until, keep_until, may_be_erased

CIS, KIS = UnitType.CIS, UnitType.KIS
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("ended", [date(2026, 1, 1), date(2026, 12, 31)])
def test_ten_years_are_counted_from_the_end_of_the_year(ended):
    assert keep_until(ended, unit_type=CIS) == date(2036, 12, 31)


def test_only_a_kis_chooses_its_years():
    assert keep_until(date(2026, 5, 1), unit_type=KIS) == date(2036, 12, 31)
    assert keep_until(date(2026, 5, 1), unit_type=KIS, kis_years=5) == date(2031, 12, 31)
    assert keep_until(date(2026, 5, 1), unit_type=CIS, kis_years=5) == date(2036, 12, 31)


def test_no_years_at_all_is_refused():
    with pytest.raises(ValueError, match="at least a year"):
        keep_until(date(2026, 5, 1), unit_type=KIS, kis_years=0)


def test_who_came_back_is_kept_from_the_last_end():
    assert keep_all_until([date(2020, 5, 1), date(2026, 5, 1)], unit_type=CIS) == date(2036, 12, 31)
    assert keep_all_until([date(2020, 5, 1), None], unit_type=CIS) is None
    with pytest.raises(ValueError, match="without any participation"):
        keep_all_until([], unit_type=CIS)


def test_erasure_waits_for_the_term_and_for_a_legal_hold():
    last = date(2036, 12, 31)
    assert not may_be_erased(last, today=last)
    assert may_be_erased(last, today=date(2037, 1, 1))
    assert not may_be_erased(last, today=date(2037, 1, 1), held=True)
    assert not may_be_erased(None, today=date(2100, 1, 1))


@given(days, days)
def test_a_later_end_is_never_kept_shorter(one, other):
    first, last = sorted((one, other))
    assert keep_until(first, unit_type=CIS) <= keep_until(last, unit_type=CIS)


@given(st.lists(days, min_size=1))
def test_the_term_of_many_is_the_longest(ends):
    assert keep_all_until(ends, unit_type=CIS) == max(keep_until(day, unit_type=CIS) for day in ends)
