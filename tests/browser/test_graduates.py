"""A certificate: refused before its time, and issued after."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from participants.services import participations as services
from reintegration.core import clock, slots
from tests.browser.conftest import OpenAs, axe
from tests.cast import World
from tests.participants.participations.made import in_classes


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    """What programmes ask before the first day is theirs to test."""
    settings.FILES_DIR = tmp_path
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])


def test_a_certificate_is_refused_before_its_time_and_issued_after(open_as: OpenAs, cast: World) -> None:
    with cast.scope("cis", "ewa"):
        file = in_classes()
    page = open_as("ewa")
    page.goto(reverse("reporting:certificate_issue", args=[file.pk]))
    page.get_by_role("button", name="Wydaj zaświadczenie").click()
    expect(page.locator("main")).to_contain_text(
        "Uczestnictwo trwa. Zaświadczenie wydaje się po jego zakończeniu. (art. 13 ust. 5a)"
    )
    with cast.scope("cis", "ewa"):
        services.end_participation(
            participation_id=file.pk, ended_on=clock.today(), reason="statement", destination="training"
        )
    page.goto(reverse("participants:file", args=[file.pk]))
    page.get_by_role("link", name="Zaświadczenie", exact=True).click()
    expect(page.locator("main")).to_contain_text("będzie absolwentem do")
    assert axe(page) == []
    page.get_by_role("link", name="Wydaj zaświadczenie").click()
    page.get_by_role("button", name="Wydaj zaświadczenie").click()
    expect(page.get_by_role("heading", name="Wydane")).to_be_visible()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Pobierz PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="Zapisz efekty").click()
    page.get_by_label("jest, zaznaczona niżej").check()
    for whose in ("uczestnika", "jednostki"):
        said = page.get_by_role("group", name=f"Co się zmieniło zdaniem {whose}")
        said.get_by_label("stawia sobie cele i wie, jak do nich dojść").check()
    page.get_by_label("staż").check()
    page.get_by_role("button", name="Zapisz efekty").click()
    expect(page.get_by_text("stawia sobie cele")).to_be_visible()
    page.goto(reverse("reporting:graduates"))
    expect(page.get_by_role("row", name="Marek Dąbek")).to_contain_text("ZS/1/")
