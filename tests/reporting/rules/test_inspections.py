"""Days of access, the sample that can be drawn again, terms, and what the checklist asks."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.core.calendar_pl import is_working_day
from reporting.rules import checklist
from reporting.rules import inspections as rules

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
KEYS = st.lists(st.uuids(), max_size=60, unique=True)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=32)


@pytest.mark.parametrize(
    ("frame", "size"),
    [(0, 0), (1, 1), (4, 4), (5, 5), (25, 5), (26, 6), (100, 10), (101, 11), (2500, 50), (9000, 50)],
)
def test_the_sample_is_the_square_root_within_its_bounds(frame: int, size: int):
    assert rules.proposed_size(frame) == size


def test_a_draw_is_known_for_ever():
    keys = [uuid5(UUID(int=1), str(number)) for number in range(30)]
    assert rules.draw(keys, size=3, seed="ziarno") == rules.draw(keys[::-1], size=3, seed="ziarno")
    drawn = [str(key)[:8] for key in rules.draw(keys, size=3, seed="ziarno")]
    assert drawn == ["a5ec5fb0", "dd118527", "81b09d48"]
    assert rules.draw(keys, size=3, seed="inne") != rules.draw(keys, size=3, seed="ziarno")


@given(frame=KEYS, size=st.integers(0, 70), seed=SEEDS, shuffled=st.randoms())
def test_a_draw_depends_on_seed_and_frame_alone(frame, size, seed, shuffled):
    drawn = rules.draw(frame, size=size, seed=seed)
    again = list(frame)
    shuffled.shuffle(again)
    assert rules.draw([*again, *again], size=size, seed=seed) == drawn
    assert rules.digest_of(again) == rules.digest_of(frame)
    assert len(set(drawn)) == len(drawn) == min(size, len(frame))
    assert set(drawn) <= set(frame)
    # More files of the same seed keep those that were drawn before.
    assert rules.draw(frame, size=size + 5, seed=seed)[:size] == drawn


def test_every_file_is_drawn_about_as_often():
    keys = [uuid5(UUID(int=2), str(number)) for number in range(20)]
    times = dict.fromkeys(keys, 0)
    for seed in range(600):
        for key in rules.draw(keys, size=5, seed=str(seed)):
            times[key] += 1
    assert sum(times.values()) == 3000
    assert min(times.values()) > 100
    assert max(times.values()) < 200


@given(frame=KEYS, gone=st.integers(0, 59))
def test_another_frame_has_another_digest(frame, gone):
    if gone < len(frame):
        assert rules.digest_of(frame) != rules.digest_of(frame[:gone] + frame[gone + 1 :])


@given(since=DAYS, length=st.integers(0, 119), at=st.integers(-5, 130))
def test_access_holds_from_its_first_day_to_its_last(since, length, at):
    until, today = since + timedelta(days=length), since + timedelta(days=at)
    assert rules.may_look(today, since=since, until=until, ended=False) == (0 <= at <= length)
    assert not rules.may_look(today, since=since, until=until, ended=True)
    if 0 <= at <= length:
        assert rules.days_left(today, until) == length - at + 1


def test_access_lasts_sixty_days_and_twice_that_with_extensions():
    first = date(2026, 11, 2)
    assert rules.latest_end(first) == date(2026, 12, 31)
    assert rules.latest_end(first, extended=True) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 11, 2), 7, date(2026, 11, 12)),  # 11 November is off, and a week's end lies between
        (date(2026, 11, 13), 7, date(2026, 11, 24)),
        (date(2026, 12, 18), 7, date(2026, 12, 31)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),
    ],
)
def test_objections_are_made_in_working_days(received: date, days: int, due: date):
    assert rules.objections_due(received, days) == due


@given(received=DAYS, days=st.integers(rules.OBJECTION_DAYS, rules.MOST_OBJECTION_DAYS))
def test_the_term_of_objections_holds_so_many_working_days(received, days):
    due = rules.objections_due(received, days)
    assert is_working_day(due)
    between = range(1, (due - received).days + 1)
    assert sum(is_working_day(received + timedelta(days=one)) for one in between) == days
    assert (due - received).days <= 2 * days + 10


@pytest.mark.parametrize("unit_type", ["CIS", "KIS"])
def test_every_point_has_its_article_and_stands_once(unit_type: str):
    points = checklist.CATALOGUE[unit_type]
    assert len({point.code for point in points}) == len(points)
    for point in points:
        assert point.article
        assert point.asks.endswith(".")
        assert bool(point.fact) == bool(point.says)
        assert point.area in checklist.areas_for(unit_type)
        assert checklist.find(unit_type, point.code) is point
    # Each area is there for something.
    assert {point.area for point in points} == set(checklist.areas_for(unit_type))


def test_the_checklist_asks_of_the_scope_alone():
    assert {point.area for point in checklist.points_for("CIS", ["staff", "hours"])} == {"staff", "hours"}
    assert checklist.points_for("KIS", ["benefits"]) == []
    assert checklist.draws_files(["hours"])
    assert not checklist.draws_files(["documents", "staff", "reports"])


def test_a_fact_is_said_with_its_number():
    point = checklist.find("CIS", "F2")
    assert checklist.said(point, {"late_programme": (2, 40)}) == (
        "Akt bez programu podpisanego do pierwszego dnia: 2 z 40."
    )
    assert checklist.said(point, {"late_programme": (0, 0)}) == ""
    assert checklist.said(point, {}) == ""
    assert checklist.said(checklist.find("CIS", "H2"), {"": (1, 1)}) == ""
