from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules.balances import (
    COUNTED,
    Dated,
    DayReadings,
    Facts,
    Mark,
    Opening,
    SickLeave,
    after,
    balances,
    extension_free_days,
    free_days,
    kinds_by_day,
    sick_days,
)
from ipzs.rules.codes import (
    BalanceKind,
    FreeCarry,
    FreeRound,
    MarkKind,
    SickCount,
    SickPool,
    UnexcusedLimit,
)
from participants.rules.codes import PeriodKind, TrialEnd
from participants.rules.stages import Period, last_day
from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import DateSpan, Month
from tests.ipzs.rules.course import LIMITS, LITERAL, PERIODS, facts, leave, near, openings, readings, spans

MARCH = date(2026, 3, 20)
EXTENDED = date(2027, 2, 1)
TRIAL_DAY = date(2026, 1, 20)
EXTENSION = PeriodKind.EXTENSION


def on(day, known, reading=LITERAL, upto=None):
    return balances(known, day, limits=LIMITS, readings=reading, upto=upto)


def shown(balance):
    return (balance.used, balance.limit, balance.left, balance.over)


def march(*days, kind="unexcused"):
    return [(date(2026, 3, day), kind) for day in days]


# Free days


def test_the_main_period_has_six_free_days():
    assert shown(on(MARCH, facts()).free) == (0, 6, 6, 0)
    assert shown(on(MARCH, facts(*march(2, 3, kind="free"))).free) == (2, 6, 4, 0)
    assert shown(on(MARCH, facts(*march(2, 3, 4, 5, 6, 9, 10, kind="free"))).free) == (7, 6, 0, 1)


def test_the_trial_has_none():
    balance = on(TRIAL_DAY, facts((TRIAL_DAY, "free"))).free
    assert not balance.applies
    assert shown(balance) == (1, 0, 0, 1)
    assert shown(on(MARCH, facts((TRIAL_DAY, "free"))).free) == (0, 6, 6, 0)


def test_nothing_is_carried_into_the_extension():
    used = facts(*march(2, kind="free"), (date(2027, 1, 13), "free"))
    assert shown(on(EXTENDED, used).free) == (1, 3, 2, 0)
    assert shown(on(MARCH, used).free) == (1, 6, 5, 0)


def test_a_unit_may_carry_what_was_not_used():
    used = facts(*march(2, kind="free"), (date(2027, 1, 13), "free"))
    carry = DayReadings(free_carry=FreeCarry.YES)
    assert shown(on(EXTENDED, used, carry).free) == (2, 9, 7, 0)
    assert shown(on(MARCH, used, carry).free) == (1, 6, 5, 0)


def test_days_of_the_extension_are_not_taken_ahead():
    seven = facts(*march(2, 3, 4, 5, 6, 9, 10, kind="free"))
    carry = DayReadings(free_carry=FreeCarry.YES)
    over = [one.day for one in free_days(seven, limits=LIMITS, readings=carry) if one.is_over]
    assert over == [date(2026, 3, 10)]


def test_a_granted_day_is_used_until_somebody_comes_after_all():
    day = date(2026, 3, 27)
    granted = facts(granted=frozenset({day}))
    assert on(MARCH, granted).free.used == 1
    assert on(MARCH, granted.with_mark(Mark(day, MarkKind.PRESENT))).free.used == 0
    assert on(MARCH, granted.with_mark(Mark(day, MarkKind.FREE))).free.used == 1


def test_a_granted_day_in_a_sick_leave_is_not_used():
    day = date(2026, 3, 27)
    assert on(MARCH, facts(granted=frozenset({day}), leaves=(leave(day, day),))).free.used == 0


@pytest.mark.parametrize(
    ("months", "up", "down", "half"),
    [(12, 6, 6, 6), (6, 3, 3, 3), (5, 3, 2, 3), (3, 2, 1, 2), (1, 1, 0, 1), (2, 1, 1, 1), (11, 6, 5, 6)],
)
def test_an_extension_gives_its_share(months, up, down, half):
    for trial_end in TrialEnd:
        first = date(2027, 1, 12)
        period = Period(EXTENSION, DateSpan(first, last_day(first, months, trial_end)))
        given_days = [
            extension_free_days(
                [period],
                limits=LIMITS,
                readings=DayReadings(free_round=rounding, trial_end=trial_end),
            )
            for rounding in FreeRound
        ]
        assert given_days == [up, down, half]


def test_several_extensions_are_one_and_rounded_once():
    parts = [
        Period(EXTENSION, DateSpan(date(2027, 1, 1), date(2027, 3, 31))),
        Period(EXTENSION, DateSpan(date(2027, 4, 1), date(2027, 6, 30))),
    ]
    assert extension_free_days(parts, limits=LIMITS, readings=LITERAL) == 3


def test_an_extension_without_an_end_or_too_long_gives_six():
    for last in (None, date(2029, 1, 1)):
        period = Period(EXTENSION, DateSpan(date(2027, 1, 12), last))
        assert extension_free_days([period], limits=LIMITS, readings=LITERAL) == 6


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 364), st.sampled_from(FreeRound))
def test_a_longer_extension_never_gives_less(first, length, rounding):
    reading = DayReadings(free_round=rounding)

    def share(days):
        period = Period(EXTENSION, DateSpan(first, first + timedelta(days=days)))
        return extension_free_days([period], limits=LIMITS, readings=reading)

    assert 0 <= share(length) <= share(length + 1) <= 6


# Sick days


def test_sickness_is_counted_by_the_calendar():
    ill = facts(leaves=(leave(date(2026, 3, 6), date(2026, 3, 9)),))
    assert shown(on(MARCH, ill).sick) == (4, 21, 17, 0)
    assert on(MARCH, ill, DayReadings(sick_count=SickCount.CLASS)).sick.used == 2


def test_class_days_are_those_of_the_plan():
    ill = facts(
        leaves=(leave(date(2026, 3, 6), date(2026, 3, 9)),),
        class_days=frozenset({date(2026, 3, 7), date(2026, 3, 9), date(2026, 3, 10)}),
    )
    assert on(MARCH, ill, DayReadings(sick_count=SickCount.CLASS)).sick.used == 2


def test_sickness_in_the_trial_leaves_the_pool_alone():
    ill = facts(leaves=(leave(date(2026, 2, 9), date(2026, 2, 13)),))
    assert on(MARCH, ill).sick.used == 2
    trial = on(TRIAL_DAY, ill).sick
    assert not trial.applies
    assert trial.over == 0


def test_days_after_the_end_are_no_days_of_sickness():
    ill = facts(leaves=(leave(date(2026, 3, 6), date(2026, 3, 9)),), ended_on=date(2026, 3, 7))
    assert on(MARCH, ill).sick.used == 2


def test_the_extension_goes_on_with_the_pool_or_has_its_own():
    ill = facts(leaves=(leave(date(2027, 1, 10), date(2027, 1, 13)),))
    assert on(EXTENDED, ill).sick.used == 4
    own = DayReadings(sick_pool=SickPool.PER_EXTENSION)
    assert on(EXTENDED, ill, own).sick.used == 2
    assert on(MARCH, ill, own).sick.used == 2


def test_the_twenty_second_day_is_over():
    ill = facts(leaves=(leave(date(2026, 3, 2), date(2026, 3, 23)),))
    assert shown(on(MARCH, ill).sick) == (22, 21, 0, 1)
    over = [one.day for one in sick_days(ill, limits=LIMITS, readings=LITERAL) if one.is_over]
    assert over == [date(2026, 3, 23)]


def test_the_limit_is_the_one_of_the_day():
    periods = (Period(PeriodKind.MAIN, DateSpan(date(2022, 1, 1), date(2022, 11, 30))),)
    ill = Facts(periods, leaves=(leave(date(2022, 2, 1), date(2022, 2, 16)),))
    numbered = sick_days(ill, limits=LIMITS, readings=LITERAL)
    assert [one.limit for one in numbered] == [14] * 14 + [21] * 2
    assert not any(one.is_over for one in numbered)


def test_a_month_looked_back_at_knows_nothing_of_what_followed():
    ill = facts(
        *march(31, kind="free"),
        (date(2026, 4, 7), "free"),
        leaves=(leave(date(2026, 3, 30), date(2026, 4, 2)),),
    )
    then = on(MARCH, ill, upto=date(2026, 3, 31))
    assert (then.sick.used, then.free.used) == (2, 0)
    assert (on(MARCH, ill).sick.used, on(MARCH, ill).free.used) == (4, 1)


def test_there_is_no_value_before_the_first():
    with pytest.raises(ValueError, match="no value"):
        Dated(((date(2015, 10, 24), 14),)).on(date(2015, 10, 23))


# Unexcused days


def test_three_unexcused_days_still_leave_a_benefit():
    three = on(MARCH, facts(*march(2, 3, 5)))
    assert shown(three.unexcused) == (3, 3, 0, 0)
    assert not three.forfeits
    assert on(MARCH, facts(*march(2, 3, 5, 12))).forfeits


def test_each_month_begins_anew_and_the_trial_counts_too():
    missed = facts(*march(30, 31), (date(2026, 4, 1), "unexcused"), (TRIAL_DAY, "unexcused"))
    assert on(MARCH, missed).unexcused.used == 2
    assert on(TRIAL_DAY, missed).unexcused.used == 1


def test_read_as_consecutive_only_a_run_of_class_days_counts():
    row = DayReadings(unexcused=UnexcusedLimit.CONSECUTIVE)
    # Thursday, Friday, Monday, Tuesday: a weekend has no classes.
    assert on(MARCH, facts(*march(5, 6, 9, 10)), row).forfeits
    assert on(MARCH, facts(*march(4, 5, 9, 10)), row).unexcused.used == 2
    assert (
        on(
            MARCH, facts(*march(5, 6, 9, 10), leaves=(leave(date(2026, 3, 9), date(2026, 3, 9)),)), row
        ).unexcused.used
        == 2
    )


def test_a_day_has_at_most_one_mark():
    with pytest.raises(ValueError, match="at most one mark"):
        facts(*march(2, 2))


def test_a_sick_leave_has_both_ends():
    with pytest.raises(ValueError, match="last day"):
        SickLeave(DateSpan(MARCH))


# A unit that begins in mid-year


def test_what_was_used_before_is_counted_once():
    opening = Opening(until=date(2026, 3, 10), free_main=2, sick_main=15, unexcused=1)
    known = facts(
        *march(3, kind="free"),
        *march(4, 12),
        leaves=(leave(date(2026, 3, 9), date(2026, 3, 11)),),
        opening=opening,
    )
    found = on(MARCH, known)
    assert (found.free.used, found.sick.used, found.unexcused.used) == (2, 16, 2)
    assert on(date(2026, 4, 1), known).unexcused.used == 0


def test_what_was_used_before_an_extension_stays_in_its_pool():
    known = facts(
        opening=Opening(date(2027, 1, 20), free_main=6, free_extension=1, sick_main=9, sick_extension=2)
    )
    assert shown(on(EXTENDED, known).free) == (1, 3, 2, 0)
    assert on(EXTENDED, known).sick.used == 11
    own = DayReadings(sick_pool=SickPool.PER_EXTENSION, free_carry=FreeCarry.YES)
    assert on(EXTENDED, known, own).sick.used == 2
    assert shown(on(EXTENDED, known, own).free) == (7, 9, 2, 0)


# What the next day would do


def test_the_fourth_unexcused_day_is_told_before_it_is_marked():
    change = after(facts(*march(2, 3, 5)), Mark(MARCH, MarkKind.UNEXCUSED), limits=LIMITS, readings=LITERAL)
    assert (change.before.unexcused.used, change.after.unexcused.used) == (3, 4)
    assert change.forfeits
    assert change.exceeds == {BalanceKind.UNEXCUSED}


def test_a_corrected_mark_takes_the_place_of_the_old_one():
    change = after(facts(*march(2, 3, 5, 20)), Mark(MARCH, MarkKind.PRESENT), limits=LIMITS, readings=LITERAL)
    assert (change.after.unexcused.used, change.exceeds, change.forfeits) == (3, frozenset(), False)


def test_a_free_day_in_the_trial_exceeds():
    change = after(facts(), Mark(TRIAL_DAY, MarkKind.FREE), limits=LIMITS, readings=LITERAL)
    assert change.exceeds == {BalanceKind.FREE}


# Readings


def test_readings_are_taken_by_their_names():
    assert DayReadings.of({}) == LITERAL
    assert DayReadings.of(
        {
            "free_days_extension_round": "down",
            "free_days_carry": "yes",
            "sick_day_count": "class",
            "sick_pool": "per_extension",
            "unexcused_over_limit": "consecutive",
            "trial_end": "same_day",
            "rate_rounding": "exact",
        }
    ) == DayReadings(
        FreeRound.DOWN,
        FreeCarry.YES,
        SickCount.CLASS,
        SickPool.PER_EXTENSION,
        UnexcusedLimit.CONSECUTIVE,
        TrialEnd.SAME_DAY,
    )


# Properties

steps = st.lists(
    st.tuples(st.just("mark"), near, st.sampled_from(MarkKind))
    | st.tuples(st.just("erase"), near, st.none())
    | st.tuples(st.just("grant"), near, st.none())
    | st.tuples(st.just("leave"), spans, st.booleans()),
    max_size=60,
)


def play(sequence, opening):
    """What stands after a sequence of marks, corrections, grants and leaves: kept naively, and as facts."""
    known, marks, granted, leaves = facts(opening=opening), {}, set(), []
    for what, where, more in sequence:
        if what == "mark":
            known = known.with_mark(Mark(where, more))
            marks[where] = more
        elif what == "erase":
            known = known.without_mark(where)
            marks.pop(where, None)
        elif what == "grant":
            granted ^= {where}
            known = replace(known, granted=frozenset(granted))
        else:
            if len(leaves) > 1:
                leaves.pop(0)
            leaves.append(SickLeave(where, more))
            known = replace(known, leaves=tuple(leaves))
    return known, marks, granted, leaves


def naive_kind(day, marks, granted, leaves):
    if any(one.span.first <= day <= one.span.last for one in leaves):
        return MarkKind.SICK
    if day in marks:
        return marks[day]
    return MarkKind.FREE if day in granted else None


def naive(day, stood, opening, reading):
    """Days used, counted by walking through every day of the participation."""
    _, marks, granted, leaves = stood
    free = sick = unexcused = run = longest = 0
    pool = next(part.kind for part in PERIODS if day in part.span)
    for part in PERIODS:
        for each in part.span:
            kind = naive_kind(each, marks, granted, leaves)
            told = opening is not None and each <= opening.until
            if kind is MarkKind.FREE and not told:
                same = part.kind is pool
                kept = reading.free_carry is FreeCarry.YES and (part.kind, pool) == (
                    PERIODS[1].kind,
                    EXTENSION,
                )
                free += same or kept
            if kind is MarkKind.SICK and not told and part.kind is not PeriodKind.TRIAL:
                same = reading.sick_pool is SickPool.SINGLE or part.kind is pool
                sick += same and (reading.sick_count is SickCount.CALENDAR or is_working_day(each))
            if Month.of(each) == Month.of(day):
                if kind is MarkKind.UNEXCUSED and not told:
                    unexcused += 1
                    run += 1
                    longest = max(longest, run)
                elif is_working_day(each):
                    run = 0
    if opening is not None:
        free += opening.free_main if pool is PeriodKind.MAIN else 0
        if pool is EXTENSION:
            free += opening.free_extension
            free += opening.free_main if reading.free_carry is FreeCarry.YES else 0
        single = reading.sick_pool is SickPool.SINGLE
        sick += opening.sick_main if single or pool is PeriodKind.MAIN else 0
        sick += opening.sick_extension if single or pool is EXTENSION else 0
        if Month.of(opening.until) == Month.of(day):
            unexcused += opening.unexcused
            longest = max(longest, opening.unexcused)
    return free, sick, longest if reading.unexcused is UnexcusedLimit.CONSECUTIVE else unexcused


inside = near.filter(lambda day: date(2026, 1, 12) <= day <= date(2027, 6, 11))


@given(steps, openings, readings, inside)
def test_balances_equal_a_recount_after_any_sequence(sequence, opening, reading, day):
    stood = play(sequence, opening)
    known = stood[0]
    assert len({mark.day for mark in known.marks}) == len(known.marks)
    assert {mark.day: mark.kind for mark in known.marks} == stood[1]
    found = on(day, known, reading)
    free, sick, unexcused = naive(day, stood, opening, reading)
    assert (found.free.used, found.unexcused.used) == (free, unexcused)
    assert found.sick.used == (sick if found.sick.applies else 0)
    for balance in (found.free, found.sick, found.unexcused):
        assert balance.left - balance.over == balance.limit - balance.used
        assert min(balance.left, balance.over) == 0


@given(steps, openings, readings)
def test_every_day_is_one_thing(sequence, opening, reading):
    stood = play(sequence, opening)
    kinds = kinds_by_day(stood[0])
    for day, kind in kinds.items():
        assert kind is naive_kind(day, *stood[1:])
    for numbered in (
        free_days(stood[0], limits=LIMITS, readings=reading),
        sick_days(stood[0], limits=LIMITS, readings=reading),
    ):
        assert len({one.day for one in numbered}) == len(numbered)
        assert [one.day for one in numbered] == sorted(one.day for one in numbered)


@given(steps, openings, readings)
def test_days_over_the_limit_are_as_many_as_the_balance_says(sequence, opening, reading):
    known = replace(play(sequence, opening)[0], opening=None)
    end = date(2027, 6, 11)
    over = [one for one in sick_days(known, limits=LIMITS, readings=reading) if one.is_over]
    if reading.sick_pool is SickPool.SINGLE:
        assert len(over) == on(end, known, reading).sick.over
    if reading.free_carry is FreeCarry.NO:
        spent = sum(on(day, known, reading).free.over for day in (TRIAL_DAY, MARCH, end))
        assert len([one for one in free_days(known, limits=LIMITS, readings=reading) if one.is_over]) == spent


@given(steps, openings, readings, inside, st.sampled_from(MarkKind))
def test_the_next_mark_changes_at_most_one_day_of_each_balance(sequence, opening, reading, day, kind):
    known = play(sequence, opening)[0]
    change = after(known, Mark(day, kind), limits=LIMITS, readings=reading)
    assert change.before == on(day, known, reading)
    assert change.after == on(day, known.with_mark(Mark(day, kind)), reading)
    assert abs(change.after.free.used - change.before.free.used) <= 1
    assert abs(change.after.sick.used - change.before.sick.used) <= 1
    again = after(known.with_mark(Mark(day, kind)), Mark(day, kind), limits=LIMITS, readings=reading)
    assert again.before == again.after


@given(steps, openings, readings, inside)
def test_a_balance_needs_those_marks_alone_that_it_counts(sequence, opening, reading, day):
    """As they are read: a granted day is that of a free mark, so no other mark speaks of it."""
    known = play(sequence, opening)[0]
    free = {mark.day for mark in known.marks if mark.kind is MarkKind.FREE}
    known = replace(known, granted=known.granted & free)
    counted = replace(known, marks=tuple(mark for mark in known.marks if mark.kind in COUNTED))
    assert on(day, counted, reading) == on(day, known, reading)
