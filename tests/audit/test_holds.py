"""The screens of legal holds: whose data stay beyond their term."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from reintegration.audit.models import Event, LegalHold
from reintegration.core import clock
from reintegration.core.ids import uuid7
from reintegration.tenancy.models import StaffMember
from tests.cast import World, sign_in
from tests.factories import staff

pytestmark = pytest.mark.django_db

LIST = reverse("audit:hold_list")


@pytest.fixture(autouse=True)
def _november():
    with clock.frozen(date(2026, 11, 20)):
        yield


@pytest.fixture
def ewa(client: Client, world: World) -> Client:
    sign_in(client, world.people["ewa"])
    return client


def hired(world: World, organisation: str = "cis") -> StaffMember:
    with world.scope(organisation):
        return staff("Łucja Żukowska")


def place(person: UUID) -> str:
    return reverse("audit:hold_place", args=[person])


def test_a_person_is_found_held_and_released(ewa: Client, world: World):
    one = hired(world)
    assert "Niczego nie wstrzymano" in ewa.get(LIST).content.decode()
    found = ewa.get(reverse("audit:hold_find"), {"kto": "żuk"}).content.decode()
    assert place(one.pk) in found
    answer = ewa.post(place(one.pk), {"reason": "Spór w sądzie pracy", "until": "1.6.2027"})
    assert answer.url == LIST
    with world.scope("cis"):
        hold = LegalHold.objects.get()
        assert (hold.subject_id, hold.reason, hold.placed_on, hold.until) == (
            one.pk,
            "Spór w sądzie pracy",
            date(2026, 11, 20),
            date(2027, 6, 1),
        )
    text = ewa.get(LIST).content.decode()
    assert "Żukowska" in text
    assert "Spór w sądzie pracy" in text
    release = reverse("audit:hold_release", args=[hold.pk])
    assert ewa.post(release, {"reason": ""}).status_code == 422
    assert ewa.post(release, {"reason": "Ugoda"}).url == LIST
    with world.scope("cis"):
        hold = LegalHold.objects.get()
        assert hold.released_at is not None
        assert hold.release_reason == "Ugoda"
        assert Event.objects.filter(action="audit.hold.place", persons=[one.pk]).exists()
    assert release not in ewa.get(LIST).content.decode()
    assert ewa.get(release).status_code == 404


def test_a_person_is_held_once_at_a_time(ewa: Client, world: World):
    one = hired(world)
    ewa.post(place(one.pk), {"reason": "Spór"})
    again = ewa.post(place(one.pk), {"reason": "Kontrola"})
    assert again.status_code == 422
    assert "już wstrzymane" in again.content.decode()


def test_a_hold_asks_to_be_looked_at_when_its_day_has_passed(ewa: Client, world: World):
    one = hired(world)
    early = ewa.post(place(one.pk), {"reason": "Spór", "until": "19.11.2026"})
    assert "Wpisz późniejszy dzień" in early.content.decode()
    ewa.post(place(one.pk), {"reason": "Spór", "until": "20.11.2026"})
    assert "sprawdź, czy nadal trzeba" not in ewa.get(LIST).content.decode()
    with clock.frozen(date(2026, 11, 21)):
        sign_in(ewa, world.people["ewa"])
        assert "sprawdź, czy nadal trzeba" in ewa.get(LIST).content.decode()


@pytest.mark.parametrize(("typed", "said"), [("ż", "dwie litery"), ("Nikt", "Nie ma tu takiej osoby")])
def test_a_search_that_finds_nobody_says_why(ewa: Client, typed: str, said: str):
    assert said in ewa.get(reverse("audit:hold_find"), {"kto": typed}).content.decode()


def test_nobody_is_held_whom_the_unit_does_not_know(ewa: Client, world: World):
    assert ewa.get(place(uuid7())).status_code == 404
    assert ewa.post(place(hired(world, "kis").pk), {"reason": "Spór"}).status_code == 404


@pytest.mark.parametrize("person", ["anna", "rafal", "pawel", "maria", "operator"])
def test_only_a_manager_sees_and_places_holds(client: Client, world: World, person: str):
    sign_in(client, world.people[person])
    assert client.get(LIST).status_code == 403
    assert client.get(reverse("audit:hold_find")).status_code == 403
