"""Every file that leaves the program is written down, and can be read who took it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reintegration.audit.models import Event
from reintegration.tenancy.models import StaffMember
from tests.audit.conftest import hire
from tests.cast import World, known_world, sign_in


@pytest.fixture
def world(db: None) -> World:
    return known_world()


def client_of(world: World, person: str) -> Client:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def last(world: World) -> Any:
    with world.scope("cis"):
        return Event.objects.filter(outcome="taken").order_by("-id").first()


def test_a_list_that_is_taken_says_what_how_many_rows_and_through_which_filter(world: World):
    with world.scope("cis", "ewa"):
        hire("Sowa")
        hire("Wilk")
        count = StaffMember.objects.count()
    ewa = client_of(world, "ewa")
    assert ewa.get(reverse("administration:staff_list"), {"plik": "xlsx"}).status_code == 200
    event = last(world)
    assert event.user_id == world.people["ewa"].pk
    assert event.detail == {"format": "xlsx", "rows": count}
    journal = ewa.get(
        reverse("audit:journal"), {"od": "1.1.2020", "czynnosc": "audit.journal.list", "plik": "csv"}
    )
    assert journal.status_code == 200
    # A day is said; of what may name somebody only that it was asked for.
    assert last(world).detail["filters"] == ["Od 01.01.2020", "Czynność"]
    assert "audit.journal.list" not in json.dumps(last(world).detail)


def test_a_paper_that_is_taken_is_written_down_too(world: World):
    assert client_of(world, "ewa").get(reverse("documents:sample")).status_code == 200
    assert last(world).detail == {"format": "pdf"}


def test_the_manager_reads_who_took_what(world: World):
    ewa, jan = client_of(world, "ewa"), client_of(world, "jan")
    ewa.get(reverse("administration:staff_list"), {"plik": "csv"})
    page = ewa.get(reverse("audit:taken")).content.decode()
    for words in ("Pobrane pliki", "Kadra", "CSV", "Ewa"):
        assert words in page, words
    # The page itself is only looked at, and somebody else's files are another organisation's matter.
    assert client_of(world, "bozena").get(reverse("audit:taken")).content.decode().count("CSV") == 0
    assert jan.get(reverse("audit:taken")).status_code == 403
    assert "Pobrane pliki" in ewa.get(reverse("audit:journal")).content.decode()
    shown = ewa.get(reverse("audit:event", args=[last(world).pk])).content.decode()
    assert "rodzaj pliku" in shown
    assert "pobrany plik" in shown
