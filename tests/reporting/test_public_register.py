"""Both registers for everybody: what is there, how it is asked, and that it is made once."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reporting.enums import EndReason
from reporting.models import RegisterEntry
from reporting.services import registers
from tests.cast import World, sign_in
from tests.reporting.made import DATA, entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
CANARY = "KANAREK-URZĄD"


def at() -> str:
    return reverse("reporting:public_register")


@pytest.fixture
def world_of_registers(world: World) -> World:
    with world.scope("office", "maria"):
        entered(number="1")
        entered("KIS", number="1", name="KIS „Gniazdo”", town="Lipnik")
        gone = entered(number="2", name="CIS „Dawny”")
        registers.end(
            entry_id=gone.pk, reason=EndReason.UNHEEDED, number=CANARY, decided_on=clock.today(),
            since=clock.today(), words=CANARY,
        )  # fmt: skip
        hidden = entered(number=CANARY, name=CANARY)
        RegisterEntry.objects.filter(pk=hidden.pk).update(published=False)
    with world.scope("other_office", "dorota"):
        entered(number="1", name="CIS „Opolski”")
    return world


def page(client: Client, **asked: str) -> str:
    answer = client.get(at(), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_and_searches(world_of_registers: World, client: Client):
    whole = page(client)
    for name in ("CIS „Stary Młyn”", "KIS „Gniazdo”", "CIS „Opolski”"):
        assert name in whole
    assert "Dawny" not in whole
    assert "3 jednostki" in whole
    assert "Opolski" not in page(client, woj="06")
    assert "Gniazdo" not in page(client, rodzaj="CIS")
    assert "Gniazdo" in page(client, szukaj="lipnik")
    assert "Stary" not in page(client, szukaj="lipnik")
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert "CIS „Dawny”" in page(client, stan=yesterday)
    assert client.get(at(), {"stan": "wczoraj"}).status_code == 422
    assert client.get(at(), {"strona": "99"}).status_code == 200


def test_nothing_of_the_offices_own_work_is_told(world_of_registers: World, client: Client):
    for asked in ({}, {"plik": "csv"}, {"plik": "json"}, {"stan": "2020-01-01"}, {"szukaj": CANARY[:7]}):
        assert CANARY not in client.get(at(), asked).content.decode().replace('value="KANAREK', "")


def test_files_are_told_once(world_of_registers: World, client: Client):
    first = client.get(at(), {"plik": "json", "woj": "06"})
    told = json.loads(first.content)["wpisy"]
    assert [(one["name"], one["valid_until"]) for one in told] == [
        ("CIS „Stary Młyn”", "2027-04-30"),
        ("KIS „Gniazdo”", None),
    ]
    again = client.get(at(), {"plik": "json", "woj": "06"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(at(), {"plik": "xlsx"}).content.startswith(b"PK")


def test_a_page_is_made_once_until_something_changes(
    world_of_registers: World, client: Client, django_assert_num_queries
):
    first = page(client)
    with django_assert_num_queries(1):
        assert page(client).count("<tr>") == first.count("<tr>")
    with world_of_registers.scope("office", "maria"), clock.frozen(clock.now() + timedelta(minutes=1)):
        entry = RegisterEntry.objects.get(number="1", unit_type="CIS")
        registers.change(entry_id=entry.pk, since=clock.today(), **{**DATA, "name": "CIS „Nowy Młyn”"})
    assert "CIS „Nowy Młyn”" in page(client)


def test_the_page_shows_every_voivodeship_in_the_map_and_in_the_table(
    world_of_registers: World, client: Client
):
    drawn = page(client)
    assert drawn.count('class="tile tile-') == 16
    assert "podkarpackie" in drawn
    # Whoever hears the map is told what it is, and goes to each place from it.
    svg = drawn[drawn.index('<svg class="tilemap') : drawn.index("</svg>", drawn.index("tilemap"))]
    assert 'role="group" aria-label="Mapa województw' in svg
    assert "tabindex" not in svg
    assert "aria-hidden" not in svg


def test_a_unit_reads_its_own_entry_once_it_is_linked(world: World, client: Client):
    sign_in(client, world.people["ewa"])
    own = reverse("reporting:own_entry")
    assert "nie połączył jeszcze" in client.get(own).content.decode()
    with world.scope("office", "maria"):
        entry = entered(number="44")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        registers.note(entry_id=entry.pk, words=CANARY)
    page = client.get(own).content.decode()
    assert "30 kwietnia 2027" in page
    assert CANARY not in page
