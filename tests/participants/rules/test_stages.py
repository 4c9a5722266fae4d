from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import PeriodKind, Stage, TrialEnd, UnitType
from participants.rules.stages import (
    Period,
    attended_long_enough,
    graduate_until,
    is_kis_graduate,
    last_day,
    latest_end,
    problems,
    stage_on,
)
from reintegration.core.dates import DateSpan

ONE = timedelta(days=1)
FIRST = date(2026, 10, 12)
TRIAL, MAIN, EXTENSION = PeriodKind


def period(kind, first, last=None):
    return Period(kind, DateSpan(first, last))


def course(first=FIRST, *, extended=True, reading=TrialEnd.DAY_BEFORE):
    """A whole participation of the greatest length that the law allows."""
    made = []
    for kind in PeriodKind if extended else (TRIAL, MAIN):
        last = latest_end(kind, first, reading)
        made.append(period(kind, first, last))
        first = last + ONE
    return made


WHOLE = course()
MAIN_FIRST, EXT_FIRST, LAST = WHOLE[1].span.first, WHOLE[2].span.first, WHOLE[2].span.last


def test_two_years_are_one_month_eleven_and_twelve():
    assert [(part.span.first, part.span.last) for part in WHOLE] == [
        (date(2026, 10, 12), date(2026, 11, 11)),
        (date(2026, 11, 12), date(2027, 10, 11)),
        (date(2027, 10, 12), date(2028, 10, 11)),
    ]
    assert problems(WHOLE) == ()


@pytest.mark.parametrize(
    ("first", "day_before", "same_day"),
    [
        (date(2026, 10, 15), date(2026, 11, 14), date(2026, 11, 15)),
        (date(2026, 1, 31), date(2026, 2, 27), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 28), date(2028, 3, 29)),
        (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2027, 1, 30), date(2027, 1, 31)),
    ],
)
def test_a_trial_of_a_month_ends_where_the_unit_reads_it(first, day_before, same_day):
    assert latest_end(TRIAL, first) == day_before
    assert latest_end(TRIAL, first, TrialEnd.SAME_DAY) == same_day


def test_an_extension_from_29_february_lasts_until_27_february():
    assert latest_end(EXTENSION, date(2028, 2, 29)) == date(2029, 2, 27)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (FIRST - ONE, Stage.CANDIDATE),
        (FIRST, Stage.TRIAL),
        (MAIN_FIRST - ONE, Stage.TRIAL),
        (MAIN_FIRST, Stage.MAIN),
        (EXT_FIRST, Stage.EXTENDED),
        (LAST, Stage.EXTENDED),
        (LAST + ONE, Stage.ENDED),
    ],
)
def test_the_stage_follows_the_periods(day, stage):
    assert stage_on(WHOLE, None, None, day) is stage


def test_the_last_day_still_belongs_to_the_stage_and_the_next_is_the_end():
    ended = date(2027, 3, 31)
    assert stage_on(WHOLE, ended, None, ended) is Stage.MAIN
    assert stage_on(WHOLE, ended, None, ended + ONE) is Stage.ENDED


def test_a_graduate_is_one_until_the_last_day_of_the_status():
    until = date(2029, 4, 11)
    assert stage_on(WHOLE, LAST, until, LAST) is Stage.EXTENDED
    assert stage_on(WHOLE, LAST, until, until) is Stage.GRADUATE
    assert stage_on(WHOLE, LAST, until, until + ONE) is Stage.ENDED
    assert stage_on(WHOLE, LAST, date.max, date(2090, 1, 1)) is Stage.GRADUATE


def test_without_periods_one_is_a_candidate_until_the_file_is_closed():
    assert stage_on([], None, None, FIRST) is Stage.CANDIDATE
    assert stage_on([], FIRST, None, FIRST) is Stage.CANDIDATE
    assert stage_on([], FIRST, None, FIRST + ONE) is Stage.ENDED


def test_in_a_gap_the_stage_before_it_stays():
    gap = [WHOLE[0], period(MAIN, date(2026, 12, 1), date(2027, 5, 31))]
    assert stage_on(gap, None, None, date(2026, 11, 20)) is Stage.TRIAL


def test_an_open_period_goes_on():
    assert stage_on([period(MAIN, FIRST)], None, None, date(2090, 1, 1)) is Stage.MAIN


CASES = {
    "trial of another length": (
        [period(TRIAL, FIRST, date(2026, 11, 10))],
        "Okres próbny trwa 1 miesiąc: do 11.11.2026. (art. 15 ust. 1)",
    ),
    "open trial": (
        [period(TRIAL, FIRST)],
        "Okres próbny trwa 1 miesiąc: do 11.11.2026. (art. 15 ust. 1)",
    ),
    "main a day too long": (
        [WHOLE[0], period(MAIN, MAIN_FIRST, date(2027, 10, 12))],
        "Okres uczestnictwa trwa do 11 miesięcy, najdłużej do 11.10.2027. (art. 15 ust. 3)",
    ),
    "open main": (
        [WHOLE[0], period(MAIN, MAIN_FIRST)],
        "Wpisz ostatni dzień. Okres uczestnictwa trwa najdłużej do 11.10.2027. (art. 15 ust. 3)",
    ),
    "extension a day too long": (
        [*WHOLE[:2], period(EXTENSION, EXT_FIRST, LAST + ONE)],
        "Przedłużenie trwa do 12 miesięcy, najdłużej do 11.10.2028. (art. 15 ust. 3)",
    ),
    "gap before the main period": (
        [WHOLE[0], period(MAIN, MAIN_FIRST + ONE, date(2027, 5, 31))],
        "Okres uczestnictwa zaczyna się dzień po poprzednim okresie, czyli 12.11.2026. (art. 15)",
    ),
    "overlap": (
        [WHOLE[0], period(MAIN, MAIN_FIRST - ONE, date(2027, 5, 31))],
        "Okres uczestnictwa zaczyna się 11.11.2026, gdy trwa jeszcze poprzedni okres.",
    ),
    "no trial": (
        [WHOLE[1]],
        "Przed okresem uczestnictwa brakuje okresu próbnego. (art. 15 ust. 2)",
    ),
    "extension alone": (
        [WHOLE[0], period(EXTENSION, MAIN_FIRST, date(2027, 5, 31))],
        "Nie ma okresu uczestnictwa, który można przedłużyć. (art. 15 ust. 3)",
    ),
}


@pytest.mark.parametrize(("periods", "sentence"), CASES.values(), ids=CASES.keys())
def test_what_the_law_does_not_allow_is_one_sentence(periods, sentence):
    assert problems(periods) == (sentence,)


def test_there_is_one_trial_and_one_main_period():
    second = period(TRIAL, date(2026, 11, 12), date(2026, 12, 11))
    assert problems([WHOLE[0], second]) == ("Okres próbny jest jeden, wpisano 2. (art. 15 ust. 1)",)
    halves = [period(MAIN, MAIN_FIRST, date(2027, 1, 31)), period(MAIN, date(2027, 2, 1), date(2027, 5, 31))]
    assert problems([WHOLE[0], *halves]) == ("Okres uczestnictwa jest jeden, wpisano 2. (art. 15 ust. 3)",)


def test_a_trial_after_the_main_period_is_out_of_order():
    wrong = [period(MAIN, FIRST, date(2027, 3, 31)), period(TRIAL, date(2027, 4, 1), date(2027, 4, 30))]
    assert problems(wrong) == (
        "Okres próbny nie może zacząć się po tym, jak trwa okres uczestnictwa. (art. 15)",
    )


def test_several_extensions_share_the_twelve_months():
    halves = [
        period(EXTENSION, EXT_FIRST, date(2028, 3, 31)),
        period(EXTENSION, date(2028, 4, 1), LAST),
    ]
    assert problems([*WHOLE[:2], *halves]) == ()
    halves[1] = period(EXTENSION, date(2028, 4, 1), LAST + ONE)
    assert len(problems([*WHOLE[:2], *halves])) == 1


def test_a_kis_sets_its_own_length_and_has_no_trial():
    kis = UnitType.KIS
    assert problems([period(MAIN, FIRST)], unit_type=kis) == ()
    assert problems([period(MAIN, FIRST, date(2030, 1, 1))], unit_type=kis) == ()
    assert problems(WHOLE[:1], unit_type=kis) == (
        "W KIS nie ma okresu próbnego ani przedłużenia. Długość ustala kontrakt. (art. 18)",
    )
    twice = [period(MAIN, FIRST, date(2027, 1, 1)), period(MAIN, date(2027, 1, 1), date(2027, 2, 1))]
    assert len(problems(twice, unit_type=kis)) == 1


# Graduates


def test_a_graduate_has_six_months_after_the_trial_and_a_certificate():
    six = date(2027, 5, 11)
    assert graduate_until(WHOLE, ended_on=six, certificate_on=six) == date(2027, 11, 11)
    assert graduate_until(WHOLE, ended_on=six - ONE, certificate_on=six) is None
    assert graduate_until(WHOLE, ended_on=six, certificate_on=None) is None


def test_the_trial_makes_nobody_a_graduate():
    with_trial = date(2027, 4, 11)
    assert graduate_until(WHOLE, ended_on=with_trial, certificate_on=with_trial) is None


def test_the_status_ends_on_the_last_day_of_a_short_month():
    ended = date(2027, 8, 31)
    assert graduate_until(WHOLE, ended_on=ended, certificate_on=ended) == date(2028, 2, 29)


def test_a_certificate_after_the_status_would_have_ended_gives_none():
    ended = date(2027, 8, 31)
    assert graduate_until(WHOLE, ended_on=ended, certificate_on=date(2028, 3, 1)) is None


def test_with_a_break_six_months_are_180_days():
    first = period(MAIN, date(2026, 1, 1), date(2026, 3, 31))
    second = period(MAIN, date(2026, 5, 1), date(2026, 12, 31))
    assert not attended_long_enough([first, second], ended_on=date(2026, 7, 28))
    assert attended_long_enough([first, second], ended_on=date(2026, 7, 29))


def test_nobody_graduates_who_left_before_classes():
    assert not attended_long_enough(WHOLE, ended_on=FIRST - ONE)
    assert not attended_long_enough([], ended_on=FIRST)


def test_a_graduate_of_a_kis_has_fulfilled_the_contract():
    half = [period(MAIN, FIRST)]
    ended = date(2027, 4, 11)
    left = {"ended_on": ended, "certificate_on": ended}
    assert is_kis_graduate(half, **left, contract_fulfilled=True)
    assert not is_kis_graduate(half, **left, contract_fulfilled=False)
    assert not is_kis_graduate(half, ended_on=ended, certificate_on=None, contract_fulfilled=True)
    assert not is_kis_graduate(half, ended_on=ended - ONE, certificate_on=ended, contract_fulfilled=True)


days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
readings = st.sampled_from(TrialEnd)


@given(days, readings)
def test_the_longest_course_is_lawful_and_a_day_more_is_not(first, reading):
    whole = course(first, reading=reading)
    assert problems(whole, reading=reading) == ()
    for number in range(3):
        longer = list(whole[: number + 1])
        span = longer[-1].span
        longer[-1] = Period(longer[-1].kind, DateSpan(span.first, span.last + ONE))
        assert len(problems(longer, reading=reading)) == 1


@given(days, st.integers(1, 24))
def test_a_term_reaches_its_last_month_and_no_further(first, months):
    end = last_day(first, months)
    reached = (end + ONE).year * 12 + (end + ONE).month - first.year * 12 - first.month
    assert reached == months
    assert last_day(first, months, TrialEnd.SAME_DAY) == end + ONE


@given(days, days, st.none() | days, st.none() | days)
def test_the_stage_never_goes_back(first, day, ended, graduated_until):
    order = [Stage.CANDIDATE, Stage.TRIAL, Stage.MAIN, Stage.EXTENDED, Stage.GRADUATE, Stage.ENDED]
    whole = course(first)
    today = stage_on(whole, ended, graduated_until, day)
    tomorrow = stage_on(whole, ended, graduated_until, day + ONE)
    assert order.index(today) <= order.index(tomorrow)


@given(days, st.permutations(range(3)), days)
def test_the_order_of_entry_does_not_matter(first, order, day):
    whole = course(first)
    shuffled = [whole[number] for number in order]
    assert stage_on(shuffled, None, None, day) is stage_on(whole, None, None, day)
    assert problems(shuffled) == problems(whole)


@given(days, days)
def test_a_longer_stay_never_takes_the_status_away(first, ended):
    whole = course(first)
    if attended_long_enough(whole, ended_on=ended):
        assert attended_long_enough(whole, ended_on=ended + ONE)
