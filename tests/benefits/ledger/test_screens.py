"""The year's books on the screen and in a spreadsheet."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from benefits.models import JournalEntry
from benefits.services import lists
from tests.benefits.lists import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LEDGER = reverse("benefits:ledger")


@pytest.fixture
def paid(world: World, client: Client) -> World:
    """A list of three that the manager says is paid."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    row = made.approved(world)
    with world.scope("cis", "ewa"):
        lists.confirm_payment(list_id=row.pk, paid_on=TODAY, without_file=True)
    sign_in(client, world.people["celina"])
    return world


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_the_year_shows_its_accounts_and_entries(paid: World, client: Client):
    page = shown(client, LEDGER)
    # Three times 2140.68, with nothing left to be paid.
    assert page.count("6 422,04 zł") >= 3
    assert "Jeszcze niewypłacone" not in page
    assert "DK/1/2026" in page
    assert "DK/2/2026" in page
    assert "Nie ma jeszcze żadnego zapisu" in shown(client, f"{LEDGER}?rok=2024")


def test_what_is_approved_and_not_paid_is_named(world: World, client: Client):
    with world.scope("cis", "ewa"):
        made.rounding(world)
        made.people()
    row = made.approved(world)
    sign_in(client, world.people["celina"])
    page = shown(client, LEDGER).split("Jeszcze niewypłacone")[1].split("Zapisy")[0]
    assert row.number in page
    assert page.count("2 140,68 zł") == 3


def test_an_entry_shows_both_sides_of_each_person(paid: World, client: Client):
    with paid.scope("cis", "ewa"):
        entry = JournalEntry.objects.get(number="DK/2/2026")
    page = shown(client, reverse("benefits:ledger_entry", args=[entry.pk]))
    assert page.count("rozrachunki z osobami") == page.count("rachunek bankowy") == 3


@pytest.mark.parametrize(
    ("name", "corner", "amount"),
    [("balances", "Konto", 6422.04), ("months", "Miesiąc", 6422.04), ("journal", "Numer", 2140.68)],
)
def test_the_year_is_taken_away(paid: World, client: Client, name: str, corner: str, amount: float):
    answer = client.get(reverse(f"benefits:ledger_{name}"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == corner
    assert amount in rows[1]
    assert "xlsx" in answer["Content-Disposition"]


@pytest.mark.parametrize("year", ["abc", "99999", "1"])
def test_a_year_that_is_none_is_not_found(paid: World, client: Client, year: str):
    assert client.get(f"{LEDGER}?rok={year}").status_code == 404


def test_a_club_and_the_office_have_no_books(paid: World, client: Client):
    sign_in(client, paid.people["bozena"])
    assert client.get(LEDGER).status_code == 404
    sign_in(client, paid.people["rafal"])
    assert client.get(LEDGER).status_code == 403
