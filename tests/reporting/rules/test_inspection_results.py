"""Terms of what follows an inspection: objections, recommendations, their check and the end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules import inspection_results as rules
from reporting.rules.inspection_results import Waits

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
DUE = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("today", "due", "objected", "replied", "waits"),
    [
        (date(2026, 11, 22), None, False, False, Waits.RECEIPT),
        (date(2026, 11, 22), DUE, False, False, Waits.TERM),
        # The last day is the unit's still.
        (date(2026, 12, 1), DUE, False, False, Waits.TERM),
        (date(2026, 12, 2), DUE, False, False, Waits.NOTHING),
        (date(2026, 11, 22), DUE, True, False, Waits.STAND),
        # After the term as before it: objections without a stand hold everything.
        (date(2027, 3, 1), DUE, True, False, Waits.STAND),
        (date(2026, 11, 23), DUE, True, True, Waits.NOTHING),
    ],
)
def test_recommendations_wait_for_the_protocol_to_be_settled(today, due, objected, replied, waits):
    assert rules.settling_waits(today, due=due, objected=objected, replied=replied) is waits


@pytest.mark.parametrize(
    ("objected", "due", "so"),
    [
        (date(2026, 12, 1), DUE, True),
        (date(2026, 12, 2), DUE, False),
        (date(2026, 12, 2), None, True),
    ],
)
def test_objections_have_a_term_from_the_receipt_on(objected, due, so):
    assert rules.in_time(objected, due) is so


@given(today=DAYS, due=DAYS)
def test_either_the_unit_may_object_or_the_office_may_settle(today, due):
    settles = rules.settling_waits(today, due=due, objected=False, replied=False) is Waits.NOTHING
    assert settles is not rules.in_time(today, due)


def test_a_recommendation_leaves_the_unit_two_weeks():
    assert rules.earliest_term(date(2026, 11, 22)) == date(2026, 12, 6)
    assert rules.proposed_term(date(2026, 11, 22)) == date(2026, 12, 22)


@given(today=DAYS)
def test_what_is_proposed_may_be_given(today):
    assert rules.proposed_term(today) >= rules.earliest_term(today) > today


@pytest.mark.parametrize(
    ("days", "answered", "fails", "late"),
    [(-1, False, False, False), (0, False, False, False), (1, False, True, True), (-1, True, True, False)],
)
def test_nobody_fails_before_the_term_without_an_answer(days, answered, fails, late):
    today = DUE + timedelta(days=days)
    assert rules.may_fail(today, due=DUE, answered=answered) is fails
    assert rules.is_late(today, due=DUE, waits=not answered) is late


@pytest.mark.parametrize(("checked", "ends"), [([], True), ([True, True], True), ([True, False], False)])
def test_an_inspection_ends_when_all_was_checked(checked, ends):
    assert rules.all_checked(checked) is ends
