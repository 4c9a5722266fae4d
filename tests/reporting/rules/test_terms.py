"""Terms of the procedures: from the event, in days or a month, to a working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import add_months
from reporting.rules import procedures as rules

DAYS = st.dates(date(2004, 1, 1), date(2099, 12, 31))
NUMBERS = st.integers(rules.COMPLETION_DAYS, rules.MOST_DAYS)


@given(day=DAYS, days=NUMBERS)
def test_a_term_ends_on_the_first_working_day_from_its_last(day: date, days: int):
    last = day + timedelta(days=days)
    for due in (rules.completion_due(day, days), rules.letter_due(day, days)):
        assert is_working_day(due)
        assert due >= last
        assert not any(is_working_day(last + timedelta(days=one)) for one in range((due - last).days))
        assert (due - last).days <= rules.MOST_MOVED
        assert due.isoweekday() <= rules.LAST_WEEKDAY


@given(day=DAYS, days=NUMBERS, more=st.integers(0, 30))
def test_who_receives_later_or_has_more_days_is_not_earlier(day: date, days: int, more: int):
    due = rules.completion_due(day, days)
    assert rules.completion_due(day + timedelta(days=more), days) >= due
    assert rules.completion_due(day, days + more) >= due


@given(sent=DAYS, waited=st.integers(0, 200))
def test_the_month_of_a_decision_does_not_count_the_waiting(sent: date, waited: int):
    due = rules.decision_due(sent, waited)
    assert is_working_day(due)
    whole = add_months(sent, 1) + timedelta(days=waited)
    assert timedelta(0) <= due - whole <= timedelta(days=rules.MOST_MOVED)


@given(sent=DAYS)
def test_a_club_is_entered_by_a_working_day_and_tells_of_its_end_by_the_day_itself(sent: date):
    assert is_working_day(rules.entry_due(sent))
    assert rules.closing_due(sent) == sent + timedelta(days=rules.CLOSING_DAYS)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        # A Friday; the Saturday after it; the Sunday.
        (date(2026, 11, 20), 7, date(2026, 11, 27)),
        (date(2026, 11, 21), 7, date(2026, 11, 30)),
        (date(2026, 11, 22), 7, date(2026, 11, 30)),
        # The Independence Day of 2026 is a Wednesday.
        (date(2026, 11, 4), 7, date(2026, 11, 12)),
        # Christmas with its Eve, then a week's end: the longest run of days off.
        (date(2025, 12, 17), 7, date(2025, 12, 29)),
        # Easter Monday.
        (date(2027, 3, 20), 7, date(2027, 3, 30)),
    ],
)
def test_days_off_move_the_end(day: date, days: int, due: date):
    assert rules.completion_due(day, days) == due


def test_a_month_ends_on_its_last_day_where_the_number_is_missing():
    # 28 February 2027 is a Sunday.
    assert rules.decision_due(date(2027, 1, 31)) == date(2027, 3, 1)
    assert rules.decision_due(date(2028, 1, 31)) == date(2028, 2, 29)
