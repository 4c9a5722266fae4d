"""The screens of premiums: what each person sees and may do, the plan, the printed decision."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from benefits.models import Premium
from participants.models import Participation
from tests.benefits.lists.made import OCTOBER, locked, people, rounding
from tests.benefits.pay.made import payable
from tests.benefits.premiums import made
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES
from tests.participants.participations.made import candidate, in_classes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
MONTH = reverse("benefits:premium_month", args=[str(OCTOBER)])
SEVERAL = reverse("benefits:premium_grant_several", args=[str(OCTOBER)])


@pytest.fixture
def files(world: World) -> list[Participation]:
    with world.scope("cis", "ewa"):
        rounding(world)
        return people()


def at(name: str, key: object) -> str:
    return reverse(f"benefits:premium_{name}", args=[key])


def propose(file: Participation) -> str:
    return reverse("benefits:premium_propose", args=[str(OCTOBER), file.pk])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_from_a_proposal_to_a_printed_decision(client: Client, world: World, files: list[Participation]):
    people = world.people
    sign_in(client, people["tomasz"])
    assert client.get(reverse("benefits:premiums")).url == MONTH.replace("2026-10", "2026-11")
    assert propose(files[0]) in text(client.get(MONTH))
    answer = client.post(propose(files[0]), {"amount": "200,50", "reason": made.WHY})
    assert (answer.status_code, answer.url) == (302, MONTH)
    with world.scope("cis", "ewa"):
        row = Premium.objects.get()
    page = text(client.get(MONTH))
    assert made.WHY in page
    assert at("grant", row.pk) not in page
    assert client.get(at("grant", row.pk)).status_code == 403
    sign_in(client, people["ewa"])
    client.post(reverse("benefits:pay_settings"), {"payment_day": "10", "premium_plan": "300"})
    asked = text(client.get(at("grant", row.pk)))
    assert "W planie zostało 300,00 zł. Po tej decyzji zostanie 99,50 zł." in asked
    assert "2 140,68 zł" in asked
    assert client.post(at("grant", row.pk), {"amount": "9000"}).status_code == 422
    assert client.post(at("grant", row.pk), {"amount": "200,00"}).status_code == 302
    page = text(client.get(MONTH))
    assert "PM/1/2026" in page
    assert "W planie zostało 100,00 zł" in page
    paper = client.get(at("print", row.pk))
    said = " ".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    said = " ".join(said.replace("\u00a0", " ").split())
    for part in (
        "PM/1/2026",
        "Leszek Bażant",
        "październik 2026",
        "200,00 zł",
        made.WHY,
        "art. 15a",
        "własnych",
    ):
        assert part in said
    assert client.post(at("take_back", row.pk)).status_code == 302
    assert client.get(at("print", row.pk)).status_code == 302


def test_the_manager_grants_those_that_are_ticked(client: Client, world: World, files: list[Participation]):
    with world.scope("cis", "anna"):
        rows = [made.proposed(file, "300.00") for file in files]
    sign_in(client, world.people["ewa"])
    client.post(reverse("benefits:pay_settings"), {"payment_day": "10", "premium_plan": "500"})
    ticked = {"ids": [str(row.pk) for row in rows[:2]]}
    asked = text(client.post(SEVERAL, ticked))
    assert "600,00 zł" in asked
    assert "Po tej decyzji plan będzie przekroczony o 100,00 zł." in asked
    with world.scope("cis", "ewa"):
        assert not Premium.objects.filter(state="granted").exists()
    assert client.post(SEVERAL, {**ticked, "chosen": "1"}).status_code == 302
    page = text(client.get(MONTH))
    assert "Plan premii jest przekroczony o 100,00 zł" in page
    assert at("grant", rows[2].pk) in page
    assert client.post(SEVERAL, {"ids": ["nic"]}).url == MONTH
    sign_in(client, world.people["anna"])
    assert client.post(SEVERAL, ticked).status_code == 403


def test_an_instructor_sees_no_amounts_but_their_own(
    client: Client, world: World, files: list[Participation]
):
    with world.scope("cis", "anna"):
        other = made.proposed(files[0], "321.00")
    with world.scope("cis", "tomasz"):
        made.proposed(files[1], "123.00", reason="Nauczył się frezować.")
    sign_in(client, world.people["tomasz"])
    page = text(client.get(MONTH))
    assert "123,00 zł" in page
    assert "321,00" not in page
    assert made.WHY not in page
    assert "2 140,68" not in page
    assert client.get(at("change", other.pk)).status_code == 404
    assert client.get(at("print", other.pk)).status_code == 403
    sign_in(client, world.people["anna"])
    page = text(client.get(reverse("benefits:pay", args=[files[0].pk])))
    assert "321,00 zł" in page
    # October still waits for a decision.
    assert "Zaproponuj premię za październik 2026" in page


def test_after_the_list_is_handed_over_nothing_is_proposed(
    client: Client, world: World, files: list[Participation]
):
    with world.scope("cis", "ewa"):
        made.granted(files[0])
    locked(world)
    sign_in(client, world.people["ewa"])
    page = text(client.get(MONTH))
    assert "nie jest już robocza" in page
    assert propose(files[1]) not in page
    answer = client.post(propose(files[1]), {"amount": "10", "reason": "x"})
    assert "Premię można przyznać za listopad 2026" in text(answer)


def test_the_month_costs_the_same_for_any_number_of_people(client: Client, world: World):
    with world.scope("cis", "ewa"):
        rounding(world)
    sign_in(client, world.people["ewa"])
    counts = []
    for names in (NAMES[:1], NAMES[1:4]):
        with world.scope("cis", "ewa"):
            for name in names:
                made.proposed(payable(in_classes(name)))
        with CaptureQueriesContext(connection) as found:
            client.get(MONTH)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_club_has_no_such_page(client: Client, world: World):
    with world.scope("kis", "bozena"):
        file = candidate()
    sign_in(client, world.people["bozena"])
    for url in (reverse("benefits:premiums"), MONTH, propose(file)):
        assert client.get(url).status_code == 404
    assert client.post(SEVERAL).status_code == 404
    assert reverse("benefits:premiums") not in text(client.get(reverse("participants:list")))


def test_before_the_rounding_is_chosen_the_page_says_so(client: Client, world: World):
    with world.scope("cis", "ewa"):
        people(1)
    sign_in(client, world.people["ewa"])
    assert "Nie można jeszcze policzyć" in text(client.get(MONTH))
    assert client.get(reverse("benefits:premium_month", args=["9999-12"])).status_code == 200
    assert client.get(reverse("benefits:premium_month", args=["0001-01"])).status_code == 200
    assert client.get(reverse("benefits:premium_month", args=["2026-13"])).status_code == 404
