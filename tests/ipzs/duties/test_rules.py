"""How long a duty holds, and which entry counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs import enums
from ipzs.rules.duties import Done, Effect, Rule, State, last_valid_day, standing

DAY = date(2026, 11, 20)
RULE = Rule(Effect.BLOCKS, 12, 30)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ENTRIES = st.lists(
    st.builds(
        lambda on, days: Done(on, on + timedelta(days=days) if days else None), DAYS, st.integers(0, 400)
    ),
    max_size=5,
)


def test_the_codes_are_those_of_the_table():
    assert {one.value for one in Effect} == set(enums.DutyEffect.values)


@pytest.mark.parametrize(
    ("done_on", "months", "last"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 3, 2), None, None),
    ],
)
def test_a_term_ends_on_the_day_before(done_on: date, months: int | None, last: date | None):
    assert last_valid_day(done_on, months) == last


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, State.VALID),
        (DAY + timedelta(days=31), State.VALID),
        (DAY + timedelta(days=30), State.ENDING),
        (DAY, State.ENDING),
        (DAY - timedelta(days=1), State.EXPIRED),
    ],
)
def test_a_duty_is_valid_to_the_end_of_its_last_day(until: date | None, state: State):
    assert standing(RULE, [Done(date(2026, 1, 5), until)], [], DAY).state is state


def test_nothing_done_yet_is_missing_and_so_is_what_comes_later():
    assert standing(RULE, [], [], DAY).state is State.MISSING
    assert standing(RULE, [Done(DAY + timedelta(days=1))], [], DAY).is_missing


def test_the_newest_entry_has_the_last_word_even_when_it_is_shorter():
    long = Done(date(2026, 1, 5), date(2028, 1, 5))
    short = Done(date(2026, 5, 5), date(2026, 6, 5))
    assert standing(RULE, [long, short], [], DAY).until == date(2026, 6, 5)


def test_of_things_in_use_the_first_to_wear_out_counts():
    things = [
        Done(date(2026, 1, 5), DAY + timedelta(days=90)),
        Done(date(2026, 2, 5), DAY - timedelta(days=2)),
    ]
    assert standing(RULE, [], things, DAY).state is State.EXPIRED
    assert standing(RULE, [], things[:1], DAY).state is State.VALID


@given(ENTRIES, ENTRIES, DAYS)
def test_a_standing_speaks_of_the_day_alone(entries: list[Done], things: list[Done], day: date):
    found = standing(RULE, entries, things, day)
    known = [one for one in entries if one.done_on <= day], [one for one in things if one.done_on <= day]
    assert found == standing(RULE, *known, day)
    assert found.is_missing == (not any(known) or (found.until is not None and found.until < day))
    said = found.sentence("szkolenie BHP")
    assert bool(said) == (found.state is not State.VALID)
    assert not said or said.endswith(".")
