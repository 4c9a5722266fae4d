from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.balances import DayReadings, Facts, Opening
from ipzs.rules.codes import AlertKind, MarkKind, SickPool, UnexcusedLimit
from ipzs.rules.hours import WeekLimits, week_hours, week_of
from ipzs.rules.warnings import (
    early_absences,
    ends_soon,
    few_hours,
    many_sick_days,
    silence,
    third_unexcused,
)
from reintegration.core.dates import DateSpan, Month
from tests.ipzs.rules.course import FIRST, LIMITS, LITERAL, facts, leave

MARCH = Month(2026, 3)
TODAY = date(2026, 11, 20)


def january(*days, kind="unexcused"):
    return [(date(2026, 1, day), kind) for day in days]


def march(*days, kind="unexcused"):
    return [(date(2026, 3, day), kind) for day in days]


# Two absences in the first four weeks


def test_the_second_early_absence_is_told():
    assert early_absences(facts(*january(14))) is None
    found = early_absences(facts(*january(14, 20), (date(2026, 1, 22), "excused")))
    assert (found.kind, found.day) == (AlertKind.EARLY_ABSENCES, date(2026, 1, 20))
    assert found.sentence.startswith("3 nieobecności w pierwszych czterech tygodniach: 14, 20 i 22 stycznia.")


def test_a_sick_leave_is_one_absence():
    ill = facts(leaves=(leave(date(2026, 1, 19), date(2026, 1, 23)),))
    assert early_absences(ill) is None
    again = facts(*january(28), leaves=(leave(date(2026, 1, 19), date(2026, 1, 23)),))
    assert early_absences(again).day == date(2026, 1, 28)
    twice = facts(
        leaves=(leave(date(2026, 1, 14), date(2026, 1, 15)), leave(date(2026, 1, 19), date(2026, 1, 19)))
    )
    assert early_absences(twice).day == date(2026, 1, 19)


@pytest.mark.parametrize("kind", ["present", "free", "employer", "closed"])
def test_days_that_were_agreed_are_no_absences(kind):
    assert early_absences(facts(*january(14, 20), *january(21, 22, kind=kind))) is not None
    assert early_absences(facts(*january(14), *january(21, 22, kind=kind))) is None


def test_four_weeks_end_on_the_twenty_eighth_day():
    last = FIRST + timedelta(days=27)
    assert early_absences(facts(*january(14), (last, "unexcused"))) is not None
    assert early_absences(facts(*january(14), (last + timedelta(days=1), "unexcused"))) is None
    assert early_absences(facts(*january(11, 14))) is None
    assert early_absences(Facts(())) is None


# The third unexcused day


def third(known, reading=LITERAL):
    return third_unexcused(known, MARCH, limits=LIMITS, readings=reading)


def test_the_third_unexcused_day_is_told_with_what_the_next_would_do():
    assert third(facts(*march(2, 5))) is None
    found = third(facts(*march(2, 5, 12), *january(14)))
    assert found.day == date(2026, 3, 12)
    assert found.sentence == (
        "3 dni nieusprawiedliwione w marcu 2026. "
        "Następny zabierze całe świadczenie za miesiąc. (art. 15 ust. 7)"
    )


def test_after_the_fourth_the_month_is_lost():
    found = third(facts(*march(2, 5, 12, 13)))
    assert found.day == date(2026, 3, 12)
    assert "nie przysługuje" in found.sentence


def test_days_in_no_row_threaten_nothing_where_only_a_row_counts():
    row = DayReadings(unexcused=UnexcusedLimit.CONSECUTIVE)
    assert third(facts(*march(2, 5, 12)), row).sentence == "3 dni nieusprawiedliwione w marcu 2026."
    assert "Następny z rzędu zabierze" in third(facts(*march(5, 6, 9)), row).sentence


def test_days_before_the_unit_began_here_count():
    opening = Opening(date(2026, 3, 10), unexcused=2)
    assert third(facts(opening=opening)) is None
    assert third(facts(*march(12), opening=opening)).day == date(2026, 3, 12)
    assert third(facts(opening=Opening(date(2026, 3, 10), unexcused=3))).day == date(2026, 3, 10)


# The fifteenth day of sickness


def sick(known, reading=LITERAL):
    return many_sick_days(known, limits=LIMITS, readings=reading)


def test_the_fifteenth_day_of_sickness_is_told():
    assert sick(facts(leaves=(leave(date(2026, 3, 2), date(2026, 3, 15)),))) is None
    found = sick(facts(leaves=(leave(date(2026, 3, 2), date(2026, 3, 17)),)))
    assert found.day == date(2026, 3, 16)
    assert found.sentence == "16 dni choroby z 21. Do limitu: 5 dni. (art. 15 ust. 7a)"


def test_over_the_limit_it_says_what_follows():
    found = sick(facts(leaves=(leave(date(2026, 3, 2), date(2026, 3, 23)),)))
    assert found.day == date(2026, 3, 16)
    assert found.sentence.startswith("22 dni choroby, limit to 21.")


def test_a_new_pool_begins_anew():
    ill = facts(leaves=(leave(date(2026, 12, 20), date(2027, 1, 20)),))
    own = DayReadings(sick_pool=SickPool.PER_EXTENSION)
    assert sick(ill, own) is None
    assert sick(ill).day == date(2027, 1, 3)


def test_sickness_before_the_unit_began_here_counts():
    opening = Opening(date(2026, 3, 10), sick_main=16)
    found = sick(facts(leaves=(leave(date(2026, 3, 12), date(2026, 3, 12)),), opening=opening))
    assert (found.day, found.sentence[:15]) == (date(2026, 3, 12), "17 dni choroby ")


# Hours


def test_a_whole_week_below_thirty_hours_is_told_on_its_last_day():
    week = week_of(date(2026, 11, 16))
    limits = WeekLimits(30, 40, 35, 7)
    always = (DateSpan(date(2026, 1, 1)),)

    def hours(each, off):
        minutes = dict.fromkeys(list(week)[:5], each * 60)
        return few_hours(week_hours(week, minutes, taking_part=always, off=off, limits=limits))

    assert hours(6, {}) is None
    found = hours(5, {})
    assert (found.kind, found.day) == (AlertKind.FEW_HOURS, date(2026, 11, 22))
    assert "25 godzin" in found.sentence
    assert hours(5, {date(2026, 11, 17): "inwentaryzacja"}) is None


# Silence


def test_fourteen_days_without_an_entry_are_told():
    since = date(2026, 1, 12)
    assert silence(date(2026, 11, 7), since=since, today=TODAY) is None
    found = silence(date(2026, 11, 6), since=since, today=TODAY)
    assert (found.day, found.sentence) == (
        TODAY,
        "Od 14 dni nie ma nowego wpisu. Ostatni: 6 listopada.",
    )
    assert silence(None, since=date(2026, 11, 7), today=TODAY) is None
    assert silence(None, since=date(2026, 11, 5), today=TODAY).sentence == "Od 15 dni nie ma żadnego wpisu."


# The end


def test_the_end_of_a_programme_is_told_from_the_sixtieth_day():
    assert ends_soon(date(2027, 1, 20), today=TODAY) is None
    found = ends_soon(date(2027, 1, 19), today=TODAY)
    assert found.day == TODAY
    assert found.sentence.startswith("Program kończy się za 60 dni, 19 stycznia 2027.")
    assert ends_soon(TODAY, today=TODAY) is not None
    assert ends_soon(TODAY - timedelta(days=1), today=TODAY) is None


# Properties


@given(st.dictionaries(st.integers(0, 40), st.sampled_from(MarkKind), max_size=20))
def test_an_early_warning_waits_for_the_second_day(marks):
    known = facts(*((FIRST + timedelta(days=step), kind) for step, kind in marks.items()))
    missed = sorted(step for step, kind in marks.items() if kind in {MarkKind.UNEXCUSED, MarkKind.EXCUSED})
    ill = sorted(step for step, kind in marks.items() if kind is MarkKind.SICK)
    begun = [step for step in ill if step - 1 not in ill]
    steps = sorted(step for step in (*missed, *begun) if step < 28)
    found = early_absences(known)
    assert (found is not None) is (len(steps) >= 2)
    assert found is None or found.day == FIRST + timedelta(days=steps[1])


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_warnings_that_wait_for_a_day_hold_from_it(day, today):
    found = silence(day, since=date(2025, 1, 1), today=today)
    assert (found is not None) is ((today - day).days >= 14)
    assert found is None or found.day <= today
    ending = ends_soon(day, today=today)
    assert (ending is not None) is (0 <= (day - today).days <= 60)
    assert ending is None or ending.day <= today
