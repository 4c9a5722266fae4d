"""From the pre-check to a file and to a refusal, between a welfare centre and a unit, as both see it."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reintegration.core import clock
from tests.browser.conftest import OpenAs
from tests.participants.portal.made import LIST, pesel

EXCLUDES_NOTHING = (
    "long_unemployed",
    "unemployment_benefit",
    "pre_retirement",
    "pension",
    "structural_pension",
    "incapacity_pension",
)


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.FILES_DIR = tmp_path


def referred(page: Page, name: str, *, pesel: str = "") -> str:
    """Check, write, send; gives the key of the referral."""
    page.goto(f"{LIST}nowe/sprawdzenie/")
    page.locator("input[name=groups][value='1']").check()
    page.locator("input[name=in_need][value=yes]").check()
    for key in EXCLUDES_NOTHING:
        page.locator(f"input[name={key}][value=no]").check()
    expect(page.locator("#wynik")).to_contain_text("nic nie wyłącza udziału")
    page.get_by_role("button", name="Dalej: skierowanie").click()
    first, _, last = name.partition(" ")
    page.get_by_label("Imię", exact=True).fill(first)
    page.get_by_label("Nazwisko", exact=True).fill(last)
    if pesel:
        page.get_by_label("PESEL", exact=True).fill(pesel)
    else:
        page.locator("[name=no_pesel][value=unknown]").check()
    page.get_by_label("Miejscowość").fill("Modrzewno")
    page.get_by_label("Sytuacja w kilku zdaniach").fill("Od trzech lat bez pracy.")
    page.locator("input[name=insured][value=yes]").check()
    page.get_by_label("Osoba wie o skierowaniu").check()
    page.get_by_label("CIS „Nowy Most”").check()
    page.get_by_role("button", name="Wyślij skierowanie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url.rstrip("/").rpartition("/")[2]


def opinion_added(page: Page, key: str) -> None:
    page.goto(f"{LIST}{key}/")
    page.get_by_role("link", name="Dodaj opinię").click()
    page.get_by_label("Wywiad środowiskowy").fill(f"{clock.today():%d.%m.%Y}")
    page.get_by_label("popieram", exact=True).check()
    page.get_by_label("Opinia", exact=True).fill("Chce pracować rękami.")
    page.get_by_role("button", name="Podpisz i wyślij opinię").click()
    expect(page.get_by_text("Wysłano opinię.")).to_be_visible()


def stands(page: Page, key: str, *steps: str) -> None:
    """What the sender sees of the unit's steps."""
    page.goto(f"{LIST}{key}/")
    for step in steps:
        expect(page.locator("main")).to_contain_text(step)


def test_one_is_accepted_and_one_refused_and_the_sender_sees_each_step(open_as: OpenAs) -> None:
    ops, unit = open_as("zofia"), open_as("anna")
    roman, adam = referred(ops, "Roman Sęk", pesel=pesel()), referred(ops, "Adam Dąb")
    opinion_added(ops, roman)
    day = f"{clock.today() + timedelta(days=3):%d.%m.%Y}"

    unit.goto("/skierowania/")
    unit.get_by_role("link", name="Sęk Roman").click()
    unit.get_by_role("button", name="Odbierz").click()
    stands(ops, roman, "Jednostka odebrała")
    expect(unit.locator("main")).to_contain_text("Chce pracować rękami.")
    unit.get_by_role("link", name="Zaproś na rozmowę").click()
    unit.get_by_label("Dzień rozmowy").fill(day)
    unit.get_by_label("Godzina").fill("10:30")
    unit.get_by_label("Gdzie").fill("sala na parterze")
    unit.get_by_role("button", name="Zapisz termin rozmowy").click()
    stands(ops, roman, "Zaproszono na rozmowę", "10:30", "sala na parterze")
    unit.get_by_role("link", name="Zaproś na okres próbny").click()
    unit.get_by_label("Od kiedy osoba może zacząć").fill(day)
    unit.get_by_role("button", name="Zaproś na okres próbny").click()
    stands(ops, roman, "Zaproszono na okres próbny")
    unit.get_by_role("link", name="Przyjmij").click()
    unit.get_by_role("button", name="Przyjmij i otwórz sprawę").click()
    expect(unit.get_by_role("heading", level=1)).to_have_text("Roman Sęk")
    stands(ops, roman, "Przyjęto")

    unit.goto(f"/skierowania/{adam}/")
    unit.get_by_role("button", name="Odbierz").click()
    unit.goto(f"/skierowania/{adam}/odmowa/")
    unit.get_by_role("button", name="Odmów przyjęcia").click()
    expect(unit.get_by_role("alert").first).to_be_visible()
    unit.get_by_label("Powód").select_option(label="brak wolnych miejsc")
    unit.get_by_label("Co z tego wynika").fill("Nabór wróci w marcu.")
    unit.get_by_role("button", name="Odmów przyjęcia").click()
    stands(ops, adam, "Odmówiono przyjęcia", "brak wolnych miejsc", "Nabór wróci w marcu.")

    for stranger, listed, at in (("krystyna", LIST, LIST), ("marek", "/skierowania/", "/skierowania/")):
        page = open_as(stranger)
        page.goto(listed)
        for name in ("Sęk", "Dąb"):
            assert name not in page.content()
        for key in (roman, adam):
            assert page.goto(f"{at}{key}/").status == 404  # type: ignore[union-attr]
            assert "Sęk" not in page.content()
    page.goto("/szukaj/?q=Sęk")
    assert "Roman" not in page.content()
