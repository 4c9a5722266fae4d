"""How an entry stands on a day, by the act alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.errors import InputError
from reporting.rules.registers import (
    Decided,
    DecisionKind,
    Standing,
    check_end,
    horizon_of,
    last_day_of_status,
    prolongation_from,
    standing_on,
)

MAY = date(2022, 5, 1)
DAYS = st.dates(date(2010, 1, 1), date(2040, 1, 1))


def granted(since: date = MAY) -> Decided:
    return Decided(DecisionKind.GRANTED, since, last_day_of_status(since))


def test_a_status_is_for_five_years():
    assert last_day_of_status(MAY) == date(2027, 4, 30)
    assert last_day_of_status(date(2024, 2, 29)) == date(2029, 2, 27)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2022, 4, 30), Standing.AHEAD),
        (MAY, Standing.ACTIVE),
        (date(2027, 4, 30), Standing.ACTIVE),
        (date(2027, 5, 1), Standing.EXPIRED),
    ],
)
def test_a_status_runs_from_its_first_day_to_its_last(day: date, standing: Standing):
    assert standing_on([granted()], day) is standing


def test_a_prolongation_takes_over_and_a_loss_ends_everything():
    since = prolongation_from([granted()])
    assert since == date(2027, 5, 1)
    both = [granted(), Decided(DecisionKind.PROLONGED, since, last_day_of_status(since))]
    assert standing_on(both, date(2030, 1, 1)) is Standing.ACTIVE
    lost = [*both, Decided(DecisionKind.LOST, date(2025, 1, 1))]
    assert standing_on(lost, date(2024, 12, 31)) is Standing.ACTIVE
    assert standing_on(lost, date(2025, 1, 1)) is Standing.LOST
    assert standing_on(lost, date(2030, 1, 1)) is Standing.LOST


def test_a_club_has_no_term():
    club = [Decided(DecisionKind.ENTERED, MAY)]
    assert standing_on(club, date(2060, 1, 1)) is Standing.ACTIVE
    with pytest.raises(InputError):
        prolongation_from(club)
    with pytest.raises(InputError):
        check_end(club, MAY - timedelta(days=1))
    gone = [*club, Decided(DecisionKind.DELETED, date(2024, 1, 1))]
    assert standing_on(gone, date(2024, 1, 1)) is Standing.DELETED


@given(st.lists(DAYS, min_size=1, max_size=3, unique=True), DAYS, st.booleans())
def test_the_order_of_decisions_says_nothing(starts: list[date], day: date, ended: bool):
    decisions = [granted(one) for one in starts]
    if ended:
        decisions.append(Decided(DecisionKind.LOST, max(starts)))
    assert standing_on(decisions, day) is standing_on(list(reversed(decisions)), day)


@given(DAYS, st.integers(-10, 800))
def test_the_board_holds_what_runs_out_within_a_year(today: date, days: int):
    found = horizon_of(today + timedelta(days=days), today)
    if days < 0 or days > 366:
        assert found is None
    elif days <= 89:
        assert found == 3
    elif 92 < days <= 365:
        assert found in {6, 12}
