from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules.codes import GROUP_NAMES, Answer, Group, Outcome, UnitType
from participants.rules.eligibility import QUESTIONS, Answers, verdict

TODAY = date(2026, 11, 20)
CIS, KIS = UnitType.CIS, UnitType.KIS
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

CLEAR = Answers(frozenset({Group.ALCOHOL}), YES, NO, NO, NO, NO, NO, NO)
RIGHTS = ["unemployment_benefit", "pre_retirement", "pension", "structural_pension", "incapacity_pension"]

answer = st.sampled_from(Answer)
answers = st.builds(
    Answers,
    st.frozensets(st.sampled_from(Group), max_size=3),
    *[answer] * 7,
)
unit_types = st.sampled_from(UnitType)
days = st.dates(date(2010, 1, 1), date(2030, 12, 31))


def test_there_are_eight_questions_one_for_each_answer():
    assert [question.key for question in QUESTIONS] == [field.name for field in fields(Answers)]
    assert len(QUESTIONS) == 8
    assert [code for code, _ in QUESTIONS[0].choices] == list(GROUP_NAMES) == list(Group)


def test_groups_carry_the_codes_of_both_reports():
    assert [group.value for group in Group] == list("123456789")


@pytest.mark.parametrize("unit_type", UnitType)
def test_who_belongs_to_a_group_and_has_no_excluding_right_may_come(unit_type):
    found = verdict(CLEAR, unit_type, TODAY)
    assert found.outcome is Outcome.YES
    assert found.sentence.startswith(f"{unit_type}: tak.")
    assert found.kis is None


def test_a_pension_for_incapacity_closes_the_cis_and_opens_the_kis():
    told = replace(CLEAR, incapacity_pension=YES)
    found = verdict(told, CIS, TODAY)
    assert found.outcome is Outcome.NO
    assert found.sentence == (
        "CIS: nie. Prawo do renty z tytułu niezdolności do pracy wyłącza udział. KIS: tak."
    )
    assert [reason.article for reason in found.reasons] == ["art. 1 ust. 3 i 3a"]
    assert verdict(told, KIS, TODAY).outcome is Outcome.YES


def test_before_the_amendment_that_pension_closed_the_kis_too():
    told = replace(CLEAR, incapacity_pension=YES)
    assert verdict(told, KIS, date(2022, 2, 14)).outcome is Outcome.NO
    assert verdict(told, KIS, date(2022, 2, 15)).outcome is Outcome.YES


def test_before_the_amendment_more_had_to_be_checked():
    found = verdict(CLEAR, CIS, date(2022, 2, 14))
    assert found.outcome is Outcome.CHECK
    assert "sprzed 15 lutego 2022" in found.wording
    assert "od 15 lutego 2022" in verdict(CLEAR, CIS, date(2022, 2, 15)).wording


@pytest.mark.parametrize("right", RIGHTS[:4])
@pytest.mark.parametrize("unit_type", UnitType)
def test_every_other_right_closes_both(right, unit_type):
    assert verdict(replace(CLEAR, **{right: YES}), unit_type, TODAY).outcome is Outcome.NO


def test_a_refusal_by_the_cis_names_what_the_kis_says():
    assert verdict(replace(CLEAR, pension=YES), CIS, TODAY).kis is Outcome.NO
    told = replace(CLEAR, incapacity_pension=YES, pre_retirement=UNKNOWN)
    assert verdict(told, CIS, TODAY).kis is Outcome.CHECK


def test_two_rights_are_two_reasons():
    told = replace(CLEAR, pension=YES, unemployment_benefit=YES)
    assert [reason.question for reason in verdict(told, CIS, TODAY).reasons] == [
        "unemployment_benefit",
        "pension",
    ]


@pytest.mark.parametrize("unit_type", UnitType)
def test_who_manages_alone_is_not_meant(unit_type):
    found = verdict(replace(CLEAR, in_need=NO), unit_type, TODAY)
    assert (found.outcome, found.reasons[0].article) == (Outcome.NO, "art. 1 ust. 1")


def test_the_long_unemployed_go_to_a_cis_through_pup_and_straight_to_a_kis():
    told = replace(CLEAR, groups=frozenset({Group.LONG_UNEMPLOYED}), long_unemployed=YES)
    found = verdict(told, CIS, TODAY)
    assert found.outcome is Outcome.THROUGH_PUP
    assert found.sentence == (
        "CIS: tak, przez PUP. Długotrwale bezrobotnych kieruje do CIS urząd pracy i zawiadamia OPS."
    )
    assert verdict(told, KIS, TODAY).outcome is Outcome.YES


def test_the_register_of_pup_is_a_group_by_itself():
    told = replace(CLEAR, groups=frozenset(), long_unemployed=YES)
    assert verdict(told, KIS, TODAY).outcome is Outcome.YES


@pytest.mark.parametrize("unit_type", UnitType)
def test_unemployment_that_pup_does_not_know_is_to_be_cleared(unit_type):
    told = replace(CLEAR, groups=frozenset({Group.LONG_UNEMPLOYED}))
    assert verdict(told, unit_type, TODAY).outcome is Outcome.CHECK_WITH_PUP
    both = replace(told, groups=told.groups | {Group.ALCOHOL})
    assert verdict(both, unit_type, TODAY).outcome is Outcome.YES


def test_an_unknown_benefit_is_asked_of_pup():
    found = verdict(replace(CLEAR, unemployment_benefit=UNKNOWN), KIS, TODAY)
    assert found.outcome is Outcome.CHECK_WITH_PUP
    assert found.sentence == "KIS: sprawdź z PUP. Prawo do zasiłku dla bezrobotnych: zapytaj PUP."


def test_what_other_offices_know_is_named():
    found = verdict(replace(CLEAR, pension=UNKNOWN, unemployment_benefit=UNKNOWN), CIS, TODAY)
    assert found.outcome is Outcome.CHECK
    assert [reason.question for reason in found.reasons] == ["pension", "unemployment_benefit"]


def test_no_answers_name_everything_that_is_missing():
    found = verdict(Answers(), CIS, TODAY)
    assert found.outcome is Outcome.CHECK
    assert {reason.question for reason in found.reasons} == {question.key for question in QUESTIONS}


@given(answers, unit_types, days)
def test_every_verdict_has_a_reason_with_an_article(told, unit_type, day):
    found = verdict(told, unit_type, day)
    assert found.reasons
    assert all(reason.article.startswith("art.") and reason.sentence for reason in found.reasons)
    assert (found.kis is None) == (unit_type is KIS or found.outcome is not Outcome.NO)


@given(answers, days)
def test_a_kis_is_never_stricter_than_a_cis(told, day):
    cis, kis = verdict(told, CIS, day).outcome, verdict(told, KIS, day).outcome
    if cis is Outcome.YES:
        assert kis is Outcome.YES
    if kis is Outcome.NO:
        assert cis is Outcome.NO


@given(answers, answers, unit_types, days)
def test_what_is_learnt_later_never_turns_a_no_or_a_yes(told, later, unit_type, day):
    learnt = replace(
        told,
        **{
            field.name: getattr(later, field.name)
            for field in fields(Answers)
            if getattr(told, field.name) is UNKNOWN
        },
    )
    before, after = verdict(told, unit_type, day).outcome, verdict(learnt, unit_type, day).outcome
    if before is Outcome.NO:
        assert after is Outcome.NO
    if before is Outcome.YES and unit_type is CIS:
        assert after is Outcome.YES


@given(answers, unit_types)
def test_a_yes_leaves_no_right_unasked(told, unit_type):
    if verdict(told, unit_type, TODAY).outcome is Outcome.YES:
        asked = RIGHTS if unit_type is CIS else RIGHTS[:4]
        assert all(told.right(key) is NO for key in asked)
        assert told.in_need is YES
