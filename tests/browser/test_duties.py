"""Duties in a real browser: one training for several people, and an accident from its report to ZUS."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from participants.models import Participation
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.browser.conftest import WIDTHS, OpenAs
from tests.cast import World
from tests.participants.participations.made import candidate


@pytest.fixture
def known(cast: World) -> Participation:
    with cast.scope("cis", "ewa"):
        candidate("Iga Sowa")
        return candidate("Marek Dąbek")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_one_training_is_written_for_those_whose_turn_it_is(
    open_as: OpenAs, known: Participation, javascript: bool
):
    page = open_as("ewa", javascript=javascript)
    page.goto(reverse("ipzs:duty_list"))
    page.get_by_role("link", name="Zapisz kilku osobom").click()
    expect(page.get_by_label("Marek Dąbek")).to_be_checked()
    page.get_by_label("Iga Sowa").uncheck()
    page.get_by_label("Kto przeprowadził").fill("Jan Dereń")
    page.get_by_role("button", name="Zapisz zaznaczonym").click()
    expect(page.get_by_text("Zapisano 1 osobie.")).to_be_visible()
    page.goto(reverse("ipzs:duty_show", args=[known.pk]))
    expect(page.get_by_role("row", name="Szkolenie BHP")).to_contain_text("Jan Dereń")
    expect(page.get_by_text("Jeszcze nie przed pierwszymi zajęciami.")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_tab_that_is_open_is_in_sight(open_as: OpenAs, known: Participation, width: int):
    page = open_as("ewa", width=width)
    page.goto(reverse("ipzs:duty_show", args=[known.pk]))
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)


def test_an_accident_goes_to_zus(open_as: OpenAs, known: Participation):
    page = open_as("ewa")
    yesterday = format_table_date(clock.today() - timedelta(days=1))
    page.goto(reverse("ipzs:duty_show", args=[known.pk]))
    page.get_by_role("link", name="Zgłoś wypadek").click()
    page.get_by_label("Kiedy to się stało").fill(yesterday)
    page.get_by_label("Godzina").fill("10:30")
    page.get_by_label("Gdzie").fill("stolarnia")
    page.get_by_label("Co się stało").fill("Skaleczenie przy czyszczeniu stołu.")
    page.get_by_role("button", name="Zgłoś wypadek").click()
    page.get_by_role("link", name="Popraw", exact=True).click()
    page.get_by_label("Uraz").fill("Rana palca.")
    page.get_by_label("Świadkowie").fill("nikt nie widział")
    page.get_by_role("button", name="Zapisz", exact=True).click()
    page.get_by_role("link", name="Okoliczności są ustalone").click()
    page.get_by_role("button", name="Okoliczności są ustalone").click()
    page.get_by_role("link", name="Zatwierdź protokół").click()
    page.get_by_role("button", name="Zatwierdź protokół").click()
    expect(page.get_by_role("link", name="Protokół powypadkowy WYP/1/")).to_be_visible()
    page.get_by_role("link", name="Przekazano do ZUS").click()
    page.get_by_role("button", name="Zapisz", exact=True).click()
    expect(page.locator(".head")).to_contain_text("przekazany do ZUS")
