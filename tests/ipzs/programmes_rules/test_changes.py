"""What an annex changes."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from ipzs.rules.changes import STEPS, Change, Kind, annex_problems, changes
from ipzs.rules.content import Content, Face, Goal, Part, Step, from_dict, to_dict
from ipzs.rules.programmes import DATES, EVALUATIONS, GOALS, RESPONSIBLE, SERVICES, Side
from reintegration.core.formats import NBSP
from tests.ipzs.programmes_rules.made import FIRST, contents, whole, with_step

MIRROR = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}


@given(contents())
def test_equal_contents_differ_in_nothing(content):
    assert changes(content, content) == ()


@given(contents())
def test_a_content_comes_back_the_same_from_json(content):
    back = from_dict(json.loads(json.dumps(to_dict(content))))

    assert replace(back, texts={}) == replace(content, texts={})
    assert all(back.text(part) == content.text(part) for part in Part)
    assert changes(content, back) == ()


@given(contents(), contents())
def test_the_way_back_swaps_what_was_added_and_removed(old, new):
    there, back = changes(old, new), changes(new, old)

    mirrored = {
        Change(one.part, one.title, one.after, one.before, MIRROR[one.kind], one.key) for one in there
    }
    assert mirrored == set(back)
    assert len(there) == len(back) == len(mirrored)


@given(contents(), contents())
def test_the_kind_follows_from_the_texts(old, new):
    for one in changes(old, new):
        assert one.before != one.after or one.kind is not Kind.CHANGED
        assert not (one.kind is Kind.ADDED and one.before)
        assert not (one.kind is Kind.REMOVED and one.after)


@given(contents())
def test_another_order_of_the_same_rows_is_no_change(content):
    turned = replace(
        content,
        goals=tuple(replace(goal, steps=goal.steps[::-1]) for goal in content.goals[::-1]),
        services=content.services[::-1],
        responsible=content.responsible[::-1],
        evaluations=content.evaluations[::-1],
    )
    assert changes(content, turned) == ()


def test_a_text_is_added_changed_and_removed():
    old = replace(whole(), texts={Part.NOTES: "Stare.", Part.SOCIAL_FORMS: "Warsztaty."})
    new = replace(whole(), texts={Part.NOTES: "Nowe.", Part.SOCIAL_SCOPE: "Rozmowa w urzędzie."})

    assert [(one.part, one.kind, one.before, one.after) for one in changes(old, new)] == [
        (Part.SOCIAL_SCOPE, Kind.ADDED, "", "Rozmowa w urzędzie."),
        (Part.SOCIAL_FORMS, Kind.REMOVED, "Warsztaty.", ""),
        (Part.NOTES, Kind.CHANGED, "Stare.", "Nowe."),
    ]


def test_a_goal_put_in_other_words_is_one_change():
    old = whole()
    new = replace(old, goals=(replace(old.goals[0], text="Chcę być kucharzem."),))

    (one,) = changes(old, new)
    assert (one.part, one.key, one.kind) == (GOALS, "g1", Kind.CHANGED)
    assert one.after == "Chcę być kucharzem. · cel główny · reintegracja zawodowa"


def test_a_new_day_of_a_step_is_a_change_of_the_step_alone():
    old = whole()
    new = with_step(old, replace(old.goals[0].steps[0], due_on=date(2026, 12, 1)))

    (one,) = changes(old, new)
    assert (one.part, one.title) == (STEPS, "Krok")
    assert one.before == "Przyjdę na rozmowę z doradcą. · Jan Klon · do 01.11.2026"
    assert one.after == "Przyjdę na rozmowę z doradcą. · Jan Klon · do 01.12.2026"


def test_a_step_that_went_to_another_goal_says_so():
    step = Step("s1", "Zadzwonię.")
    here, there = Goal("g1", "Praca", steps=(step,)), Goal("g2", "Dom")
    old = replace(whole(), goals=(here, there))
    new = replace(whole(), goals=(replace(here, steps=()), replace(there, steps=(step,))))

    (one,) = changes(old, new)
    assert (one.before, one.after) == ("Zadzwonię. · cel: Praca", "Zadzwonię. · cel: Dom")


def test_hours_of_a_service_are_a_change_and_another_spelling_of_them_is_none():
    old = whole()
    talks = old.services[1]

    def hours(text):
        return replace(old, services=(old.services[0], replace(talks, hours=Decimal(text))))

    (one,) = changes(old, hours("4"))
    assert (one.part, one.key) == (SERVICES, "talks")
    assert one.before.endswith(f"indywidualnie · 2,5{NBSP}godz. w miesiącu")
    assert one.after.endswith(f"4{NBSP}godz. w miesiącu")
    assert changes(old, hours("2.50")) == ()


def test_persons_days_of_evaluation_and_the_term_are_compared():
    old = whole()
    new = replace(
        old,
        responsible=(*old.responsible, replace(old.responsible[0], key="olga", name="Olga Wierzba")),
        evaluations=(date(2027, 2, 15),),
        until=date(2027, 11, 11),
    )

    assert [(one.part, one.key, one.before, one.after) for one in changes(old, new)] == [
        (RESPONSIBLE, "olga", "", "Olga Wierzba · prowadzi sprawę"),
        (EVALUATIONS, "2027-01-15", "15.01.2027", ""),
        (EVALUATIONS, "2027-02-15", "", "15.02.2027"),
        (DATES, "until", "11.10.2027", "11.11.2027"),
    ]


def test_a_programme_never_becomes_a_contract():
    with pytest.raises(ValueError, match="annex"):
        changes(whole(), whole(Face.SOCIAL_CONTRACT))


def test_an_annex_rests_on_a_motion_and_changes_something():
    found = changes(whole(), replace(whole(), evaluations=()))

    def problems(found=found, asked_by=Side.PERSON, asked_on=FIRST, since=FIRST):
        return annex_problems(found, asked_by=asked_by, asked_on=asked_on, since=since)

    assert problems() == ()
    assert problems(found=()) == ("Nic się nie zmieniło, więc aneks nie jest potrzebny.",)
    for lacking in ({"asked_by": None}, {"asked_on": None}):
        (sentence,) = problems(**lacking)
        assert "kto wnioskował" in sentence
    assert problems(asked_on=date(2026, 10, 13)) == (
        "Zmiana obowiązuje najwcześniej od dnia wniosku, 13.10.2026.",
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"face": "inny"},
        {"face": "ipzs", "nowe": 1},
        {"face": "ipzs", "texts": {"inna": "treść"}},
        {"face": "ipzs", "goals": [{"key": "g", "text": "Cel", "kolor": "zielony"}]},
        {"face": "ipzs", "goals": [{"text": "Cel bez klucza"}]},
        {"face": "ipzs", "goals": [{"key": "g", "text": "A"}, {"key": "g", "text": "B"}]},
        {"face": "ipzs", "services": [{"key": "s", "name": "S", "area": "social", "form": "tłum"}]},
        {
            "face": "ipzs",
            "services": [{"key": "s", "name": "S", "area": "social", "form": "group", "hours": "dużo"}],
        },
        {
            "face": "ipzs",
            "services": [{"key": "s", "name": "S", "area": "social", "form": "group", "hours": "0"}],
        },
        {"face": "ipzs", "evaluations": ["jutro"]},
        {"face": "ipzs", "since": "2027-01-02", "until": "2027-01-01"},
    ],
)
def test_what_is_no_content_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        from_dict(data)


def test_what_is_empty_is_not_written():
    assert to_dict(Content(Face.IPZS, texts={Part.NOTES: ""})) == {"face": "ipzs"}
