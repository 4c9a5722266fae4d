"""The printed card: what its reader may see, two places to sign, nothing sensitive unless asked for."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from participants.models import PersonFact
from participants.services.participations import assign_case_manager
from reintegration.audit.models import Event
from reintegration.core import clock
from tests.cast import World, sign_in
from tests.participants.cards.made import entry
from tests.participants.participations.made import candidate

pytestmark = pytest.mark.django_db


def printed(world: World, person: str, case: Any, **sent: str) -> Any:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client.post(reverse("participants:card_print", args=[case.pk]), sent)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def case(world: World) -> Any:
    with world.scope("cis", "anna"):
        found = candidate("Marek Dąbek", serial=7)
        assign_case_manager(participation_id=found.pk, user_id=world.people["jan"].pk)
        PersonFact.objects.create(
            person=found.person, kind="health", text="Choroba serca.", made_at=clock.now(),
            made_by=world.people["anna"],
        )  # fmt: skip
        for visibility in ("team", "case", "author"):
            entry(world, found, "anna", course=f"Widzi {visibility}.", visibility=visibility, minutes=30)
    return found


@pytest.mark.parametrize(
    ("person", "seen"), [("anna", {"team", "case", "author"}), ("jan", {"team", "case"}), ("ewa", {"team"})]
)
def test_a_print_holds_what_its_reader_may_see(world: World, case: Any, person: str, seen: set[str]):
    text = text_of(printed(world, person, case))
    assert {one for one in ("team", "case", "author") if f"Widzi {one}." in text} == seen
    assert "podpis uczestnika" in text
    assert "podpis osoby prowadzącej" in text


def test_sensitive_facts_are_printed_for_a_reason_only(world: World, case: Any):
    bare = text_of(printed(world, "jan", case))
    assert "Choroba serca." not in bare
    assert case.person.pesel not in bare
    refused = printed(world, "jan", case, open_facts="on")
    assert refused.status_code == 422
    opened = text_of(printed(world, "jan", case, open_facts="on", reason="podpis uczestnika"))
    assert "Choroba serca." in opened
    assert case.person.pesel in opened
    with world.scope("cis"):
        details = [event.detail for event in Event.objects.filter(action="participants.card.print")]
    assert {"reason": "podpis uczestnika", "open": True, "format": "pdf"} in details


def test_who_leads_no_cases_prints_nothing_sensitive(world: World, case: Any):
    text = text_of(printed(world, "olga", case, open_facts="on", reason="ciekawość"))
    assert "Choroba serca." not in text
    assert "Widzi team." not in text
