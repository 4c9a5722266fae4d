"""Referrals through the API: sent once for a key, read back without the person, seen by their body alone."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from participants.models import Referral
from participants.perms import portal as perms
from participants.services import referrals
from participants.services.portal.offers import save_offer
from reintegration.api.models import Answer
from reintegration.core import clock
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.api.test_base import KEY_HEADER, assert_problem, token
from tests.cast import World
from tests.participants.portal.made import pesel, sent

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/referrals/"
ACTIONS = [one.name for one in (perms.OWN_LIST, perms.OWN_SHOW, perms.OWN_SEND, perms.PLACE_LIST)]


def body(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "unit": str(world.cis.pk),
        "first_name": "Roman",
        "last_name": "Sęk",
        "pesel": pesel(),
        "town": "Modrzewno",
        "groups": ["1"],
        "person_agrees": True,
        **changed,
    }


def send(secret: str, told: Any, key: str = "k") -> Any:
    headers = {"Authorization": f"Bearer {secret}", KEY_HEADER: key}
    return Client().post(ADDRESS, told, content_type="application/json", headers=headers)


def ask(secret: str, address: str = ADDRESS) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def test_a_referral_is_sent_and_its_way_is_read_back(world: World):
    secret = token(world, "pawel", actions=ACTIONS)
    answer = send(secret, body(world, sender_person="Zofia Kalina"))
    assert answer.status_code == 201
    key = answer.json()["id"]
    with world.scope("cis", "anna"):
        found = Referral.objects.get(pk=key)
        assert (found.state, found.sender_person, found.source) == ("sent", "Zofia Kalina", "OPS")
        referrals.receive(referral_id=found.pk)
        at = clock.now() + timedelta(days=2)
        referrals.invite(referral_id=found.pk, interview_at=at, place="pokój 4")
    read = ask(secret, f"{ADDRESS}{key}/").json()
    assert (read["state"], read["interview_place"], read["awaited_of"]) == ("in_study", "pokój 4", "you")
    assert read["status"].startswith("rozmowa ")
    assert [row["id"] for row in ask(secret).json()["results"]] == [key]


def test_the_same_key_sends_once(world: World):
    secret = token(world, "pawel", actions=ACTIONS)
    first, second = send(secret, body(world)), send(secret, body(world))
    assert first.content == second.content
    assert_problem(send(secret, body(world, last_name="Dąbek")), 422)
    with world.scope("ops", "pawel"):
        assert Referral.objects.count() == 1


def test_nothing_of_the_person_is_read_back_or_kept_with_the_key(world: World):
    secret = token(world, "pawel", actions=ACTIONS)
    send(secret, body(world))
    with world.scope("ops", "pawel"):
        kept = Answer.objects.get().body
    for text in (kept, json.dumps(ask(secret).json())):
        for word in ("Roman", "Sęk", "S\\u0119k", pesel()):
            assert word not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pesel", "12345678901"),
        ("pesel", ""),
        ("first_name", ""),
        ("first_name", "a\u0007"),
        ("groups", []),
        ("groups", ["77"]),
        ("person_agrees", False),
        ("birth_date", "1990-01-01"),
        ("sex", "F"),
        ("postcode", "x"),
        ("phone", "x"),
        ("gmina", "Nigdzie"),
        ("unit", "00000000-0000-0000-0000-000000000000"),
        ("story", "a" * 2001),
        ("story", ["a"]),
    ],
)
def test_what_does_not_fit_is_named(world: World, field: str, value: Any):
    answer = assert_problem(send(token(world, "pawel", actions=ACTIONS), body(world, **{field: value})), 400)
    assert {error["field"].partition(".")[0] for error in answer["errors"]} == {field}
    with world.scope("ops", "pawel"):
        assert not Referral.objects.exists()


def test_an_office_of_work_says_whom_it_told(world: World):
    with scope(organisation_id=OPERATOR_ID, source="test"):
        world.organisations["ops"].referringbody.body_type = "PUP"
        world.organisations["ops"].referringbody.save()
    secret = token(world, "pawel", actions=ACTIONS)
    answer = assert_problem(send(secret, body(world)), 400)
    assert {error["field"] for error in answer["errors"]} == {"ops_notified_on", "ops_name"}
    told = body(world, ops_notified_on=str(clock.today()), ops_name="OPS Jodłów")
    assert send(secret, told).status_code == 201


def test_a_token_of_another_body_finds_nothing(world: World):
    made = sent(world)
    secret = token(world, "adam", actions=ACTIONS)
    assert_problem(ask(secret, f"{ADDRESS}{made.pk}/"), 404)
    assert ask(secret).json()["count"] == 0


def test_a_token_of_a_unit_sends_nothing(world: World):
    secret = token(world, "ewa", actions=ACTIONS)
    assert_problem(send(secret, body(world)), 403)
    assert_problem(ask(secret), 403)
    assert_problem(ask(secret, "/api/v1/places/"), 403)


def test_a_token_without_the_action_sends_nothing(world: World):
    assert_problem(send(token(world, "pawel", actions=[perms.OWN_LIST.name]), body(world)), 403)


def test_places_of_the_area_are_read(world: World):
    with world.scope("cis", "ewa"):
        for title, areas in (("gastronomia", []), ("dla opolskiego", ["16"])):
            save_offer(
                offer_id=None, title=title, places=2, starts_on=None, note="", areas=areas, published=True
            )
    found = ask(token(world, "pawel", actions=ACTIONS), "/api/v1/places/").json()["results"]
    assert [(row["title"], row["unit_type"]) for row in found] == [("gastronomia", "CIS")]


def test_a_state_that_is_none_is_refused(world: World):
    assert_problem(ask(token(world, "pawel", actions=ACTIONS), f"{ADDRESS}?state=x"), 400)


def test_an_address_of_nothing_is_answered_in_json(world: World):
    assert_problem(ask(token(world, "pawel", actions=ACTIONS), f"{ADDRESS}x/"), 404)
