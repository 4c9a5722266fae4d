"""Every address in the browser: axe, the content policy, no sideways scroll, and without JavaScript."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reintegration.tenancy.actions import Audience
from tests.browser.conftest import COLOURS, EVERYTHING, OpenAs, axe, sideways_scroll
from tests.cast import PEOPLE, TWINS, World
from tests.specimens import has_rows_in, specimen, tenant_models
from tests.walls.routes import ROWS, Route, routes

# Addresses that answer with something other than a page of HTML, or with nothing to look at.
NOT_PAGES: frozenset[str] = frozenset(
    {
        "documents:file",
        "documents:open",
        "documents:sample",
        "documents:staff_table",
        "jobs:health",
        "mfa_login_webauthn",
        "participants:diagnosis_print",
        "participants:specialist_opinion_print",
    }
)
# To look at these leaves a row in them, so their rows differ at the second look.
GROWING = frozenset({"audit:journal", "audit:seen_by"})
# Only one row of these can stand at a time.
ONE_IS_FULL = frozenset(
    {
        "law.Reading",
        "documents.PaperSettings",
        "participants.IntakeSettings",
        "tenancy.UnitCalendar",
        "tenancy.UnitAccount",
    }
)
PAGES = [
    route
    for route in routes()
    if "GET" in route.actions and route.name not in NOT_PAGES and not route.for_programs
]
# What only a script can do, such as a passkey, is marked, and stands beside a way that needs none.
WITHOUT_EXTRAS = """main => {
    main.querySelectorAll("[data-extra]").forEach(extra => extra.remove());
    return main.innerText;
}"""
WIDTHS = (320, 390, 768, 1280, 1920)
LOOKS = (
    ("light", 1280, EVERYTHING),
    ("light", 390, EVERYTHING),
    ("dark", 1280, COLOURS),
    ("contrast", 1280, COLOURS),
)


def visitor(route: Route) -> str | None:
    """The first of the cast whose role may open this address."""
    action = route.actions["GET"]
    if action.audience is Audience.PUBLIC:
        return None
    return next(person for person in TWINS if action.allows({PEOPLE[person][3]}))


def fill(cast: World, person: str | None) -> None:
    """Some rows of every tenant table where the visitor works: a page is looked at when it is full."""
    organisation = PEOPLE[person or "ewa"][2]
    with cast.scope(organisation, person or "ewa"):
        for model in tenant_models():
            unit = cast.organisations[organisation].kind == "unit"
            if model._meta.app_label == "audit" or not has_rows_in(model, unit=unit):
                continue
            if model._meta.label not in ONE_IS_FULL:
                specimen(model, cast, "Przykład")
            specimen(model, cast, "Przykład")


def address(route: Route, cast: World, person: str | None) -> str:
    if not route.arguments:
        return route.address({})
    with cast.scope(PEOPLE[person or "ewa"][2], person):
        return route.address(ROWS[route.name].make(cast, "Przykład"))


def read(page: Page, where: str) -> tuple[str, str]:
    """The title and the text of a page."""
    answer = page.goto(where)
    assert answer is not None
    # A link that has run out says so, with a page of its own.
    assert answer.status < 400 or answer.status == 410
    return page.title(), page.locator("main").evaluate(WITHOUT_EXTRAS).strip()


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_is_for_everybody(route: Route, open_as: OpenAs, cast: World, live: LiveServer):
    """Accessible in every look, within the policy and its window, the same without a script."""
    person = visitor(route)
    fill(cast, person)
    where = address(route, cast, person)
    found: dict[str, object] = {}
    page = open_as(person)
    texts = [read(page, where), read(open_as(person, javascript=False), where)]
    if route.name in GROWING:
        texts = [(title, text.split("\n\n")[:2]) for title, text in texts]
    if texts[0] != texts[1] or not texts[0][1]:
        found["without a script"] = texts
    for theme, width, rules in LOOKS:
        page.context.add_cookies([{"name": "theme", "value": theme, "url": live.url}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(where)
        if violations := axe(page, rules):
            found[f"{theme} {width}"] = violations
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := sideways_scroll(page):
            found[f"scroll {width}"] = wide
    assert found == {}
