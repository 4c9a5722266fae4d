"""A diagnosis is filled by the keyboard and by the finger, with and without a script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from participants.models import Diagnosis, Participation
from reintegration.core import clock
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.participants.diagnoses import made

FINGER = 44


@pytest.fixture
def file(cast: World) -> Participation:
    with cast.scope("cis", "anna"):
        found = made.case(cast)
        made.small_survey(cast)
        return found


@pytest.fixture
def begun(cast: World, file: Participation) -> Diagnosis:
    with cast.scope("cis", "jan"):
        return made.begun(cast, file, clock.today())


def test_it_is_filled_by_the_keyboard_alone(open_as: OpenAs, cast: World, begun: Diagnosis):
    page = open_as("jan")
    page.goto(reverse("participants:diagnosis_fill", args=[begun.pk, "first"]))
    page.get_by_role("group", name="Mam dach.").get_by_label("bez odpowiedzi").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/czesc/second/")
    with cast.scope("cis", "jan"):
        begun.refresh_from_db()
        assert begun.answers == {"roof": 4, "debts": False}


def test_what_is_typed_is_kept_before_it_is_saved(open_as: OpenAs, begun: Diagnosis):
    page = open_as("jan")
    where = reverse("participants:diagnosis_fill", args=[begun.pk, "second"])
    page.goto(where)
    page.get_by_label("Czego chcesz?").fill("Mieć ogród.")
    page.get_by_role("button", name="Zapisz szkic").click()
    page.goto(where)
    expect(page.get_by_text("To Twój szkic.")).to_be_visible()
    expect(page.get_by_label("Czego chcesz?")).to_have_value("Mieć ogród.")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_place_to_answer_is_as_large_as_a_finger(open_as: OpenAs, begun: Diagnosis, width: int):
    page = open_as("jan", width=width)
    page.goto(reverse("participants:diagnosis_fill", args=[begun.pk, "first"]))
    boxes = [one.bounding_box() for one in page.locator("form label.opt").all()]
    assert boxes
    assert min(box["height"] for box in boxes if box) >= FINGER
    assert sideways_scroll(page) == 0
    assert axe(page) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_question_is_moved_without_a_script(
    open_as: OpenAs, cast: World, file: Participation, javascript: bool
):
    page = open_as("anna", javascript=javascript)
    page.goto(reverse("participants:template_show", args=["small"]))
    page.get_by_role("button", name="Zmień pytania").click()
    page.get_by_role("button", name=re.compile("^Niżej.*Mam dach")).click()
    expect(page.locator("#first .ask-open").first).to_have_text("Czy masz długi?")
    page.get_by_role("link", name="Oddaj do użytku").click()
    expect(page.get_by_text("Nic się jeszcze nie różni")).to_have_count(0)
