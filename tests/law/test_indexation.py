"""The warning that a 1 June has passed without the allowance."""

from datetime import date

import pytest

from reintegration.law.rules import missing_indexation

JUNE_26, JUNE_27 = date(2026, 6, 1), date(2027, 6, 1)


@pytest.mark.parametrize(
    ("today", "values", "missing"),
    [
        (date(2027, 5, 31), [JUNE_26], None),
        (date(2027, 6, 1), [JUNE_26], None),
        (date(2027, 6, 2), [JUNE_26], JUNE_27),
        (date(2027, 6, 2), [JUNE_26, JUNE_27], None),
        (date(2027, 12, 31), [JUNE_26], JUNE_27),
        (date(2028, 1, 1), [JUNE_26], JUNE_27),
        (date(2028, 1, 1), [JUNE_26, JUNE_27], None),
        (date(2027, 7, 1), [JUNE_26, date(2027, 6, 15)], JUNE_27),
        (date(2020, 9, 2), [date(2020, 6, 1), date(2020, 9, 1)], None),
        (date(2026, 11, 20), [], JUNE_26),
    ],
)
def test_the_last_first_of_june_needs_a_value(today, values, missing):
    assert missing_indexation(today, values) == missing
