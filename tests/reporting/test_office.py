"""The desk of a voivode's office, and what its own programs read through the API: its voivodeship alone."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting import perms
from reporting.enums import EndReason
from reporting.services import registers
from tests.api.test_base import assert_problem, token
from tests.cast import World, sign_in
from tests.reporting.made import DATA, entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
ENTRIES = "/api/v1/register-entries/"


@pytest.fixture
def offices(world: World) -> World:
    """Two CIS, a KIS and one that has gone; the other office has one of its own."""
    with world.scope("office", "maria"):
        first = entered(number="1")
        entered(number="2", name="CIS „Łan”", powiat="powiat rokicki", since=date(2022, 2, 1))
        entered("KIS", number="1", name="KIS „Gniazdo”")
        gone = entered(number="3", name="CIS „Dawny”", since=date(2024, 1, 1))
        registers.end(
            entry_id=gone.pk, reason=EndReason.UNHEEDED, number="3", decided_on=date(2026, 1, 5),
            since=date(2026, 1, 5), words="KANAREK",
        )  # fmt: skip
        registers.change(entry_id=first.pk, since=date(2026, 3, 1), **{**DATA, "name": "CIS „Młyn”"})
    with world.scope("other_office", "dorota"):
        entered(number="1", name="CIS „Opolski”")
    return world


def test_the_desk_tells_the_registers_in_numbers(offices: World, client: Client):
    sign_in(client, offices.people["stefan"])
    desk = client.get(reverse("notices:desk")).context["desk"]
    numbers = desk.top[0].context["found"]
    assert (numbers.cis, numbers.kis, len(numbers.ending)) == (2, 1, 2)
    ending = next(one for one in desk.main if one.id == "statusy")
    assert [many for _, many, _ in ending.context["rows"]] == [1, 1, 0]
    powiats = next(one for one in desk.rail if one.id == "powiaty")
    assert [(row.name, row.cis, row.kis) for row, _ in powiats.context["rows"]] == [
        ("powiat rokicki", 1, 0),
        ("powiat wierzbowiecki", 1, 1),
    ]
    sign_in(client, offices.people["dorota"])
    assert client.get(reverse("notices:desk")).context["desk"].top[0].context["found"].cis == 1
    sign_in(client, offices.people["ewa"])
    assert not client.get(reverse("notices:desk")).context["desk"].top


def test_what_runs_out_is_taken_away(offices: World, client: Client):
    sign_in(client, offices.people["stefan"])
    at = reverse("reporting:expiry")
    assert [label for label, _ in client.get(at).context["files"]] == ["XLSX", "CSV"]
    told = bytes(client.get(at, {"plik": "csv"}).getvalue()).decode("utf-8-sig").splitlines()
    assert len(told) == 3
    assert "status do" in told[0]
    assert "CIS „Łan”" in told[1]
    assert client.get(at, {"plik": "xlsx"}).status_code == 200


def ask(secret: str, address: str = ENTRIES, **asked: str) -> Any:
    return Client().get(address, asked, headers={"Authorization": f"Bearer {secret}"})


def test_a_token_of_an_office_reads_its_registers_of_any_day(offices: World):
    secret = token(offices, "maria", actions=[perms.REGISTER_SHOW.name])

    def names(**asked: str) -> list[str]:
        return [row["name"] for row in ask(secret, **asked).json()["results"]]

    assert names() == ["CIS „Dawny”", "CIS „Łan”", "CIS „Młyn”", "KIS „Gniazdo”"]
    assert names(day="2025-12-31", kind="CIS") == ["CIS „Dawny”", "CIS „Łan”", "CIS „Stary Młyn”"]
    assert names(standing="lost") == ["CIS „Dawny”"]
    lost = ask(secret, standing="lost").json()["results"][0]
    assert (lost["ended_on"], lost["end_reason"], lost["end_number"]) == ("2026-01-05", "unheeded", "3")
    assert (lost["decision_number"], lost["founder_form"]) == ("PS.3.2024", "")
    assert_problem(ask(secret, day="wczoraj"), 400)
    assert_problem(ask(secret, kind="ZAZ"), 400)
    found = ask(secret).json()["results"]
    gone, mill = found[0]["id"], found[2]["id"]
    told = ask(secret, f"{ENTRIES}{mill}/").json()
    assert [one["name"] for one in told["versions"]] == ["CIS „Stary Młyn”", "CIS „Młyn”"]
    assert told["decisions"][0]["until"] == "2027-04-30"
    assert "KANAREK" not in ask(secret, f"{ENTRIES}{gone}/").content.decode()
    other = token(offices, "dorota", actions=[perms.REGISTER_SHOW.name])
    assert_problem(ask(other, f"{ENTRIES}{mill}/"), 404)
    assert [row["name"] for row in ask(other).json()["results"]] == ["CIS „Opolski”"]
