from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.codes import Standing
from ipzs.rules.hours import TeachingRule, WeekLimits, crowded, teaching_hours, week_hours, week_of, weeks_of
from ipzs.rules.plan import off_days
from reintegration.core.dates import DateSpan, Month

LIMITS = WeekLimits(least=30, most=40, disability_most=35, disability_day_most=7)
ALWAYS = (DateSpan(date(2026, 1, 1)),)
WEEK = week_of(date(2026, 11, 20))
HOLIDAY_WEEK = week_of(date(2026, 11, 11))


def week(hours, span=WEEK, *, taking_part=ALWAYS, off=None, disabled=False):
    minutes = {day: round(each * 60) for day, each in zip(span, hours, strict=False)}
    return week_hours(
        span,
        minutes,
        taking_part=taking_part,
        off=off_days(span) if off is None else off,
        limits=LIMITS,
        disabled=disabled,
    )


def test_a_week_runs_from_monday_to_sunday():
    assert DateSpan(date(2026, 11, 16), date(2026, 11, 22)) == WEEK
    assert [span.first for span in weeks_of(Month(2026, 11))] == [
        date(2026, 10, 26),
        *(date(2026, 11, day) for day in (2, 9, 16, 23, 30)),
    ]


@pytest.mark.parametrize(
    ("hours", "standing"),
    [
        ([6] * 5, Standing.ENOUGH),
        ([8] * 5, Standing.ENOUGH),
        ([6, 6, 6, 6, 5.5], Standing.BELOW),
        ([8, 8, 8, 8, 8, 1], Standing.ABOVE),
        ([5] * 6, Standing.ENOUGH),
    ],
)
def test_a_whole_week_has_thirty_to_forty_hours(hours, standing):
    found = week(hours)
    assert found.standing is standing
    assert not found.because
    assert bool(found.sentences) is (standing is not Standing.ENOUGH)


def test_too_few_hours_are_told_with_the_article():
    assert week([6, 6, 6, 6, 5.5]).sentences == (
        "Tydzień 16–22.11.2026 ma 29 godzin 30 minut, powinien mieć co najmniej 30 godzin. (art. 14 ust. 1)",
    )


def test_a_disability_lowers_the_week_and_the_day():
    assert week([7] * 5, disabled=True).sentences == ()
    found = week([8, 7, 7, 7, 7], disabled=True)
    assert found.standing is Standing.ABOVE
    assert "najwyżej 35 godzin" in found.sentences[0]
    assert found.sentences[1].startswith("16.11.2026: 8 godzin, przy tym stopniu niepełnosprawności")
    assert week([8, 7, 5, 5, 5], disabled=True).standing is Standing.ENOUGH
    assert len(week([8, 7, 5, 5, 5], disabled=True).sentences) == 1


def test_a_week_with_a_holiday_asks_for_four_fifths():
    found = week([6, 6, 0, 6, 6], HOLIDAY_WEEK)
    assert (found.standing, found.owed) == (Standing.ENOUGH, 24 * 60)
    assert len(found.sentences) == 1
    assert found.sentences[0].startswith("To tydzień niepełny: śr. ")


def test_a_short_week_in_part_is_never_below_thirty():
    found = week([6, 6, 0, 6, 5], HOLIDAY_WEEK)
    assert found.standing is Standing.PART_SHORT
    assert found.sentences[0] == "Tydzień 9–15.11.2026 ma 23 godziny; na jego dni wypada 24 godziny."


def test_the_first_week_begins_on_its_first_day():
    found = week([6] * 5, taking_part=[DateSpan(date(2026, 11, 19))])
    assert (found.minutes, found.owed, found.standing) == (12 * 60, 12 * 60, Standing.ENOUGH)
    assert found.because[0] == "pn. poza okresem uczestnictwa"
    assert len(found.because) == 3


def test_a_week_outside_the_participation_asks_for_nothing():
    found = week([6] * 5, taking_part=[DateSpan(date(2026, 12, 1))])
    assert (found.minutes, found.owed, found.standing, found.sentences) == (0, 0, Standing.ENOUGH, ())


def test_a_holiday_on_saturday_changes_nothing():
    week_of_15_august = week_of(date(2026, 8, 15))
    assert not week([6] * 5, week_of_15_august).because


def test_days_of_sickness_are_not_asked_for_when_attended_hours_are_counted():
    found = week([0, 0, 6, 6, 6], off={date(2026, 11, 16): "choroba", date(2026, 11, 17): "choroba"})
    assert (found.standing, found.owed) == (Standing.ENOUGH, 18 * 60)


@given(
    st.lists(st.integers(0, 9), min_size=7, max_size=7),
    st.sets(st.integers(0, 6)),
    st.integers(-2, 8),
    st.booleans(),
)
def test_a_week_says_one_thing(hours, off, begins, disabled):
    days = list(WEEK)
    start = date.fromordinal(WEEK.first.toordinal() + begins)
    found = week(
        hours, taking_part=[DateSpan(start)], off={days[one]: "wolne" for one in off}, disabled=disabled
    )
    counted = [hour for hour, day in zip(hours, days, strict=True) if day >= start]
    missing = sum(day < start or index in off for index, day in enumerate(days[:5]))
    assert found.minutes == 60 * sum(counted)
    assert found.owed == 60 * 6 * (5 - missing)
    assert (found.standing is Standing.ABOVE) is (sum(counted) > (35 if disabled else 40))
    assert (found.standing is Standing.BELOW) is (missing == 0 and sum(counted) < 30)


# A month of a KIS


def month_of(group, individual, *, since=date(2026, 1, 1), rule=None):
    return teaching_hours(
        Month(2026, 11),
        group_minutes=group,
        individual_minutes=individual,
        taking_part=[DateSpan(since)],
        rule=rule,
    )


def test_group_and_individual_hours_make_one_balance():
    found = month_of(30 * 45, 10 * 45)
    assert (found.total, found.left, found.standing) == (40, 0, Standing.ENOUGH)
    assert found.sentence == "40 godzin dydaktycznych z 40, w grupie i indywidualnie razem."


def test_a_minute_less_is_less():
    found = month_of(30 * 45, 10 * 45 - 1)
    assert (found.left, found.standing) == (Fraction(1, 45), Standing.BELOW)
    assert found.sentence.startswith("39 godzin dydaktycznych z 40")


def test_a_month_in_part_asks_for_its_share():
    found = month_of(20 * 45, 0, since=date(2026, 11, 16))
    assert (found.owed, found.standing) == (20, Standing.ENOUGH)
    assert found.sentence.endswith("Miesiąc niepełny: 15 z 30 dni.")
    assert month_of(19 * 45, 0, since=date(2026, 11, 16)).standing is Standing.PART_SHORT


def test_a_unit_may_ask_for_other_hours():
    assert month_of(600, 0, rule=TeachingRule(hours=10, minutes_of_hour=60)).standing is Standing.ENOUGH


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_it_does_not_matter_where_the_hours_were(group, individual):
    found, swapped = month_of(group, individual), month_of(individual, group)
    assert (found.total, found.left, found.standing) == (swapped.total, swapped.left, swapped.standing)
    assert found.total * 45 == group + individual


# Leaders


@pytest.mark.parametrize(
    ("participants", "leaders", "said"),
    [
        (0, 0, None),
        (10, 1, None),
        (20, 2, None),
        (5, 0, "Te zajęcia nie mają prowadzącego."),
        (11, 1, "Na jednego prowadzącego przypada 11 osób, powinno być najwyżej 10. (art. 11 ust. 3)"),
        (43, 2, "Na jednego prowadzącego przypadają 22 osoby, powinno być najwyżej 10. (art. 11 ust. 3)"),
    ],
)
def test_ten_participants_for_a_leader(participants, leaders, said):
    assert crowded(participants, leaders, most=10) == said
