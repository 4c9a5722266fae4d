"""Classes in a real browser: a week is planned, a class written down, on any width, without a script too."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ipzs.models import ClassMeeting
from ipzs.services import catalogue
from reintegration.core import clock
from tests.browser.conftest import WIDTHS, OpenAs, axe, sideways_scroll
from tests.cast import World
from tests.ipzs.timetable.made import place, service, weekly, workshop
from tests.participants.participations.made import in_classes


def last_working_day() -> date:
    """A day on which something can be written: the newest Tuesday that has passed."""
    return clock.today() - timedelta(days=(clock.today().weekday() - 1) % 7 or 7)


@pytest.fixture
def known(cast: World) -> dict[str, Any]:
    """A joinery with three people, its leader, and therapy in the plan of one of them."""
    with cast.scope("cis", "ewa"):
        joinery, done = workshop(trade="carpentry"), service()
        catalogue.add_leader(workshop_id=joinery.pk, user_id=cast.people["tomasz"].pk, since=date(2026, 1, 2))
        cases = [in_classes(name) for name in ("Iga Sowa", "Adam Gil", "Ewa Szpak")]
        for case in cases:
            place(joinery, case)
        weekly(0, 1, 2, 3, 4, workshop=joinery, service=done, leader=cast.people["tomasz"])
        weekly(1, begins=12, ends=13, purpose="away", participation=cases[0], person=cases[0].person)
    return {"workshop": joinery, "cases": cases}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_class_is_written_from_the_day_by_the_keyboard(
    open_as: OpenAs, cast: World, known: dict[str, Any], javascript: bool
):
    page = open_as("tomasz", javascript=javascript)
    page.goto(f"{reverse('ipzs:meeting_day')}?dzien={last_working_day()}")
    page.get_by_role("link", name="Stolarstwo").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Temat zajęć").press_sequentially("Czop i gniazdo")
    page.get_by_role("checkbox", name="Adam Gil").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Zapisz w dzienniku").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("odbyły się")).to_be_visible()
    with cast.scope("cis"):
        meeting = ClassMeeting.objects.get()
        assert (meeting.topic, meeting.presences.count()) == ("Czop i gniazdo", 2)


def test_new_hours_of_a_group_say_whom_they_meet(open_as: OpenAs, cast: World, known: dict[str, Any]):
    page = open_as("anna")
    page.goto(reverse("ipzs:timetable_workshop", args=[known["workshop"].pk]))
    page.get_by_role("link", name="Dodaj zajęcia").click()
    page.get_by_label("wtorek").check()
    page.get_by_label("Od godziny").fill("12")
    page.get_by_label("Do godziny").fill("15")
    page.get_by_role("button", name="Dodaj do planu").click()
    expect(page.get_by_text("w tym samym czasie").first).to_be_visible()


@pytest.mark.parametrize("name", ["timetable_unit", "timetable_workshop", "timetable_person", "classes_show"])
def test_a_full_week_is_for_everybody(open_as: OpenAs, known: dict[str, Any], name: str):
    of_workshop = name == "timetable_workshop"
    args = [known["workshop"].pk if of_workshop else known["cases"][0].pk] if name != "timetable_unit" else []
    page = open_as("anna")
    page.goto(reverse(f"ipzs:{name}", args=args))
    assert axe(page) == []
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways_scroll(page) == 0, width
