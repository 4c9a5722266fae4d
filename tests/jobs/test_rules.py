"""When a job is tried again and when a period begins: pure functions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.jobs.rules import LONGEST_DELAY, WARSAW, Daily, Every, delay_before

INSTANTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)
PERIODS = st.sampled_from(
    [Every(1), Every(10), Every(720), Daily(4, 10), Daily(5, day=1), Daily(6, day=28, month=2), Daily(0)]
)


def test_the_delay_doubles_to_an_hour():
    delays = [delay_before(attempt, spread=1.0) for attempt in range(1, 12)]
    assert delays[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert delays[-1] == LONGEST_DELAY
    assert delay_before(10_000, spread=1.0) == LONGEST_DELAY


@given(INSTANTS, PERIODS)
def test_a_period_began_before_now_and_is_its_own_beginning(at, period):
    began = period.latest(at)
    assert began <= at
    assert period.latest(began) == began


@given(INSTANTS, INSTANTS, PERIODS)
def test_a_later_instant_never_lies_in_an_earlier_period(one, other, period):
    first, second = sorted([one, other])
    assert period.latest(first) <= period.latest(second)


@pytest.mark.parametrize(
    ("period", "at", "began"),
    [
        (Every(10), "2026-11-20 10:59:59", "2026-11-20 10:50"),
        (Daily(4, 10), "2026-11-20 04:09:59", "2026-11-19 04:10"),
        (Daily(4, 10), "2026-11-20 04:10", "2026-11-20 04:10"),
        # The nights in which the clocks change have their hour once too.
        (Daily(3, 40), "2026-03-29 12:00", "2026-03-29 03:40"),
        (Daily(3, 40), "2026-10-25 12:00", "2026-10-25 03:40"),
        (Daily(5, day=1), "2026-03-01 04:59", "2026-02-01 05:00"),
        (Daily(6, day=28, month=2), "2028-02-29 12:00", "2028-02-28 06:00"),
        (Daily(6, day=1, month=6), "2026-05-31 12:00", "2025-06-01 06:00"),
    ],
)
def test_the_latest_period(period, at, began):
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=WARSAW)

    assert period.latest(local(at)) == local(began)


def test_a_year_of_days_has_each_day_once():
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    seen = [Daily(1, 30).latest(start + timedelta(days=day)) for day in range(365)]
    assert len(set(seen)) == 365


@pytest.mark.parametrize(
    "make",
    [
        lambda: Every(7),
        lambda: Every(0),
        lambda: Daily(2, 30),
        lambda: Daily(4, day=31),
        lambda: Daily(4, month=6),
    ],
)
def test_a_period_that_would_slip_is_refused(make):
    with pytest.raises(ValueError, match=r"\w"):
        make()
