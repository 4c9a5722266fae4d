"""Papers of the procedures that nothing keeps: the application as its unit prints it, and the sample."""

import io

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reintegration.documents.papers import render_pdf
from reporting.rules import procedures as rules
from reporting.services import applications
from tests.cast import World, sign_in
from tests.reporting.procedures_made import applied, placed


def text_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


def test_an_application_is_printed_point_by_point(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        placed(world, "cis")
        application = applied()
    sign_in(client, world.people["ewa"])
    address = reverse("reporting:case_print", args=[application.pk])
    draft = text_of(client.get(address).content)
    assert "Szkic." in draft
    for point in rules.points_for(local=False, powiat=False):
        assert f"{point.code}. {' '.join(point.title.split())}" in draft
    assert "Odpowiedź 3." in draft
    assert "Bez odpowiedzi." not in draft
    with world.scope("cis", "ewa"):
        applications.send(application_id=application.pk)
    assert "Dzień złożenia: " in text_of(client.get(address).content)


def test_the_sample_of_the_demo_says_that_it_is_one() -> None:
    made = render_pdf("reporting/procedures/paper/sample.html", {}, title="Statut")
    assert "Wszystkie dane są zmyślone." in text_of(made)
