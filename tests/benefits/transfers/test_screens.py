"""The pages of transfers: from an approved list to the file in hand, and what is printed."""

import pytest
from django.test import Client
from django.urls import reverse

from benefits.models import BankProfile, PayrollList, TransferFile
from reintegration.tenancy.models import UnitAccount
from tests.benefits.lists import made as made_lists
from tests.benefits.lists.made import OCTOBER
from tests.benefits.transfers import made
from tests.benefits.transfers.test_files import records
from tests.cast import World, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def row(world: World) -> PayrollList:
    return made.ready(world)


def at(name: str) -> str:
    return reverse(f"benefits:{name}", args=[OCTOBER])


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_the_way_from_an_approved_list_to_the_file(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["celina"])
    page = text(client, at("transfers"))
    assert "2 przelewy, 4 281,36 zł" in page
    assert "1 osoba, 2 140,68 zł" in page
    assert "Zrób plik dla banku" in page
    assert client.get(at("transfers_file")).url == at("transfers")
    assert 'value="20.11.2026"' in text(client, at("transfers_make"))
    answer = client.post(at("transfers_make"), {"day": "23.11.2026"})
    assert (answer.status_code, answer.url) == (302, at("transfers"))
    page = text(client, at("transfers"))
    assert "Pobierz plik dla banku" in page
    assert "23.11.2026" in page
    assert client.get(at("transfers_make")).url == at("transfers")
    found = client.get(at("transfers_file"))
    assert found["Content-Disposition"] == 'attachment; filename="przelewy LW-1-2026.txt"'
    assert len(records(found.content)) == 2
    assert client.get(at("transfers_file")).content == found.content


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("transfers_print", b"%PDF"),
        ("cash_print", b"%PDF"),
        ("transfers_sheet", b"PK"),
        ("cash_sheet", b"PK"),
    ],
)
def test_lists_are_taken_away(client: Client, world: World, row: PayrollList, name: str, first: bytes):
    sign_in(client, world.people["rafal"])
    assert client.get(at(name)).content.startswith(first)


def test_the_office_sees_the_money_and_makes_no_file(client: Client, world: World, row: PayrollList):
    sign_in(client, world.people["rafal"])
    assert "Zrób plik dla banku" not in text(client, at("transfers"))
    assert client.get(at("transfers_make")).status_code == 403
    assert client.get(at("transfers_file")).status_code == 403
    sign_in(client, world.people["anna"])
    assert client.get(at("transfers")).status_code == 403


def test_before_the_approval_there_is_nothing_to_take(client: Client, world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        made.people()
    made_lists.locked(world)
    sign_in(client, world.people["ewa"])
    page = text(client, at("transfers"))
    assert "Lista nie jest zatwierdzona." in page
    assert "Zrób plik" not in page
    assert client.get(at("transfers_make")).url == at("transfers")
    assert client.get(at("cash_print")).url == at("transfers")
    assert client.post(at("transfers_make"), {"day": "23.11.2026"}).status_code == 422


def test_without_an_account_the_page_leads_to_where_it_is_set(client: Client, world: World, row: PayrollList):
    with world.scope("cis", "ewa"):
        UnitAccount.objects.all().delete()
    sign_in(client, world.people["ewa"])
    page = text(client, at("transfers"))
    assert "Brakuje rachunku" in page
    assert reverse("administration:account") in page
    assert "Zrób plik" not in page


def test_a_shared_account_is_shown_and_asked_about(client: Client, world: World):
    with world.scope("cis", "ewa"):
        made_lists.rounding(world)
        made.own_account()
        made_lists.people(2)
    made_lists.approved(world)
    sign_in(client, world.people["ewa"])
    names = "Leszek Bażant i Henryk Borsuk"
    assert names in text(client, at("transfers"))
    assert names in text(client, at("transfers_make"))
    assert client.post(at("transfers_make"), {"day": "23.11.2026"}).status_code == 422
    data = {"day": "23.11.2026", "shared_confirmed": "on"}
    assert client.post(at("transfers_make"), data).status_code == 302
    with world.scope("cis", "ewa"):
        assert TransferFile.objects.count() == 1


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "x", "2026-09"])
def test_a_month_without_a_list_is_not_found(client: Client, world: World, row: PayrollList, month: str):
    sign_in(client, world.people["ewa"])
    assert client.get(reverse("benefits:transfers", args=[month])).status_code == 404


def test_the_manager_says_what_the_bank_reads(client: Client, world: World):
    sign_in(client, world.people["ewa"])
    url = reverse("benefits:transfer_settings")
    assert url in text(client, reverse("administration:settings"))
    data = {"format": "pain.001.001.09", "encoding": "cp1250", "addresses": "structured"}
    assert client.post(url, data).status_code == 302
    with world.scope("cis", "ewa"):
        assert BankProfile.objects.get().format == "pain.001.001.09"
    sign_in(client, world.people["bozena"])
    assert client.get(url).status_code == 404
