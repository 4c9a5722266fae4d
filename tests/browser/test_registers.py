"""The office enters a CIS and prolongs its status; everybody reads it, another office changes nothing."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reporting.models import RegisterEntry
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World

TYPED = {
    "Numer w rejestrze": "12/2022",
    "Numer decyzji": "PS.12.2022",
    "Decyzja z dnia": "20.4.2022",
    "Status od": "1.5.2022",
    "Nazwa": "CIS „Stary Młyn”",
    "Ulica i numer": "ul. Młyńska 3",
    "Kod pocztowy": "22-010",
    "Miejscowość": "Wierzbowiec",
    "Kto prowadzi: nazwa": "Fundacja Koło",
    "Kto prowadzi: miejscowość": "Wierzbowiec",
}


def looked_at(page: Page, name: str) -> None:
    """Nothing is wrong with what is shown, and nothing sticks out."""
    assert axe(page) == [], name
    assert sideways_scroll(page) == 0, name


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_status_is_entered_prolonged_and_read_by_everybody(
    open_as: OpenAs, cast: World, width: int
) -> None:
    page: Any = open_as("maria", width=width)
    page.goto(reverse("reporting:cis_register"))
    page.get_by_role("link", name="Nowy wpis").click()
    looked_at(page, "enter")
    for label, value in TYPED.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("organizacja pozarządowa").check()
    page.get_by_role("button", name="Wpisz do rejestru").click()
    expect(page.get_by_text("Wpisano: CIS „Stary Młyn”, numer 12/2022.")).to_be_visible()
    looked_at(page, "entry")
    page.get_by_role("link", name="Przedłuż status").click()
    page.get_by_label("Numer decyzji").fill("PS.90.2026")
    page.get_by_label("Decyzja z dnia").fill("2.11.2026")
    page.get_by_role("button", name="Przedłuż status").click()
    expect(page.get_by_text("Przedłużono status do 30 kwietnia 2032.")).to_be_visible()
    with cast.scope("office", "maria"):
        entry = RegisterEntry.objects.get()

    everybody: Any = open_as(width=width)
    everybody.goto(reverse("reporting:public_register"))
    looked_at(everybody, "public")
    expect(everybody.get_by_role("rowheader", name="CIS „Stary Młyn”")).to_be_visible()
    everybody.get_by_label("Nazwa, miejscowość albo REGON").fill("rokitowo")
    everybody.get_by_role("button", name="Pokaż").click()
    expect(everybody.get_by_text("Nie ma takiej jednostki w rejestrze")).to_be_visible()

    other: Any = open_as("dorota", width=width)
    other.goto(reverse("reporting:cis_register"))
    expect(other.get_by_text("Rejestr jest jeszcze pusty")).to_be_visible()
    assert other.goto(reverse("reporting:entry", args=[entry.pk])).status == 404
