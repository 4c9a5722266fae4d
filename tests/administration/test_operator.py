"""The operator's screens: organisations, founders, and who is invited to lead."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.accounts.models import Invitation
from reintegration.administration import queries, services
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.notices.models import Mail
from reintegration.tenancy.models import Founder, Membership, Organisation, ReferringBody, Unit, VoivodeOffice
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.cast import World, sign_in

pytestmark = pytest.mark.django_db

LONG = "Ż" * 500
UNIT = {
    "unit_type": "CIS",
    "name": "Centrum Integracji Społecznej „Zakole”",
    "short_name": "CIS „Zakole”",
    "voivodeship": "18",
    "town": "Olszyny",
    "opened_on": "1.3.26",
    "nip": "526-000-12-46",
    "founder": "",
    "founder_name": "Stowarzyszenie Zakole",
    "founder_kind": "ngo",
    "founder_town": "Olszyny",
}
BODY = {
    "body_type": "PUP",
    "name": "Powiatowy Urząd Pracy w Olszynach",
    "short_name": "PUP Olszyny",
    "voivodeship": "18",
    "town": "Olszyny",
    "opened_on": "01.03.2026",
}
OFFICE = {
    "name": "Podkarpacki Urząd Wojewódzki",
    "short_name": "Urząd podkarpacki",
    "voivodeship": "18",
    "town": "Rzeszów",
    "opened_on": "01.03.2026",
}
KINDS = {"jednostka": UNIT, "podmiot-kierujacy": BODY, "urzad-wojewodzki": OFFICE}


@pytest.fixture
def oskar(world: World) -> Client:
    client = Client()
    sign_in(client, world.people["operator"], OPERATOR_ID)
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"administration:{name}", args=args)


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, url: str, **values: Any) -> Any:
    return client.post(url, {"submission": uuid7().hex, **values})


def opened(client: Client, kind: str, **values: Any) -> Any:
    return send(client, address("organisation_open", kind), **{**KINDS[kind], **values})


# The list


def test_the_list_names_every_organisation_but_the_operators_own(oskar: Client):
    shown = text_of(oskar.get(address("organisation_list")))
    for name in ("CIS „Nowy Most”", "OPS Jodłów", "Urząd lubelski", "7 wierszy"):
        assert name in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("rodzaj=KIS", {"KIS „Przystań”"}),
        ("rodzaj=referring_body", {"OPS Jodłów", "OPS Modrzewno"}),
        ("wojewodztwo=16", {"Urząd opolski"}),
        ("tekst=osrodek jodlow", set()),
        ("tekst=JODŁOWIE", {"OPS Jodłów"}),
        ("stan=zamknieta", {"OPS Jodłów"}),
        ("stan=bez-kierownika", {"KIS „Przystań”"}),
        ("rodzaj=CIS&wojewodztwo=06&stan=dziala", {"CIS „Nowy Most”", "CIS „Warsztat”"}),
    ],
)
def test_the_list_is_narrowed_by_kind_place_text_and_state(world: World, oskar: Client, query, names):
    with scope(organisation_id=OPERATOR_ID, source="test"):
        for row in Membership.objects.filter(organisation=world.kis, role="manager"):
            row.revoked_at, row.revoked_by = row.user.created_at, row.user
            row.save()
        services.close_organisation(
            organisation=world.organisations["other_ops"],
            on=date(2026, 11, 20),
            by=world.people["operator"],
        )
    page = oskar.get(f"{address('organisation_list')}?{query}").content.decode()
    everything = {found.short_name for found in world.organisations.values()}
    assert {name for name in everything if f">{name}</a>" in page} == names


@pytest.mark.parametrize("sort", ["short_name", "-subtype", "opened_on", "-town", "get_voivodeship_display"])
def test_the_list_is_sorted_and_taken_away(oskar: Client, sort: str):
    assert oskar.get(f"{address('organisation_list')}?sort={sort}").status_code == 200
    file = oskar.get(f"{address('organisation_list')}?sort={sort}&plik=csv").content.decode("utf-8-sig")
    assert "CIS „Nowy Most”;CIS;lubelskie;Modrzewno" in file


@pytest.mark.parametrize("name", ["organisation_list", "founder_list"])
def test_the_lists_cost_the_same_for_one_and_for_fifty(world: World, oskar: Client, name: str):
    counts = []
    for more in (1, 9, 40):
        with scope(organisation_id=OPERATOR_ID, source="test"):
            for _ in range(more):
                founder = Founder.objects.create(name="Fundacja", kind="ngo", town="Olszyny")
                services.open_unit(
                    organisation={
                        "name": "Klub",
                        "short_name": "KIS",
                        "voivodeship": "06",
                        "town": "Olszyny",
                        "opened_on": date(2020, 1, 1),
                    },
                    unit_type="KIS",
                    founder=founder,
                )
        with CaptureQueriesContext(connection) as bare:
            oskar.get(reverse("administration:founder_new"))
        with CaptureQueriesContext(connection) as full:
            oskar.get(address(name))
        counts.append(len(full))
        assert len(full) - len(bare) <= 8
    assert len(set(counts)) == 1


# Opening


def test_a_unit_is_opened_with_a_new_founder_and_its_manager_is_asked_for(oskar: Client):
    answer = opened(oskar, "jednostka")
    made = Organisation.objects.get(short_name="CIS „Zakole”")
    assert answer.url == address("lead_invite", made.pk)
    unit = Unit.objects.get(pk=made.pk)
    assert (unit.unit_type, unit.founder.name, made.nip) == ("CIS", "Stowarzyszenie Zakole", "5260001246")
    assert made.opened_on == date(2026, 3, 1)


def test_a_founder_who_is_known_gets_one_more_unit(oskar: Client):
    founder = Founder.objects.get(name="Fundacja Krok")
    new = dict.fromkeys(("founder_name", "founder_kind", "founder_town"), "")
    assert opened(oskar, "jednostka", founder=founder.pk, **new).status_code == 302
    assert queries.founders().get(pk=founder.pk).unit_count == 4


def test_a_body_and_an_office_are_opened(oskar: Client):
    assert opened(oskar, "podmiot-kierujacy").status_code == 302
    assert opened(oskar, "urzad-wojewodzki").status_code == 302
    assert ReferringBody.objects.filter(body_type="PUP").count() == 1
    assert VoivodeOffice.objects.filter(voivodeship="18").count() == 1


def test_a_form_sent_twice_opens_one_organisation(oskar: Client):
    values = {"submission": uuid7().hex, **UNIT}
    url = address("organisation_open", "jednostka")
    first, second = oskar.post(url, values), oskar.post(url, values)
    assert first.url == second.url
    assert Organisation.objects.filter(short_name="CIS „Zakole”").count() == 1


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("jednostka", {"name": LONG}, "Za długie o 300 znaków"),
        ("jednostka", {"short_name": "a\x00b"}, "znak sterujący"),
        ("jednostka", {"voivodeship": "99"}, "Wybierz jedną z podanych odpowiedzi"),
        ("jednostka", {"opened_on": "31.2.2026"}, "Działa od"),
        ("jednostka", {"opened_on": "1.1.2199"}, "albo wcześniejszy dzień"),
        ("jednostka", {"nip": "5260001247"}, "Cyfra kontrolna NIP"),
        ("jednostka", {"postcode": "x" * 400}, "Kod pocztowy"),
        ("jednostka", {"email": "bez-malpy"}, "Adres ma znak @"),
        ("jednostka", {"founder": "nie-ma"}, "Wybierz jedną z podanych odpowiedzi"),
        ("jednostka", {"founder": str(uuid7())}, "Wybierz jedną z podanych odpowiedzi"),
        ("jednostka", {"founder_name": "", "founder_kind": "", "founder_town": ""}, "wpisz nazwę nowego"),
        ("jednostka", {"founder_kind": ""}, "Zaznacz rodzaj nowego podmiotu"),
        ("jednostka", {"founder_town": ""}, "Wpisz miejscowość nowego podmiotu"),
        ("jednostka", {"unit_type": "XYZ"}, "Wybierz jedną z podanych odpowiedzi"),
        ("podmiot-kierujacy", {"body_type": ""}, "Zaznacz rodzaj podmiotu"),
        ("urzad-wojewodzki", {"voivodeship": "06"}, "To województwo ma już swój urząd"),
    ],
)
def test_what_cannot_be_saved_is_said_at_the_field(oskar: Client, kind, values, sentence):
    before = Organisation.objects.count()
    shown = text_of(opened(oskar, kind, **values), 422)
    assert sentence in shown, shown[400:1500]
    assert Organisation.objects.count() == before


def test_a_founder_from_the_list_and_a_new_one_exclude_each_other(oskar: Client):
    founder = Founder.objects.get(name="Fundacja Krok")
    assert "Zostaw jedno" in text_of(opened(oskar, "jednostka", founder=founder.pk), 422)


def test_a_kind_that_does_not_exist_is_no_page(oskar: Client):
    assert oskar.get(address("organisation_open", "operator")).status_code == 404


# Inviting who leads


def test_the_first_manager_is_invited_by_a_mail(world: World, oskar: Client):
    url = address("lead_invite", world.kis.pk)
    answer = send(oskar, url, email=" Nowa.Osoba@KIS.example ")
    assert answer.url == address("organisation_show", world.kis.pk)
    made = Invitation.objects.get(email="nowa.osoba@kis.example")
    assert (made.organisation_id, made.roles) == (world.kis.pk, ["manager"])
    assert made.invited_by == world.people["operator"]
    with world.scope("operator"):
        assert Mail.objects.count() == 1
    shown = text_of(oskar.get(address("organisation_show", world.kis.pk)))
    assert "nowa.osoba@kis.example" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gets_the_role_that_answers_for_it(oskar: Client, kind: str):
    made = opened(oskar, kind)
    send(oskar, made.url, email="pierwsza@nowe.example")
    expected = {"jednostka": "manager", "podmiot-kierujacy": "head", "urzad-wojewodzki": "registrar"}
    assert Invitation.objects.get(email="pierwsza@nowe.example").roles == [expected[kind]]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Wpisz adres osoby"),
        ("nie adres", "Adres ma znak @"),
        ("a" * 300 + "@x.example", "Za długie o"),
        ("bozena@kis.example", "ma już taką rolę"),
    ],
)
def test_an_address_that_cannot_be_invited_is_said(world: World, oskar: Client, email: str, sentence: str):
    assert sentence in text_of(send(oskar, address("lead_invite", world.kis.pk), email=email), 422)
    assert not Invitation.objects.exists()


def test_an_invitation_is_withdrawn_once(world: World, oskar: Client):
    send(oskar, address("lead_invite", world.kis.pk), email="nowa@kis.example")
    made = Invitation.objects.get()
    url = address("lead_withdraw", world.kis.pk, made.pk)
    assert "nowa@kis.example" in text_of(oskar.get(url))
    assert send(oskar, url).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert send(oskar, url).status_code == 404


def test_an_invitation_is_found_only_in_its_own_organisation(world: World, oskar: Client):
    send(oskar, address("lead_invite", world.kis.pk), email="nowa@kis.example")
    url = address("lead_withdraw", world.cis.pk, Invitation.objects.get().pk)
    assert oskar.get(url).status_code == 404


def test_the_operator_sees_nobody_whom_the_organisation_invited_itself(world: World, oskar: Client):
    with world.scope("kis", "bozena"):
        made, _ = services.invite(
            email="prywatna@kis.example",
            organisation=world.kis,
            roles=["instructor"],
            since=date(2026, 1, 1),
            until=None,
            by=world.people["bozena"],
        )
    shown = oskar.get(address("organisation_show", world.kis.pk)).content.decode()
    assert "prywatna" not in shown
    assert "Bożena" not in shown
    assert oskar.get(address("lead_withdraw", world.kis.pk, made.pk)).status_code == 404


# Changing, closing


def test_the_data_of_each_kind_are_changed(world: World, oskar: Client):
    for key, more in (
        ("kis", {"founder": Founder.objects.get().pk, "register_number": "KIS/7"}),
        ("ops", {"body_type": "CUS"}),
        ("office", {"voivodeship": "14"}),
    ):
        found = world.organisations[key]
        values = {
            "name": f"{found.name} po zmianie",
            "short_name": found.short_name,
            "voivodeship": found.voivodeship,
            "town": found.town,
            "opened_on": "01.01.2020",
            **more,
        }
        answer = send(oskar, address("organisation_edit", found.pk), **values)
        assert answer.status_code == 302, answer.content.decode()
        found.refresh_from_db()
        assert found.name.endswith("po zmianie")
    assert Unit.objects.get(pk=world.kis.pk).register_number == "KIS/7"
    assert ReferringBody.objects.get(pk=world.organisations["ops"].pk).body_type == "CUS"
    assert VoivodeOffice.objects.get(pk=world.organisations["office"].pk).voivodeship == "14"


def test_two_who_change_the_same_data_see_both_entries(world: World, oskar: Client):
    url = address("organisation_edit", world.organisations["ops"].pk)
    page = oskar.get(url).content.decode()
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    values = {**BODY, "short_name": "OPS nowa nazwa", "version": version}
    assert send(oskar, url, **values).status_code == 302
    assert send(oskar, url, **{**values, "short_name": "OPS inna nazwa"}).status_code == 409


def test_an_office_does_not_move_into_anothers_voivodeship(world: World, oskar: Client):
    url = address("organisation_edit", world.organisations["office"].pk)
    answer = send(oskar, url, **{**OFFICE, "voivodeship": "16"})
    assert "ma już swój urząd" in text_of(answer, 422)


def test_closing_ends_every_access_in_the_same_moment(world: World, oskar: Client):
    bozena = Client()
    sign_in(bozena, world.people["bozena"], world.kis.pk)
    assert bozena.get(reverse("administration:member_list")).status_code == 200
    send(oskar, address("lead_invite", world.kis.pk), email="nowa@kis.example")
    url = address("organisation_close", world.kis.pk)
    assert "stracą dostęp od razu" in text_of(oskar.get(url))
    assert send(oskar, url).url == address("organisation_show", world.kis.pk)
    assert bozena.get(reverse("administration:member_list")).status_code != 200
    assert Membership.objects.filter(organisation=world.kis, revoked_at__isnull=True).count() == 0
    assert Invitation.objects.open().count() == 0
    shown = text_of(oskar.get(address("organisation_show", world.kis.pk)))
    assert "Ta organizacja jest zamknięta." in shown
    assert "Zaproś" not in shown
    assert "jest już zamknięta" in text_of(send(oskar, url), 422)


def test_reopening_gives_nobody_access_back(world: World, oskar: Client):
    send(oskar, address("organisation_close", world.kis.pk))
    assert "jest zamknięta" in text_of(
        send(oskar, address("lead_invite", world.kis.pk), email="nowa@kis.example"), 422
    )
    assert send(oskar, address("organisation_reopen", world.kis.pk)).status_code == 302
    world.kis.refresh_from_db()
    assert world.kis.closed_on is None
    assert not queries.organisations().get(pk=world.kis.pk).has_lead
    assert "Ta organizacja działa." in text_of(send(oskar, address("organisation_reopen", world.kis.pk)), 422)


def test_a_role_that_was_over_keeps_its_end_when_the_organisation_closes(world: World):
    row = Membership.objects.get(user=world.people["marek"])
    with scope(organisation_id=OPERATOR_ID, source="test"):
        row.until = date(2021, 1, 1)
        row.save()
        services.close_organisation(
            organisation=world.kis, on=date(2026, 11, 20), by=world.people["operator"]
        )
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_operators_own_organisation_is_not_among_them(world: World, oskar: Client):
    for name in ("organisation_show", "organisation_edit", "organisation_close", "lead_invite"):
        assert oskar.get(address(name, OPERATOR_ID)).status_code == 404
    with (
        scope(organisation_id=OPERATOR_ID, source="test"),
        pytest.raises(InputError, match="nie można zamknąć"),
    ):
        services.close_organisation(
            organisation=world.organisations["operator"],
            on=date(2026, 11, 20),
            by=world.people["operator"],
        )


# Founders


def test_a_founder_is_added_and_changed(oskar: Client):
    values = {"name": "Gmina Olszyny", "kind": "local_government", "town": "Olszyny", "krs": "12345"}
    assert send(oskar, address("founder_new"), **values).url == address("founder_list")
    made = Founder.objects.get(name="Gmina Olszyny")
    assert made.krs == "0000012345"
    send(oskar, address("founder_edit", made.pk), **{**values, "town": "Dębina"})
    made.refresh_from_db()
    assert made.town == "Dębina"
    assert "Dębina" in text_of(oskar.get(f"{address('founder_list')}?tekst=gmina&rodzaj=local_government"))
    assert "Nic nie pasuje" in text_of(oskar.get(f"{address('founder_list')}?rodzaj=church"))


def test_two_founders_with_one_nip_are_refused_at_the_field(oskar: Client):
    values = {"name": "Gmina", "kind": "local_government", "town": "Olszyny", "nip": "5260001246"}
    send(oskar, address("founder_new"), **values)
    shown = text_of(send(oskar, address("founder_new"), **values), 422)
    assert "Ten numer ma już podmiot: Gmina" in shown
    made = Founder.objects.get(nip="5260001246")
    assert send(oskar, address("founder_edit", made.pk), **values).status_code == 302
    again = opened(oskar, "jednostka", founder_nip="5260001246")
    assert "Ten numer ma już podmiot: Gmina" in text_of(again, 422)


@pytest.mark.parametrize(
    "values",
    [{"kind": "king"}, {"name": LONG}, {"krs": "x" * 99}, {"regon": "1"}, {"town": "\x07"}, {"name": ""}],
)
def test_a_founder_that_cannot_be_saved_is_no_error_of_the_server(oskar: Client, values):
    sent = {"name": "Gmina", "kind": "local_government", "town": "Olszyny", **values}
    assert "Popraw 1 pole" in text_of(send(oskar, address("founder_new"), **sent), 422)
