"""What settings say without a database."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reintegration.administration.rules import Held, leaves_nobody_in_charge, read_fte, week_in_words
from reintegration.core.errors import InputError

TODAY = date(2026, 11, 20)
ALWAYS = Held(date(2020, 1, 1), None)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([1, 2, 3, 4, 5], "poniedziałek–piątek"),
        ([5, 4, 3], "środa–piątek"),
        ([1, 2], "pn., wt."),
        ([1, 3, 5], "pn., śr., pt."),
        ([7], "niedziela"),
    ],
)
def test_a_week_is_said_as_people_say_it(days: list[int], words: str):
    assert week_in_words(days) == words


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("1", "1"),
        ("0,5", "0.5"),
        (" 0.75 ", "0.75"),
        ("3/4", "0.75"),
        ("1/3", "0.333"),
        ("2/3", "0.667"),
        ("0", "0"),
        ("1/8", "0.125"),
    ],
)
def test_a_share_of_full_time_is_read_as_it_is_written(typed: str, share: str):
    assert read_fte(typed) == Decimal(share)


@pytest.mark.parametrize("typed", ["", "pół", "1/0", "1/2/3", "-1", "1e3", "9" * 50, "٣/٤", "1,2,3", "½"])
def test_what_is_no_share_is_refused_with_an_example(typed: str):
    with pytest.raises(InputError, match="na przykład 1, 0,5 albo 3/4"):
        read_fte(typed)


@pytest.mark.parametrize("typed", ["1,01", "2", "5/4"])
def test_more_than_full_time_is_refused(typed: str):
    with pytest.raises(InputError, match="od 0 do 1"):
        read_fte(typed)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_share(typed: str):
    with suppress(InputError):
        assert 0 <= read_fte(typed) <= 1


@pytest.mark.parametrize(
    ("before", "after", "others", "nobody"),
    [
        (ALWAYS, None, [], True),
        (ALWAYS, None, [ALWAYS], False),
        # Another who answers only later, or no more, is nobody today.
        (ALWAYS, None, [Held(day(1), None)], True),
        (ALWAYS, None, [Held(day(-9), day(-1))], True),
        (ALWAYS, None, [Held(day(-9), day(0))], False),
        # A role to come, or one that was over, took care of nothing today.
        (Held(day(5), None), None, [], False),
        (Held(day(-9), day(-1)), None, [], False),
        # An end that comes nearer leaves the day after it.
        (ALWAYS, Held(day(-9), day(7)), [], True),
        (ALWAYS, Held(day(-9), day(7)), [Held(day(8), None)], False),
        (ALWAYS, Held(day(-9), day(7)), [Held(day(9), None)], True),
        # An end that moves away, or stays, takes nobody away.
        (Held(day(-9), day(7)), Held(day(-9), day(8)), [], False),
        (Held(day(-9), day(7)), Held(day(-5), day(7)), [], False),
        (Held(day(-9), day(7)), Held(day(-9), None), [], False),
        # A first day that moves behind today leaves today.
        (ALWAYS, Held(day(1), None), [], True),
        (ALWAYS, Held(day(1), None), [ALWAYS], False),
        # An end in the past asks about today.
        (ALWAYS, Held(day(-9), day(-2)), [Held(day(0), None)], False),
    ],
)
def test_somebody_always_answers_for_an_organisation(before, after, others, nobody):
    assert leaves_nobody_in_charge(after=after, before=before, others=others, today=TODAY) is nobody
