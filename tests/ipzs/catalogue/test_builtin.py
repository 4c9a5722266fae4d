"""What every unit has from the first day."""

import re
from dataclasses import fields

import pytest

from ipzs import catalogue
from ipzs.catalogue.reading import DutyKind, ItemKind
from ipzs.rules.codes import PayRule
from ipzs.rules.content import Area
from participants.rules.codes import UnitType

LISTS = {
    "services": catalogue.services,
    "trades": catalogue.trades,
    "excuses": catalogue.excuses,
    "duties": catalogue.duties,
    "items": catalogue.items,
    "goals": catalogue.goals,
}

# Each line of the requirements on services, with the services that meet it.
COVERED = {
    "the four of art. 3 ust. 1": "social_roles workshop_practice retraining life_planning money_management",
    "what art. 18 ust. 2 names": "temporary_work useful_works lawyer psychologist self_help_group"
    " housing_help",
    "what clubs do": "social_roles personal_development career_advice psychologist home_budget",
    "individual advice": "psychologist lawyer career_advice social_work pedagogue",
    "psychological counselling": "psychologist needs_diagnosis",
    "legal counselling": "lawyer debt_advice",
    "advice matched to what is lacking": "social_work pedagogue career_advice",
    "self-help": "self_help_group",
    "psycho-education": "psychoeducation",
    "other leisure": "integration_classes outings sport culture_and_education",
    "education for life and work": "household job_search official_writing labour_law business"
    " self_presentation computer",
    "courses": "course",
    "pro-employment forms": "useful_works public_works internship",
    "general education, culture, health and sport": "culture_and_education health sport",
    "basic classes": "barrier_breaking own_voice case_management",
    "the longer list": "needs_diagnosis therapy self_help_group interpersonal_training charity_actions",
    "three dimensions": "social_roles psychoeducation outings",
    "mediator and family assistant": "family_mediation family_assistant",
    "information point": "information_point",
    "motivation, languages, budget, creative methods": "motivation language home_budget creative_methods",
    "brokerage and coach": "job_brokerage job_coach",
    "own and partners'": "workshop_practice course",
    "trips": "outings",
    "consultation of the team": "team_consultation",
    "lodging and goods": "lodging goods",
}
TRADES = [
    "cleaning",
    "catering",
    "crafts",
    "building",
    "gardening",
    "care",
    "sewing",
    "carpentry",
    "printing",
    "interior",
    "administration",
    "hairdressing",
    "trade",
    "production",
]


def texts_of(row):
    for one in fields(row):
        value = getattr(row, one.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value


@pytest.mark.parametrize("name", LISTS)
def test_keys_and_names_are_unique_and_no_text_is_empty(name):
    rows = LISTS[name]()

    assert len({row.key for row in rows}) == len(rows)
    names = [getattr(row, "name", None) or row.text for row in rows]
    assert len({one.lower() for one in names}) == len(rows)
    for row in rows:
        assert all(text and text == text.strip() and "  " not in text for text in texts_of(row))


@pytest.mark.parametrize("line", COVERED)
def test_what_is_asked_of_the_catalogue_is_in_it(line):
    held = {service.key for service in catalogue.services()}

    assert set(COVERED[line].split()) <= held
    assert len(COVERED) == 25


def test_both_types_of_unit_find_services_of_both_areas():
    for unit_type in UnitType:
        offered = catalogue.services_of(unit_type)
        assert {service.area for service in offered} == set(Area)
        assert len(offered) >= 40
    in_centre = {service.key for service in catalogue.services_of(UnitType.CIS)}
    assert "public_works" not in in_centre


@pytest.mark.parametrize("name", ["dimension", "provider", "form"])
def test_every_code_is_used(name):
    used = {getattr(service, name) for service in catalogue.services()}
    assert used == set(type(next(iter(used))))


def test_social_services_stand_first():
    areas = [service.area for service in catalogue.services()]
    assert areas == sorted(areas)


def test_a_description_is_one_short_sentence():
    rows = (*catalogue.services(), *catalogue.trades())
    for row in rows:
        assert row.description.endswith("."), row.key
        assert row.description.count(". ") == 0, row.key
        assert len(row.description.split()) <= 15, row.key


def test_the_workshops_are_those_that_centres_run():
    assert [trade.key for trade in catalogue.trades()] == TRADES
    assert all(len(trade.skills) >= 4 for trade in catalogue.trades())


def test_no_excused_absence_costs_anything_unless_a_unit_says_so():
    assert {excuse.pay for excuse in catalogue.excuses()} == {PayRule.FULL}


def test_every_duty_of_the_act_is_there_and_training_and_examination_come_first():
    duties = catalogue.duties()

    assert {duty.kind for duty in duties} == set(DutyKind)
    assert {"safety_instruction", "medical"} <= {duty.key for duty in duties if duty.effect == "blocks"}
    assert {duty.key: duty.months for duty in duties if duty.kind is DutyKind.MEDICAL} == {
        "medical": None,
        "sanitary": None,
    }


def test_items_belong_to_workshops_that_there_are():
    assert {item.kind for item in catalogue.items()} == set(ItemKind)
    for item in catalogue.items():
        assert set(item.trades) <= set(TRADES), item.key


def test_goals_speak_in_the_first_person_and_go_by_small_steps():
    goals = catalogue.goals()

    assert {goal.area for goal in goals} == set(Area)
    for goal in goals:
        assert goal.text.startswith("Chcę")
        assert 4 <= len(goal.steps) <= 5
        assert len(set(goal.steps)) == len(goal.steps)
        for sentence in (goal.text, *goal.steps):
            assert sentence.endswith(".")
            assert len(re.findall(r"\w+", sentence)) <= 12
