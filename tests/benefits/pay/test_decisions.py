"""The decision on the benefit as a paper with a number: once for each day, refusals too."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from benefits.papers import DECISION
from benefits.services import pay
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file
from reintegration.documents.models import Document
from tests.benefits.pay.made import asked, granted
from tests.cast import World, sign_in
from tests.participants.participations.made import TRIAL

pytestmark = pytest.mark.django_db


def text_of(paper: Document) -> str:
    pages = PdfReader(BytesIO(read_file(paper.file))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def test_a_grant_is_issued_once_with_a_number(world: World, client: Client):
    with world.scope("cis", "ewa"):
        row = granted()
    sign_in(client, world.people["ewa"])
    tab = reverse("benefits:pay", args=[row.participation_id])
    issue = reverse("benefits:grant_paper", args=[row.pk])
    assert "Wydaj decyzję na papierze" in client.get(tab).content.decode()
    for _ in range(2):
        assert client.post(issue).headers["Location"] == tab
    with world.scope("cis", "ewa"):
        paper = Document.objects.get(kind=DECISION.key)
        text = text_of(paper)
    assert paper.number == "DS/1/2026"
    assert "przyznaję świadczenie integracyjne" in text
    assert "Od dnia 09.03.2026" in text
    assert "Ewa Jarzębina" in text
    page = client.get(tab).content.decode()
    assert "Decyzja DS/1/2026 (PDF)" in page
    assert "Wydaj decyzję" not in page


def test_a_corrected_day_is_another_decision_and_the_first_one_stops_to_count(world: World):
    with world.scope("cis", "ewa"):
        row = granted()
        first = pay.issue_decision(grant_id=row.pk)
        pay.change_day(grant_id=row.pk, granted_from=TRIAL + timedelta(days=7))
        second = pay.issue_decision(grant_id=row.pk)
        pay.change_day(grant_id=row.pk, granted_from=TRIAL)
        third = pay.issue_decision(grant_id=row.pk)
        found = Document.objects.filter(kind=DECISION.key).order_by("made_at", "pk")
        assert [one.pk for one in found] == [first.pk, second.pk, third.pk]
        assert [one.state for one in found] == ["withdrawn", "withdrawn", "issued"]
        assert [one.number for one in found] == ["DS/1/2026", "DS/2/2026", "DS/3/2026"]


def test_a_refusal_says_why(world: World):
    with world.scope("cis", "ewa"):
        row = asked()
        with pytest.raises(InputError, match="nikt jeszcze nie rozstrzygnął"):
            pay.issue_decision(grant_id=row.pk)
        pay.refuse(grant_id=row.pk, reason="Osoba pobiera rentę.", decided_on=TRIAL)
        text = text_of(pay.issue_decision(grant_id=row.pk))
    assert "nie przyznaję świadczenia integracyjnego" in text
    assert "Osoba pobiera rentę." in text
    assert "Od dnia" not in text
