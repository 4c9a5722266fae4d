"""What falls due when: the cases of a year, and what holds for every span."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.terms import Calendar, Kind, Term, terms
from reintegration.core.dates import DateSpan, Month


def on_the(day: int) -> Callable[[Month], date]:
    return lambda month: month.next.first.replace(day=day)


CIS = Calendar(pays=True, zus_due=on_the(15), claim_due=on_the(10))
KIS = Calendar(pays=False, zus_due=on_the(15), claim_due=lambda _: None)


def due(first: date, last: date, own: Calendar = CIS) -> list[tuple[Kind, date]]:
    return [(one.kind, one.day) for one in terms(DateSpan(first, last), own)]


def test_an_ordinary_month_has_three():
    assert due(date(2026, 12, 1), date(2026, 12, 31)) == [
        (Kind.CLAIM, date(2026, 12, 10)),
        (Kind.ZUS, date(2026, 12, 15)),
        # The 20th is a Sunday.
        (Kind.TAX, date(2026, 12, 21)),
    ]


@pytest.mark.parametrize(
    ("year", "kind", "day"),
    [
        # 31 January 2026 is a Saturday, 28 February 2026 too; 2028 is a leap year and 29 February a Tuesday.
        (2026, Kind.PIT_OFFICE, date(2026, 2, 2)),
        (2026, Kind.PIT_PEOPLE, date(2026, 3, 2)),
        (2028, Kind.PIT_PEOPLE, date(2028, 2, 29)),
        # The report's day is the day itself: 31 March 2024 was Easter Sunday.
        (2024, Kind.REPORT, date(2024, 3, 31)),
    ],
)
def test_the_terms_of_a_year_are_about_the_year_before(year: int, kind: Kind, day: date):
    found = [one for one in terms(DateSpan(date(year, 1, 1), date(year, 12, 31)), CIS) if one.kind is kind]
    assert found == [Term(day, kind, Month(year - 1, 12))]


def test_a_club_has_its_report_alone():
    assert due(date(2027, 1, 1), date(2027, 12, 31), KIS) == [(Kind.REPORT, date(2027, 3, 31))]


def test_without_an_agreement_nothing_is_asked_of_the_fund():
    own = Calendar(pays=True, zus_due=on_the(15), claim_due=lambda _: None)
    assert Kind.CLAIM not in dict(due(date(2026, 1, 1), date(2026, 12, 31), own))


days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(days, st.integers(0, 400), st.integers(0, 400))
def test_two_spans_side_by_side_say_what_one_says(first: date, length: int, more: int):
    middle = first + timedelta(days=length)
    last = middle + timedelta(days=more + 1)
    parts = due(first, middle) + due(middle + timedelta(days=1), last)
    assert parts == due(first, last)


@given(days)
def test_each_term_is_named_once(first: date):
    found = terms(DateSpan(first, first + timedelta(days=400)), CIS)
    assert len({(one.kind, one.about) for one in found}) == len(found)
    assert all(one.day > one.about.last for one in found)
