"""How long a programme runs, who signs it, and what keeps it from being signed or prolonged."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipzs.rules import content as shapes
from ipzs.rules.content import CONTRACTS, PART_TITLES, PARTS, Face, Goal, Part, Responsible, Step
from ipzs.rules.programmes import (
    DATES,
    EVALUATIONS,
    GOALS,
    LONGEST_MONTHS,
    RESPONSIBLE,
    SERVICES,
    Basis,
    Extension,
    Length,
    Phase,
    Role,
    countdown,
    extension_problems,
    extension_starts,
    gaps,
    latest_day,
    length,
    remarks,
    signers,
    tail_after_work,
)
from participants.rules.codes import PeriodKind, TrialEnd, UnitType
from participants.rules.stages import last_day, problems
from tests.ipzs.programmes_rules.made import FIRST, ONE, course, period, whole, with_step

TRIAL, MAIN, EXTENSION = PeriodKind
WHOLE = course()
YEAR = course(kinds=(TRIAL, MAIN))
DAYS = st.dates(date(2022, 2, 15), date(2035, 12, 31))
READINGS = st.sampled_from(TrialEnd)


# The countdown


@given(DAYS, READINGS)
def test_a_whole_programme_is_twenty_four_months_to_the_day(first, reading):
    periods = course(first, reading=reading)
    last = periods[-1].span.last
    assert problems(periods, reading=reading) == ()

    assert countdown(periods, last, reading=reading).used == Length(LONGEST_MONTHS, 0)
    assert countdown(periods, last - ONE, reading=reading).used.months == LONGEST_MONTHS - 1
    assert latest_day(periods, reading) == last


@given(DAYS, READINGS, st.integers(-60, 800))
def test_the_days_left_and_the_day_itself_make_the_way_to_the_end(first, reading, offset):
    periods = course(first, reading=reading)
    day = first + timedelta(days=offset)
    found = countdown(periods, day, reading=reading)

    if found.phase is Phase.RUNNING:
        assert day + timedelta(days=found.days_left) == found.until
    if found.phase is Phase.OVER:
        assert found.days_left == 0
        assert found.left == Length(0, 0)
    if found.phase is Phase.BEFORE:
        assert found.used == Length(0, 0)
        assert found.days_left == (found.until - first).days + 1


@given(DAYS, READINGS, st.integers(0, 760))
def test_what_is_used_never_gets_less(first, reading, offset):
    periods = course(first, reading=reading)
    day = first + timedelta(days=offset)
    today, tomorrow = (countdown(periods, on, reading=reading).used for on in (day, day + ONE))

    assert (today.months, today.days) <= (tomorrow.months, tomorrow.days)
    assert 0 <= today.days <= (30 if reading is TrialEnd.DAY_BEFORE else 31)


@given(DAYS, st.integers(0, 800), READINGS)
def test_a_length_is_the_greatest_number_of_whole_months(first, more, reading):
    last = first + timedelta(days=more)
    found = length(first, last, reading)

    reached = last_day(first, found.months, reading) if found.months else first - ONE
    assert reached + timedelta(days=found.days) == last
    assert last_day(first, found.months + 1, reading) > last


@pytest.mark.parametrize(
    ("first", "last", "months", "days"),
    [
        (date(2027, 1, 31), date(2027, 2, 27), 1, 0),
        (date(2027, 1, 31), date(2027, 2, 28), 1, 1),
        (date(2028, 1, 31), date(2028, 2, 28), 1, 0),
        (date(2028, 2, 29), date(2029, 2, 27), 12, 0),
        (date(2028, 2, 29), date(2028, 3, 27), 0, 28),
        (date(2027, 3, 1), date(2027, 3, 31), 1, 0),
        (date(2027, 3, 1), date(2027, 3, 1), 0, 1),
        (date(2027, 3, 1), date(2027, 2, 28), 0, 0),
    ],
)
def test_a_length_over_month_ends(first, last, months, days):
    assert length(first, last) == Length(months, days)


def test_a_programme_from_31_january_before_a_leap_year():
    periods = course(date(2027, 1, 31))
    assert [part.span.last for part in periods] == [
        date(2027, 2, 27),
        date(2028, 1, 27),
        date(2029, 1, 27),
    ]
    assert countdown(periods, date(2027, 2, 27)).used == Length(1, 0)
    assert countdown(periods, date(2028, 1, 27)).used == Length(12, 0)
    assert countdown(periods, date(2028, 2, 29)).used == Length(13, 2)


def test_the_countdown_says_what_a_person_asks():
    found = countdown(YEAR, date(2026, 12, 20))

    assert (found.since, found.until) == (FIRST, date(2027, 10, 11))
    assert found.latest == date(2028, 10, 11)
    assert (found.used, found.left) == (Length(2, 9), Length(9, 21))
    assert found.sentence == "Zostało 295 dni, do 11 października 2027."
    assert found.used_sentence == "Wykorzystano 2 miesiące i 9 dni z 24 miesięcy."


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (FIRST - ONE, "Zaczyna się 12 października."),
        (date(2027, 10, 8), "Zostały 3 dni, do 11 października."),
        (date(2027, 10, 10), "Został 1 dzień, do 11 października."),
        (date(2027, 10, 11), "Dziś ostatni dzień."),
        (date(2027, 10, 12), "Okres skończył się 11 października."),
    ],
)
def test_the_sentence_near_the_ends(day, sentence):
    assert countdown(YEAR, day).sentence == sentence


def test_an_early_end_cuts_the_countdown():
    found = countdown(WHOLE, date(2027, 3, 1), ended_on=date(2027, 2, 11))

    assert (found.phase, found.until, found.latest) == (Phase.OVER, date(2027, 2, 11), date(2027, 2, 11))
    assert found.used == Length(4, 0)


def test_a_club_has_no_longest_time_and_may_have_no_end():
    found = countdown([period(MAIN, FIRST)], date(2026, 11, 12), unit_type=UnitType.KIS)

    assert (found.until, found.latest, found.most, found.days_left, found.left) == (None,) * 5
    assert found.sentence == "Trwa od 12 października, bez ustalonego końca."
    assert found.used_sentence == "Wykorzystano 1 miesiąc i 1 dzień."
    closed = countdown([period(MAIN, FIRST, date(2027, 4, 11))], FIRST, unit_type=UnitType.KIS)
    assert (closed.until, closed.latest) == (date(2027, 4, 11), date(2027, 4, 11))


def test_without_periods_there_is_nothing_to_count():
    assert countdown([], FIRST) is None
    assert latest_day([]) is None
    assert extension_starts([]) is None


def test_left_over_days_of_several_periods_make_a_month():
    trial = course(kinds=(TRIAL,))[0]
    main = period(MAIN, date(2026, 11, 12), date(2027, 1, 31))
    more = period(EXTENSION, date(2027, 2, 1), date(2027, 6, 30))

    assert countdown([trial, main, more], date(2027, 2, 15)).used == Length(4, 5)


def test_the_latest_day_keeps_what_is_planned_and_adds_what_may_come():
    assert latest_day(course(kinds=(TRIAL,))) == date(2028, 10, 11)
    short = [YEAR[0], period(MAIN, YEAR[1].span.first, date(2027, 5, 31))]
    assert latest_day(short) == date(2028, 10, 11)
    prolonged = [*short, period(EXTENSION, date(2027, 6, 1), date(2027, 8, 31))]
    assert latest_day(prolonged) == date(2028, 5, 31)
    assert latest_day([YEAR[1]]) == date(2028, 10, 11)


@pytest.mark.parametrize(
    ("made", "text"),
    [(Length(0, 0), "0 dni"), (Length(1, 0), "1 miesiąc"), (Length(23, 22), "23 miesiące i 22 dni")],
)
def test_a_length_in_words(made, text):
    assert str(made) == text


# Work


@pytest.mark.parametrize(
    ("started", "until"),
    [
        (date(2027, 3, 1), date(2027, 9, 1)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 8, 29)),
    ],
)
def test_after_work_was_found_the_programme_may_run_half_a_year(started, until):
    tail = tail_after_work(started)

    assert tail.until == until
    assert tail.problem(until) is None
    assert tail.problem(started) is None
    assert "6 miesięcy" in tail.problem(until + ONE)
    assert "albo później" in tail.problem(started - ONE)


def test_a_tail_beyond_the_period_is_told():
    assert tail_after_work(date(2027, 6, 1), period_until=date(2027, 10, 11)).beyond_period
    assert not tail_after_work(date(2027, 4, 11), period_until=date(2027, 10, 11)).beyond_period
    assert not tail_after_work(date(2027, 4, 11)).beyond_period


# Signing


@pytest.mark.parametrize("face", Face)
def test_a_whole_content_may_be_signed(face):
    assert gaps(whole(face)) == ()
    assert remarks(whole(face)) == ()


@pytest.mark.parametrize(
    ("face", "part"), [(face, part) for face in Face for part in PARTS[face] if part is not Part.NOTES]
)
def test_each_text_is_asked_for_by_its_name(face, part):
    full = whole(face)
    (gap,) = gaps(replace(full, texts={**full.texts, part: "  "}))

    assert gap.part == part
    title = PART_TITLES[part]
    assert f"Wpisz: {title[0].lower()}{title[1:]}." in gap.sentence


def test_an_empty_programme_names_everything_at_once():
    found = gaps(shapes.Content(Face.IPZS))

    assert [gap.part for gap in found] == [
        Part.SOCIAL_SCOPE,
        Part.SOCIAL_FORMS,
        Part.VOCATIONAL_SCOPE,
        Part.VOCATIONAL_FORMS,
        RESPONSIBLE,
        GOALS,
        SERVICES,
        DATES,
        DATES,
        EVALUATIONS,
    ]
    assert found[0].sentence == "Wpisz: zakres reintegracji społecznej. (art. 13 ust. 2)"


@pytest.mark.parametrize(
    ("change", "part", "words"),
    [
        ({"responsible": ()}, RESPONSIBLE, "osobę odpowiedzialną"),
        ({"responsible": (Responsible("a", "Anna Brzoza"),)}, RESPONSIBLE, "Anna Brzoza: wpisz"),
        ({"goals": ()}, GOALS, "jeden cel"),
        ({"goals": (Goal("g", "Chcę spać spokojnie."),)}, GOALS, "małym krokiem"),
        ({"services": ()}, SERVICES, "usługę z katalogu"),
        ({"evaluations": ()}, EVALUATIONS, "termin oceny"),
        ({"evaluations": (date(2026, 10, 11),)}, EVALUATIONS, "przed początkiem"),
        ({"evaluations": (date(2027, 10, 12),)}, EVALUATIONS, "po końcu"),
        ({"until": None}, DATES, "do kiedy"),
    ],
)
def test_what_is_missing_is_named(change, part, words):
    (gap,) = gaps(replace(whole(), **change))

    assert gap.part == part
    assert words in gap.sentence


def test_goals_and_steps_without_words_are_named():
    full = whole()
    blank = replace(full, goals=(*full.goals, Goal("g2", " ")))
    assert [gap.part for gap in gaps(blank)] == [GOALS]
    half = replace(full.goals[0], steps=(*full.goals[0].steps, Step("s2", "")))
    half = replace(full, goals=(half,))
    assert [gap.sentence for gap in gaps(half)] == ["Wpisz treść kroku albo usuń go."]


@pytest.mark.parametrize("face", sorted(CONTRACTS))
def test_in_a_contract_each_step_has_somebody_and_a_day(face):
    (gap,) = gaps(with_step(whole(face), Step("s1", "Zapiszę się na kurs.")))
    assert gap.sentence == "Krok „Zapiszę się na kurs.”: wpisz, kto to zrobi i do kiedy."
    (gap,) = gaps(with_step(whole(face), Step("s1", "Zapiszę się.", due_on=FIRST)))
    assert gap.sentence == "Krok „Zapiszę się.”: wpisz, kto to zrobi."


def test_in_a_programme_a_step_without_a_day_is_only_remarked():
    loose = with_step(whole(), Step("s1", "Zapiszę się na kurs."))

    assert gaps(loose) == ()
    assert remarks(loose) == ("1 krok nie ma terminu.",)


def test_a_contract_has_one_main_goal():
    full = whole(Face.SOCIAL_CONTRACT)
    (goal,) = full.goals
    (gap,) = gaps(replace(full, goals=(replace(goal, main=False),)))
    assert gap.sentence == "Zaznacz, który cel jest główny."
    other = replace(goal, key="g2", steps=())
    (gap,) = gaps(replace(full, goals=(goal, other)))
    assert gap.sentence == "Cel główny jest jeden, zaznaczono 2."


def test_services_without_an_area_or_hours_are_only_remarked():
    full = whole()
    only = replace(full, services=(replace(full.services[1], hours=None),))

    assert gaps(only) == ()
    assert remarks(only) == (
        "Nie ma żadnej usługi z reintegracji zawodowej. (art. 13 ust. 2 pkt 1)",
        "Bez godzin: Rozmowy z psychologiem.",
    )


@pytest.mark.parametrize(
    ("face", "must"),
    [
        (Face.IPZS, [Role.PARTICIPANT, Role.MANAGER]),
        (Face.SOCIAL_CONTRACT, [Role.PARTICIPANT, Role.BODY_SOCIAL_WORKER]),
        (Face.INTERNAL_CONTRACT, [Role.PARTICIPANT, Role.MANAGER]),
    ],
)
def test_who_must_sign(face, must):
    assert [one.role for one in signers(face) if one.must] == must
    assert [one.role for one in signers(face, represented=True)][1] is Role.REPRESENTATIVE
    assert all(one.title and one.act for one in signers(face, represented=True))


# An extension


GRANTED = Extension(
    until=date(2028, 10, 11),
    basis=Basis.MOTION,
    basis_on=date(2027, 9, 1),
    author="Ewa Lipa",
    analysis="Kurs kończy się wiosną.",
)


def prolonged(change=None, periods=YEAR, decided_on=date(2027, 9, 20)):
    return extension_problems(replace(GRANTED, **(change or {})), periods, decided_on=decided_on)


def test_an_extension_of_a_year_on_a_motion_is_allowed():
    assert extension_starts(YEAR) == date(2027, 10, 12)
    assert prolonged() == ()
    assert prolonged({"until": date(2027, 10, 12), "basis": Basis.OPINION}) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": date(2028, 10, 12)}, "do 12 miesięcy, najdłużej do 11.10.2028"),
        ({"until": date(2027, 10, 11)}, "zaczyna się 12.10.2027"),
        ({"basis": None}, "wniosek albo opinia"),
        ({"basis_on": None}, "wniosek albo opinia"),
        ({"basis_on": date(2027, 9, 21)}, "późniejszej"),
        ({"author": " "}, "który pracownik socjalny"),
        ({"analysis": ""}, "więcej czasu"),
    ],
)
def test_what_an_extension_lacks_is_named(change, words):
    (sentence,) = prolonged(change)
    assert words in sentence


def test_several_extensions_share_one_year():
    held = [*YEAR, period(EXTENSION, date(2027, 10, 12), date(2028, 1, 11))]

    assert prolonged(periods=held) == ()
    (sentence,) = prolonged({"until": date(2028, 10, 12)}, periods=held)
    assert "11.10.2028" in sentence


def test_a_short_main_period_does_not_make_the_extension_longer():
    held = [YEAR[0], period(MAIN, YEAR[1].span.first, date(2027, 5, 31))]

    (sentence,) = prolonged(periods=held)
    assert "31.05.2028" in sentence


@pytest.mark.parametrize("periods", [[], course(kinds=(TRIAL,)), [YEAR[0], period(MAIN, YEAR[1].span.first)]])
def test_only_a_main_period_with_an_end_is_prolonged(periods):
    (sentence,) = prolonged(periods=periods)
    assert "który ma ostatni dzień" in sentence
