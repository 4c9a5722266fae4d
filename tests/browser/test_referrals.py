"""Every screen of a referral in a real browser, wide and narrow; the way itself is a journey."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from participants.models import Referral
from participants.services import referrals as services
from reintegration.core import clock
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.participants.referrals.made import application, draft


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def came(cast: World) -> dict[str, Referral]:
    """One that has just come, one in study with an opinion, three that wait."""
    found = {}
    with cast.scope("ops", "zofia"):
        for serial, name in enumerate(("Marek Dąbek", "Piotr Grab"), 1):
            found[name] = draft(
                cast, name, serial, phone="600100200", street="ul. Polna 3", postcode="22-001"
            )
            services.send_referral(referral_id=found[name].pk)
    with cast.scope("cis", "anna"):
        second = found["Piotr Grab"].pk
        services.receive(referral_id=second)
        services.invite(
            referral_id=second,
            interview_at=clock.now() + timedelta(days=2),
            place="sala na parterze",
            text="Proszę zabrać dowód.",
        )
        services.add_note(referral_id=second, text="Zapytać o dojazd.")
        for serial, name in enumerate(("Irena Jesion", "Olena Bondar"), 40):
            services.put_on_waiting_list(referral_id=application(name, serial).pk)
    return found


def looked_at(page: Page, name: str) -> None:
    """Nothing is wrong with what is shown, and nothing sticks out."""
    assert axe(page) == [], name
    assert sideways_scroll(page) == 0, name


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_screen_of_a_referral_is_whole(open_as: OpenAs, came: Any, width: int) -> None:
    page = open_as("ewa", width=width)
    here = f"/skierowania/{came['Piotr Grab'].pk}/"
    forms = "rozmowa oczekuje okres-probny przyjmij odmowa zwrot nieaktualne przekaz wiadomosc opinia"
    addresses = ["/skierowania/", here, "/skierowania/oczekujacy/", "/skierowania/nowe/"]
    addresses += [f"{here}{form}/" for form in (*forms.split(), "zalacznik", "notatka", "prowadzi")]
    for address in addresses:
        assert page.goto(address).status == 200, address  # type: ignore[union-attr]
        looked_at(page, address)


def test_one_step_for_many_works_without_a_script(open_as: OpenAs, came: Any) -> None:
    page = open_as("anna", javascript=False)
    page.goto("/skierowania/")
    for box in page.locator("tbody input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Zrób krok dla zaznaczonych").click()
    page.get_by_label("Odbierz").check()
    page.get_by_role("button", name="Zrób to").click()
    expect(page.get_by_text("Odbierz: 1 skierowanie.")).to_be_visible()
    expect(page.get_by_text("Piotr Grab: Stan skierowania to „w rozpatrywaniu”")).to_be_visible()
