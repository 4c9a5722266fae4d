from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import Score
from participants.rules.similar import Profile, likeness
from reintegration.core.identifiers import false_pesel

ANNA = Profile("Anna", "Dąbek", date(1985, 3, 4))
FALSE = false_pesel(date(1885, 3, 4), 12, "K")
OTHER = false_pesel(date(1885, 3, 4), 13, "K")


def score(one, other):
    found = likeness(one, other)
    return found and found.score


def test_the_same_pesel_is_certain_whatever_the_name():
    found = likeness(replace(ANNA, pesel=FALSE), Profile("Zofia", "Inna", pesel=FALSE))
    assert (found.score, found.reasons) == (Score.CERTAIN, ("Ten sam PESEL.",))
    assert score(replace(ANNA, pesel=b"\1"), replace(ANNA, pesel=b"\1")) is Score.CERTAIN


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Profile("ANNA", "Dabek", ANNA.birth_date), "To samo imię i nazwisko."),
        (Profile("Anna", "Dombek", date(1985, 3, 4)), None),
        (Profile("Anna", "Dąbok", ANNA.birth_date), "Nazwiska różnią się jedną literą."),
        (Profile("Hanna", "Dąbek", ANNA.birth_date), "Imiona różnią się jedną literą."),
        (Profile("Dąbek", "Anna", ANNA.birth_date), "Imię i nazwisko zamienione miejscami."),
        (Profile("Anna", "Dąbek-Klon", ANNA.birth_date), "To samo imię i część nazwiska."),
    ],
)
def test_a_name_that_is_nearly_the_same_and_the_same_birth_date_are_likely(other, reason):
    found = likeness(ANNA, other)
    if reason is None:
        assert found is None
    else:
        assert (found.score, found.reasons) == (Score.LIKELY, (reason, "Ta sama data urodzenia."))


def test_swapped_day_and_month_are_seen():
    found = likeness(ANNA, replace(ANNA, birth_date=date(1985, 4, 3)))
    assert found.score is Score.LIKELY
    assert found.reasons[1] == "Dzień i miesiąc urodzenia zamienione miejscami."
    assert score(ANNA, Profile("Anna", "Dąbok", date(1985, 4, 3))) is Score.POSSIBLE


def test_short_first_names_that_differ_are_weaker():
    twins = Profile("Ewa", "Klon", ANNA.birth_date), Profile("Ela", "Klon", ANNA.birth_date)
    assert score(*twins) is Score.POSSIBLE


def test_namesakes_born_on_other_days_are_two_persons():
    assert likeness(ANNA, replace(ANNA, birth_date=date(1960, 1, 1))) is None


def test_a_name_without_a_birth_date_is_possible():
    assert score(ANNA, replace(ANNA, birth_date=None)) is Score.POSSIBLE


def test_a_phone_alone_is_possible_and_with_a_name_likely():
    one = replace(ANNA, phone="+48000000001")
    assert score(one, Profile("Jan", "Klon", phone="+48000000001")) is Score.POSSIBLE
    assert score(one, replace(one, birth_date=None)) is Score.LIKELY
    assert score(one, replace(one, birth_date=date(1960, 1, 1))) is Score.POSSIBLE
    assert likeness(ANNA, Profile("Jan", "Klon")) is None


def test_different_numbers_speak_against_it():
    found = likeness(replace(ANNA, pesel=FALSE), replace(ANNA, pesel=OTHER))
    assert found.score is Score.POSSIBLE
    assert found.reasons[-1] == "Numery PESEL są różne."
    family = {"phone": "+48000000001"}
    assert (
        likeness(replace(ANNA, pesel=FALSE, **family), Profile("Jan", "Klon", pesel=OTHER, **family)) is None
    )


def test_surer_ones_stand_higher():
    possible, likely = likeness(ANNA, replace(ANNA, birth_date=None)), likeness(ANNA, ANNA)
    certain = likeness(replace(ANNA, pesel=FALSE), replace(ANNA, pesel=FALSE))
    assert possible.rank < likely.rank < certain.rank


profiles = st.builds(
    Profile,
    st.sampled_from(["Anna", "Hanna", "Ewa", "Ela", "Klon", ""]),
    st.sampled_from(["Klon", "Klan", "Dąbek", "Dabek-Klon", "Anna", ""]),
    st.none() | st.sampled_from([date(1985, 3, 4), date(1985, 4, 3), date(1985, 3, 3), date(1960, 1, 1)]),
    st.sampled_from(["", FALSE, OTHER]),
    st.sampled_from(["", "+48000000001", "+48000000002"]),
)


@given(profiles, profiles)
def test_it_does_not_matter_who_is_compared_with_whom(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(profiles, profiles)
def test_every_finding_has_reasons(one, other):
    found = likeness(one, other)
    if found is not None:
        assert found.reasons
        assert all(reason.endswith(".") for reason in found.reasons)
        assert (found.score is Score.CERTAIN) == (one.pesel != "" and one.pesel == other.pesel)


@given(profiles)
def test_a_person_is_like_themselves(one):
    if one.pesel or (one.first_name and one.last_name):
        assert likeness(one, one) is not None
