"""The close of a month by the keyboard alone, from the desk to the screen where the next thing is done."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from benefits.queries.close import usual_month
from reintegration.core import slots
from tests.benefits.lists import made
from tests.browser.conftest import OpenAs
from tests.cast import World
from tests.ipzs.attendance.made import closed


@pytest.fixture
def month(cast: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """The month that is closed today, with its attendance closed already."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with cast.scope("cis", "ewa"):
        made.rounding(cast)
        made.people(2)
        found = usual_month()
        closed(found.first)
    return str(found)


def test_the_next_thing_is_reached_by_keys(open_as: OpenAs, month: str):
    page = open_as("rafal")
    page.goto(reverse("notices:desk"))
    page.keyboard.press("g")
    page.keyboard.press("z")
    page.wait_for_url(f"**{reverse('benefits:close', args=[month])}")
    button = page.get_by_role("link", name="Policz listę")
    expect(button).to_have_count(1)
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('benefits:list_count', args=[month])}")
