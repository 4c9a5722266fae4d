"""Every address in the browser: axe, the content policy, no sideways scroll, and without JavaScript.

Each page is looked at in one look of four; all four of every page are for `make audit`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import ALL_BUT_COLOURS, EVERYTHING, PageOf, axe, sideways_scroll
from tests.browser.zoom import magnified
from tests.cast import PEOPLE, World, known_world
from tests.conftest import clone
from tests.fuzz.pages import Visit, address, visitor
from tests.fuzz.ways import WAYS, client_of
from tests.specimens import has_rows_in, specimen, tenant_models
from tests.walls.routes import ROWS, Route, routes

pytestmark = pytest.mark.refills

# Addresses that answer with something other than a page of HTML, or with nothing to look at.
NOT_PAGES: frozenset[str] = frozenset(
    {
        "benefits:again_file",
        "benefits:body_forecast_print",
        "benefits:cash_print",
        "benefits:cash_sheet",
        "benefits:contribution_registrations",
        "benefits:contribution_registrations_sheet",
        "benefits:contributions_csv",
        "benefits:contributions_file",
        "benefits:contributions_print",
        "benefits:contributions_sheet",
        "benefits:first_payment_print",
        "benefits:fund_agreement_sheet",
        "benefits:fund_print",
        "benefits:fund_print_advance",
        "benefits:fund_sheet",
        "benefits:grant_print",
        "benefits:health_decision_letter",
        "benefits:health_ops_csv",
        "benefits:health_ops_letter",
        "benefits:health_ops_print",
        "benefits:health_ops_sheet",
        "benefits:list_papers_print",
        "benefits:ledger_balances",
        "benefits:ledger_journal",
        "benefits:ledger_months",
        "benefits:list_print",
        "benefits:list_sheet",
        "benefits:payments_sheet",
        "benefits:post_print",
        "benefits:post_sheet",
        "benefits:premium_print",
        "benefits:referral_forecast_print",
        "benefits:supported_print",
        "benefits:supported_refund_print",
        "benefits:tax_slips_sheet",
        "benefits:tax_unit_print",
        "benefits:tax_unit_sheet",
        "benefits:transfers_file",
        "benefits:transfers_print",
        "benefits:transfers_sheet",
        "documents:file",
        "documents:open",
        "documents:sample",
        "documents:staff_table",
        "ipzs:attendance_day_print",
        "ipzs:attendance_month_print",
        "ipzs:attendance_person_print",
        "ipzs:feed",
        "ipzs:free_print",
        "ipzs:marks_template",
        "ipzs:meal_day_print",
        "ipzs:meal_month_print",
        "ipzs:opening_template",
        "ipzs:version_print",
        "ipzs:accident_print",
        "ipzs:duty_print",
        "ipzs:duty_scan",
        "ipzs:sick_scan",
        "jobs:health",
        "mfa_login_webauthn",
        "participants:agreement_file",
        "participants:consent_form",
        "participants:consent_open",
        "participants:consent_print",
        "participants:diagnosis_print",
        "participants:gmina_find",
        "participants:notice_print",
        "participants:own_referral_file",
        "participants:opened_take",
        "participants:own_referral_notice",
        "participants:referral_file",
        "participants:referral_refusal_print",
        "participants:specialist_opinion_print",
        "reporting:case_file",
        "reporting:case_print",
        "reporting:certificate_preview",
        "reporting:cis_template",
        "reporting:kis_template",
        "reporting:collective_file",
        "reporting:every_report",
        "reporting:outside_file",
        "reporting:outside_template_cis",
        "reporting:outside_template_kis",
        "reporting:inspection_file",
        "reporting:inspection_paper",
        "reporting:recommendation_file",
        "reporting:layout_file",
        "reporting:letter_file",
        "reporting:letter_paper",
        "reporting:office_report_file",
        "reporting:report_file",
        "reporting:report_preview",
        "reporting:statistics_sheet",
        "reporting:statistics_print",
    }
)
# To look at these leaves a row in them, so their rows differ at the second look.
GROWING = frozenset({"audit:journal", "audit:seen_by"})
# Only one row of these can stand at a time.
ONE_IS_FULL = frozenset(
    {
        "benefits.BankProfile",
        "benefits.PaymentTerms",
        "benefits.PaySettings",
        "benefits.SigningRule",
        "ipzs.AttendanceSettings",
        "ipzs.DutyRule",
        "law.Reading",
        "documents.PaperSettings",
        "participants.BodyAccess",
        "participants.IntakeSettings",
        "tenancy.UnitCalendar",
        "tenancy.UnitAccount",
    }
)
# Addresses that show nothing themselves: links of mails, a start, and where a button of a list posts to.
SENT_ON = frozenset(
    {
        "account_reset_password_from_key",
        "accounts:end_session",
        "accounts:invitation_link",
        "accounts:revoke_invitation",
        "benefits:closes",
        "benefits:premiums",
        "mfa_list_webauthn",
        "participants:link_file",
        "participants:link_take",
        "shell:home",
    }
)
PAGES = [
    route
    for route in routes()
    if "GET" in route.methods and route.name not in NOT_PAGES | SENT_ON and not route.for_programs
]
# Pages of one template differ in their fields: of so many one is opened in each run, and all in the audit.
ALIKE = {"pages/form.html": 3, "pages/confirm.html": 5}


def usual(route: Route) -> object:
    template = getattr(getattr(route.view, "view_class", None), "template_name", None)
    often = crc32(route.name.encode()) % ALIKE.get(template, 1) == 0
    return route if often else pytest.param(route, marks=pytest.mark.audit)


# Lists of what the visitor made: the address whose object stands in them.
PLANTED = {
    "api:token_list": "api:token_revoke",
    "audit:hold_list": "audit:hold_release",
    "documents:list": "documents:document",
    "jobs:job_list": "jobs:job_view",
    "benefits:health_asked": "benefits:health_asked_one",
    "participants:agreement_list": "participants:agreement",
    "participants:ops_notices": "participants:ops_notice",
    "participants:opened_list": "participants:opened",
}
# They show what is in one state or of another organisation; `tests/participants` fills them.
EMPTY = frozenset(
    {
        # Nobody has taken a file yet; `tests/audit/test_taken_files.py` does.
        "audit:taken",
        "participants:place_list",
        "participants:referral_waiting",
    }
)
# Forms of the page in which a person fills something in.
FILLED_IN = "main form[method=post]:has(input:not([type=hidden]), select, textarea)"
FORMS = "forms => document.querySelectorAll(forms).length"
# Nothing is chosen and every text has a character that no text may have; tells whether there was a text.
SPOIL = """([forms, place]) => {
    const form = document.querySelectorAll(forms)[place];
    const texts = ["text", "email", "password", "search", "tel", "url", "textarea"];
    const written = [...form.elements].filter(one => texts.includes(one.type) && !one.readOnly);
    for (const one of form.elements) {
        if (one.type === "radio" || one.type === "checkbox") one.checked = false;
        if (one.type === "select-one") one.value = "";
    }
    written.forEach(one => { one.value = "\\u202e"; });
    HTMLFormElement.prototype.submit.call(form);
    return written.length > 0;
}"""
COMPLAINS = """[...document.querySelectorAll("main .err, main .errs, main [role=alert]")].some(
    one => one.offsetHeight > 0 && one.checkVisibility({visibilityProperty: true}))"""
# What only a script can do, such as a passkey, is marked, and stands beside a way that needs none; the
# button of a form that a script sends by itself is for whoever has no script.
WITHOUT_EXTRAS = """() => {
    const main = document.querySelector("main");
    main.querySelectorAll("[data-extra], noscript").forEach(extra => extra.remove());
    return [document.title, main.innerText.trim()];
}"""
# The last one is the usual one.
WIDTHS = (320, 390, 768, 1920, 1280)
LOOKS = (("light", 1280), ("light", 390), ("dark", 1280), ("contrast", 390))


def fill(cast: World, person: str) -> None:
    """Some rows of every tenant table where the visitor works: a page is looked at when it is full."""
    organisation = PEOPLE[person][2]
    with cast.scope(organisation, person):
        for model in tenant_models():
            unit = cast.organisations[organisation].kind == "unit"
            if model._meta.app_label == "audit" or not has_rows_in(model, unit=unit):
                continue
            if model._meta.label not in ONE_IS_FULL:
                specimen(model, cast, "Przykład")
            specimen(model, cast, "Przykład")


# Who works in a full database of their own, which is kept: filling one takes longer than a page.
FULL: set[str] = set()


def full_world(database: str, person: str | None) -> World:
    """The cast in a database that is full where this person works."""
    person = person or "ewa"
    kept = f"{database}_{person}"
    if person in FULL:
        clone(database, template=kept)
    else:
        clone(database)
        # What a club alone has are forms; its tables are those of a centre, which others look at.
        if PEOPLE[person][2] != "kis":
            fill(known_world(), person)
        clone(kept, template=database)
        FULL.add(person)
    return known_world()


@pytest.fixture
def cast(committed_db: str, request: pytest.FixtureRequest) -> World:
    return full_world(committed_db, visitor(request.node.callspec.params["route"]))


def arrive(route: Route, cast: World, person: str | None) -> tuple[str, Client]:
    """The address of the page in its real state, and the client that came there."""
    client = client_of(cast, person)
    where = WAYS[route.name](cast, client) if route.name in WAYS else address(route, cast, person)
    if route.name in PLANTED:
        with cast.scope(PEOPLE[person or "ewa"][2], person):
            ROWS[PLANTED[route.name]].make(cast, "Przykład")
    return where, client


def read(page: Page) -> tuple[str, str]:
    """The title and the text of the page that is open, which has no extras any more."""
    title, text = page.evaluate(WITHOUT_EXTRAS)
    return title, text


def go(page: Page, where: str) -> Page:
    answer = page.goto(where)
    assert answer is not None
    assert answer.status == 200
    assert urlsplit(page.url).path == urlsplit(where).path
    return page


@contextmanager
def without_script(page: Page) -> Iterator[None]:
    """As in a browser whose scripts are off; what the page has loaded before it need not load again."""
    switch = page.context.new_cdp_session(page)
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    switch.detach()


def in_turn(route: Route) -> tuple[str, int]:
    """The look of a page: pages are built of the same pieces, which so come by in every look."""
    return LOOKS[crc32(route.name.encode()) % len(LOOKS)]


def looks(page: Page, *looked_at: tuple[str, int]) -> Iterator[tuple[str, object]]:
    """What is wrong with the open page in some look; a look changes as its switch in the footer does it."""
    for theme, width in looked_at:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        page.set_viewport_size({"width": width, "height": 900})
        if violations := axe(page):
            yield f"{theme} {width}", violations
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := sideways_scroll(page):
            yield f"scroll {width}", wide


def refusals(page: Page, where: str, asked: dict[str, Any] = ALL_BUT_COLOURS) -> Iterator[tuple[str, object]]:
    """What is wrong with the pages on which the forms of the open page come back, in the same frame."""
    for place in range(page.evaluate(FORMS, FILLED_IN)):
        if place:
            page.goto(where)
        with page.expect_navigation() as gone:
            typed = page.evaluate(SPOIL, [FILLED_IN, place])
        if gone.value.status != 422:
            if typed:
                yield f"form {place} takes it", gone.value.status
            continue
        if not page.evaluate(COMPLAINS):
            yield f"form {place} refuses in silence", page.url
        if violations := axe(page, asked, within="main"):
            yield f"form {place} refused", violations


@pytest.mark.parametrize("route", [usual(one) for one in PAGES], ids=str)
def test_a_page_is_for_everybody(route: Route, page_of: PageOf, cast: World):
    """Accessible as it opens and when it refuses, within the policy and its window, without a script."""
    where, client = arrive(route, cast, visitor(route))
    page = go(page_of(client), where)
    if route.name in GROWING:
        # The first visit is what the second one shows.
        go(page, where)
    found = dict(looks(page, in_turn(route)))
    if route.is_list and route.name not in EMPTY and page.query_selector("#list tbody tr") is None:
        found["no row"] = page.url
    texts = [read(page)]
    with without_script(page):
        texts.append(read(go(page, where)))
    if route.name in GROWING:
        texts = [(title, text.split("\n\n")[:2]) for title, text in texts]
    if texts[0] != texts[1] or not texts[0][1]:
        found["without a script"] = texts
    found |= refusals(page, where)
    assert found == {}


@pytest.mark.audit
@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_is_for_everybody_in_every_look(route: Route, page_of: PageOf, cast: World):
    """In all looks, magnified four times, with letters far apart, and in the dark when it refuses."""
    where, client = arrive(route, cast, visitor(route))
    page = go(page_of(client), where)
    found = dict(looks(page, *LOOKS)) | dict(magnified(page))
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": page.url}])
    found |= refusals(page, page.url, EVERYTHING)
    assert found == {}


@pytest.mark.parametrize("name", sorted(SENT_ON))
def test_an_address_without_a_page_leads_to_one(name: str, world: World):
    (route,) = (one for one in routes() if one.name == name)
    assert Visit(world, route).answer.status_code == 302
