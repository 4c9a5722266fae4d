"""Persons in a real browser: found by the keyboard, warned of while typing, uncovered for a reason."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import OpenAs
from tests.cast import World
from tests.participants.people.conftest import added, pesel


@pytest.fixture
def known(cast: World) -> str:
    with cast.scope("cis", "ewa"):
        person = added("Marek Dąbek", pesel=pesel(1))
    return reverse("participants:person", args=[person.pk])


def test_a_slash_and_a_name_lead_to_a_person(open_as: OpenAs, known: str):
    page = open_as("tomasz")
    page.goto("/pulpit/")
    page.keyboard.press("/")
    page.keyboard.type("dabeg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/szukaj/?q=dabeg")
    page.get_by_role("link", name="Dąbek Marek").click()
    expect(page).to_have_url(re.compile(known))


def test_results_follow_the_typing(open_as: OpenAs, known: str):
    page = open_as("ewa")
    page.goto("/szukaj/")
    page.get_by_role("searchbox", name="Kogo szukasz").press_sequentially("dab")
    expect(page.get_by_role("link", name="Dąbek Marek")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Kogo szukasz")).to_be_focused()


def test_a_double_is_warned_of_while_somebody_types_and_keeps_the_place(open_as: OpenAs, known: str):
    page = open_as("ewa")
    page.goto("/osoby/dodaj/")
    page.get_by_role("button", name="Dodaj osobę").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    page.get_by_label("Imię", exact=True).press_sequentially("Marek")
    page.get_by_label("Nazwisko").press_sequentially("Dabek")
    expect(page.get_by_text("1 osoba w kartotece jest podobna.")).to_be_visible()
    expect(page.get_by_label("Nazwisko")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_number_is_uncovered_for_a_reason_and_covered_again(open_as: OpenAs, known: str, javascript: bool):
    page = open_as("rafal", javascript=javascript)
    page.goto(known)
    page.locator("#zakryte-pesel summary").click()
    page.get_by_role("button", name="Pokaż").first.click()
    expect(page.get_by_text("Wybierz, po co to sprawdzasz.")).to_be_visible()
    page.get_by_label("Po co").first.select_option(label="wypełniam dokument")
    page.get_by_role("button", name="Pokaż").first.click()
    expect(page.get_by_text(pesel(1))).to_be_visible()
    page.goto(known)
    expect(page.get_by_text(pesel(1))).to_have_count(0)
