"""Every page that needs no object, for each role, in an organisation that has nothing yet.

`test_every_route.py` looks at pages as the first who may open them finds them, full; here everybody else
finds them empty.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ALL_BUT_COLOURS, PageOf, axe, sideways_scroll
from tests.browser.test_every_route import PAGES
from tests.browser.zoom import FOUR_TIMES, USUAL, cut_off
from tests.cast import PEOPLE, TWINS, World
from tests.fuzz.ways import client_of

pytestmark = [pytest.mark.refills, pytest.mark.audit]

# One of each role, and the head of a club.
EVERYBODY = [*TWINS, "bozena"]


def wrong(page: Page) -> list[object]:
    """What is wrong with the open page at its usual size and at 400 %."""
    page.set_viewport_size(USUAL)
    found: list[object] = [*axe(page, ALL_BUT_COLOURS, within="main")]
    page.set_viewport_size(FOUR_TIMES)
    if wide := sideways_scroll(page):
        found.append(f"{wide} pixels too wide")
    return [*found, *cut_off(page)]


@pytest.mark.parametrize("person", EVERYBODY)
def test_an_empty_page_is_for_everybody(person: str, page_of: PageOf, cast: World):
    page = page_of(client_of(cast, person))
    mine = [
        route for route in PAGES if not route.arguments and route.actions["GET"].allows({PEOPLE[person][3]})
    ]
    found, opened = {}, 0
    for route in mine:
        answer = page.goto(route.address({}))
        # Some addresses answer only to whoever comes a certain way, and send all others on.
        if answer is None or answer.status != 200 or "/wyloguj" in page.url:
            continue
        opened += 1
        if faults := wrong(page):
            found[route.name] = faults
    assert found == {}
    assert opened > len(mine) / 2
