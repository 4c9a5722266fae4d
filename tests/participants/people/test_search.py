"""Finding persons: by what people type, fast, and only one's own."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Participation, Person
from participants.queries.people import likely_doubles, search, similar_persons
from participants.services.people import mark_not_duplicate, merge_persons
from tests.cast import World, sign_in
from tests.participants.people.conftest import added, pesel
from tests.shell.test_cost import kinds_of

HTMX = {"HX-Request": "true"}


def found(text: str) -> list[str]:
    return [str(hit.person) for hit in search(text)]


@pytest.mark.parametrize(
    "typed",
    [
        "Dąbek", "dabek", "DĄBEK", "dab", "marek", "Marek Dąbek", "dabek marek", "marek da",
        "dąbk", "dąbeek", "dbąek", "dabeg", "mrek dabek", "marek dabeg", "  dabek  ",
    ],
)  # fmt: skip
def test_a_person_is_found_as_people_type(unit: World, typed: str):
    added("Marek Dąbek")
    added("Zofia Wrona")
    assert found(typed) == ["Marek Dąbek"]


@pytest.mark.parametrize("typed", ["dagok marek", "dbk", "xyz", "", "   ", "-", "dabek zofia", "d4bek"])
def test_who_is_two_typos_away_is_not_found(unit: World, typed: str):
    added("Marek Dąbek")
    added("Zofia Wrona")
    assert found(typed) == []


@pytest.mark.parametrize("typed", ["nowak", "kowalska", "nowak-kowalska", "nowakkowalska", "ewa kowalska"])
def test_a_double_name_is_found_by_either_part(unit: World, typed: str):
    added("Ewa Nowak-Kowalska")
    assert found(typed) == ["Ewa Nowak-Kowalska"]


def test_exact_names_stand_before_those_with_a_typo(unit: World):
    added("Jan Kowal")
    added("Jan Kowali")
    added("Jan Nowal")
    hits = search("kowal")
    assert [(str(hit.person), hit.exact) for hit in hits] == [
        ("Jan Kowal", True),
        ("Jan Kowali", True),
        ("Jan Nowal", False),
    ]


@pytest.mark.parametrize("typed", [pesel(7), f"{pesel(7)[:6]} {pesel(7)[6:]}"])
def test_a_pesel_finds_its_person_and_nobody_else(unit: World, typed: str):
    added("Jan Jeden", pesel=pesel(7))
    added("Jan Dwa", pesel=pesel(8))
    assert found(typed) == ["Jan Jeden"]
    assert found(pesel(9)) == []


def test_a_pesel_with_a_typo_finds_nobody(unit: World):
    added("Jan Jeden", pesel=pesel(7))
    assert found(pesel(7)[:-1] + str((int(pesel(7)[-1]) + 1) % 10)) == []


def test_a_case_number_and_a_telephone_find_their_person(unit: World):
    person = added("Jan Jeden", phone="+48500100200")
    Participation.objects.create(person=person, number="U/12/2026", opened_on="2026-11-02")
    for typed in ("U/12/2026", "u/12/2026", "500 100 200", "+48 500100200"):
        assert found(typed) == ["Jan Jeden"]
    assert found("U/13/2026") == []


def test_who_was_merged_is_found_no_more(unit: World):
    keep, gone = added("Jan Bóbr"), added("Jan Bobr", pesel=pesel(1))
    merge_persons(keep_id=keep.pk, gone_id=gone.pk)
    assert found("bobr") == ["Jan Bóbr"]
    assert found(pesel(1)) == ["Jan Bóbr"]


def test_another_units_persons_are_not_found(world: World):
    with world.scope("cis"):
        added("Jan Bóbr", pesel=pesel(1), phone="+48500100200")
    with world.scope("kis"):
        for typed in ("bobr", "bobrr", pesel(1), "500100200"):
            assert found(typed) == []
        assert similar_persons(first_name="Jan", last_name="Bóbr", pesel=pesel(1), phone="+48500100200") == []
        assert likely_doubles() == []


def test_doubles_are_listed_by_how_sure_they_are(unit: World):
    births = (
        {"pesel": pesel(1)},
        {"no_pesel": "unknown", "birth_date": added("A B", pesel=pesel(2)).birth_date},
    )
    one = added("Marek Dąbek", **births[0])
    other = added("Marek Dombek", phone="+48500100200", **births[1])
    third = added("Krystyna Zając", phone="+48500100200")
    pairs = [(pair.one.pk, pair.other.pk, pair.likeness.score.value) for pair in likely_doubles()]
    assert pairs == [(other.pk, third.pk, "possible")] or (one.pk, other.pk, "likely") in pairs
    mark_not_duplicate(one_id=other.pk, other_id=third.pk)
    assert (other.pk, third.pk) not in [(pair.one.pk, pair.other.pk) for pair in likely_doubles()]


@pytest.mark.parametrize(
    ("name", "given", "score"),
    [
        ("Marek Dąbek", {}, "possible"),
        ("Dąbek Marek", {"birth_date": "1983-04-05"}, "likely"),
        ("Marek Dabeg", {"birth_date": "1983-05-04"}, "likely"),
    ],
)
def test_a_pair_of_each_kind_is_listed(unit: World, name: str, given: dict, score: str):
    one = added("Marek Dąbek", pesel=pesel(1))
    other = added(name)
    Person.objects.filter(pk=other.pk).update(**given)
    (pair,) = likely_doubles()
    assert (pair.one.pk, pair.other.pk, pair.likeness.score.value) == (one.pk, other.pk, score)


def cost(world: World, person: str, address: str, sent: dict[str, str] | None = None) -> list[str]:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)

    def ask() -> int:
        answer = client.get(address) if sent is None else client.post(address, sent, headers=HTMX)
        return answer.status_code

    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask() == 200
    # A test's transaction outlives the scope, which therefore empties its settings: one query more.
    return kinds_of(captured.captured_queries)[:-1]


@pytest.mark.parametrize("person", ["ewa", "tomasz"])
def test_a_search_and_a_person_cost_eight_queries_at_most(world: World, person: str):
    with world.scope("cis", "ewa"):
        one = added("Marek Dąbek", pesel=pesel(1), gmina="0611062", phone="+48500100200")
        for number in range(8):
            added(f"Marek Dąbe{'klmnoprs'[number]}")
        for number in range(3):
            Participation.objects.create(
                person=one,
                number=f"U/{number}/2026",
                opened_on="2026-11-02",
                **({"ended_on": "2026-11-03", "end_reason": "job"} if number else {}),
            )
    search_page = reverse("participants:search")
    for address in (
        f"{search_page}?q=dabek",
        f"{search_page}?q=dabekk",
        f"{search_page}?q=500100200",
        reverse("participants:person", args=[one.pk]),
    ):
        spent = cost(world, person, address)
        assert len(spent) <= 8, (address, spent)
    assert len(cost(world, person, search_page, {"q": pesel(1)})) <= 8


def test_the_list_of_doubles_costs_eight_queries_at_most(world: World):
    with world.scope("cis", "ewa"):
        for _ in range(5):
            added("Marek Dąbek")
    assert len(cost(world, "ewa", reverse("participants:double_list"))) <= 8
