"""Free places: published by a unit, read by bodies of the area and by everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from participants import teryt
from participants.demo.gminas import REGISTER
from participants.models import PlaceOffer
from participants.queries import places
from participants.rules.areas import meet
from participants.services.portal.offers import read_areas, save_offer
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Organisation, ReferringBody
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db

PUBLIC = "/wolne-miejsca/"
OWN = "/moje-skierowania/wolne-miejsca/"


def offer(title: str = "gastronomia", **given: object) -> PlaceOffer:
    values = {
        "offer_id": None,
        "places": 3,
        "starts_on": clock.today() + timedelta(days=10),
        "note": "",
        "areas": [],
        "published": True,
    }
    return save_offer(**{**values, "title": title, **given})


def load_register() -> None:
    with scope(organisation_id=OPERATOR_ID, source="test"):
        teryt.load(REGISTER.splitlines())


def page_of(world: World, person: str, address: str) -> str:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["06"], ["0659011"], True),
        (["0659"], ["0659011"], True),
        (["0659011"], ["0659"], True),
        (["0659011"], ["0659022"], False),
        (["0659"], ["0658"], False),
        (["16"], ["06"], False),
        ([], ["06"], False),
    ],
)
def test_areas_meet_when_one_lies_in_the_other(one: list[str], other: list[str], expected: bool):
    assert meet(one, other) is expected


def test_everybody_reads_what_is_published_and_nothing_else(world: World):
    with world.scope("cis", "ewa"):
        offer("gastronomia")
        offer("stolarnia", published=False)
    page = Client().get(PUBLIC).content.decode()
    assert "gastronomia" in page
    assert "stolarnia" not in page
    assert "CIS „Nowy Most”" in page


def test_the_page_says_of_which_day_the_state_is(world: World):
    with world.scope("cis", "ewa"):
        offer()
    with scope(organisation_id=OPERATOR_ID, source="test"):
        soon_after_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        PlaceOffer.objects.update(updated_at=soon_after_midnight)
    assert "23.11.2026" in Client().get(PUBLIC).content.decode()


def test_the_list_is_narrowed_to_a_voivodeship(world: World):
    with world.scope("cis", "ewa"):
        offer("gastronomia")
        offer("dla sąsiadów", areas=["16"])
    assert "gastronomia" in Client().get(f"{PUBLIC}?woj=06").content.decode()
    beside = Client().get(f"{PUBLIC}?woj=16").content.decode()
    assert "dla sąsiadów" in beside
    assert "gastronomia" not in beside
    assert Client().get(f"{PUBLIC}?woj=' OR 1=1").status_code == 200


def test_a_closed_unit_offers_nothing(world: World):
    with world.scope("cis", "ewa"):
        offer()
    with scope(organisation_id=OPERATOR_ID, source="test"):
        Organisation.objects.filter(pk=world.cis.pk).update(closed_on=clock.today())
    assert "gastronomia" not in Client().get(PUBLIC).content.decode()


def test_a_start_that_has_passed_is_said_to_have(world: World):
    with world.scope("cis", "ewa"):
        made = offer()
        PlaceOffer.objects.filter(pk=made.pk).update(starts_on=clock.today() - timedelta(days=1))
    assert "termin minął" in Client().get(PUBLIC).content.decode()


def test_a_body_sees_offers_of_its_area_only(world: World):
    load_register()
    with world.scope("cis", "ewa"):
        offer("dla Modrzewna", areas=["0659013"])
        offer("dla powiatu", areas=["0659"])
        offer("dla wszystkich")
        offer("dla opolskiego", areas=["16"])
    here = page_of(world, "zofia", OWN)
    assert all(title in here for title in ("dla Modrzewna", "dla powiatu", "dla wszystkich"))
    assert "dla opolskiego" not in here
    beside = page_of(world, "krystyna", OWN)
    assert "dla Modrzewna" not in beside
    assert "dla powiatu" in beside


def test_an_office_of_a_powiat_has_the_powiat_for_its_area(world: World):
    load_register()
    found = places.area_of(world.organisations["other_ops"], "PUP")
    assert found.codes == ("0659",)
    assert places.area_of(world.organisations["other_ops"], "OPS").codes == ("0659022", "0659031")


def test_a_town_that_no_register_knows_means_the_voivodeship(world: World):
    body = ReferringBody.objects.get(organisation=world.organisations["ops"])
    assert places.area_of(body.organisation, body.body_type).codes == ("06",)


def test_areas_are_read_as_people_write_them(world: World):
    load_register()
    assert read_areas(["Modrzewno", "powiat modrzewski", "lubelskie", "0659022", "", "0659"]) == [
        "0659013",
        "0659",
        "06",
        "0659022",
    ]
    for text in ("Nigdzie", "powiat niczyj", "99", "7799"):
        with pytest.raises(InputError):
            read_areas([text])


def test_the_unit_publishes_and_changes(world: World):
    client = Client()
    sign_in(client, world.people["rafal"], world.cis.pk)
    sent = {"title": "krawiectwo", "places": "4", "starts_on": "", "note": "", "areas": "", "published": "on"}
    assert client.post(reverse("participants:offer_new"), sent).status_code == 302
    with world.scope("cis"):
        made = PlaceOffer.objects.get()
    assert "nabór ciągły" in Client().get(PUBLIC).content.decode()
    address = reverse("participants:offer_edit", args=[made.pk])
    del sent["published"]
    assert client.post(address, sent).status_code == 302
    assert "krawiectwo" not in Client().get(PUBLIC).content.decode()


def test_errors_stand_at_their_fields_and_all_stays(world: World):
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    sent = {
        "title": "krawiectwo",
        "places": "-1",
        "starts_on": "1.1.2020",
        "areas": "Nigdzie",
        "published": "on",
    }
    response = client.post(reverse("participants:offer_new"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Wpisz 0 albo więcej." in page
    assert "Nie ma gminy „Nigdzie”" in page
    assert 'value="krawiectwo"' in page


def test_a_past_start_is_not_published(world: World):
    with world.scope("cis", "ewa"), pytest.raises(InputError) as refused:
        offer(starts_on=clock.today() - timedelta(days=1))
    assert refused.value.field == "starts_on"


def test_two_offers_of_one_name_are_refused_with_a_sentence(world: World):
    client = Client()
    sign_in(client, world.people["ewa"], world.cis.pk)
    sent = {"title": "krawiectwo", "places": "1", "starts_on": "", "areas": "", "published": "on"}
    client.post(reverse("participants:offer_new"), sent)
    response = client.post(reverse("participants:offer_new"), sent)
    assert response.status_code == 422
    assert "Jest już wpis o tej nazwie." in response.content.decode()


def test_another_unit_changes_nothing(world: World):
    with world.scope("cis", "ewa"):
        made = offer()
    client = Client()
    sign_in(client, world.people["bozena"], world.kis.pk)
    address = reverse("participants:offer_edit", args=[made.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"title": "x", "places": "0"}).status_code == 404
    assert "gastronomia" not in client.get(reverse("participants:offer_list")).content.decode()
