"""What a link with a code opens: pages that no route names, looked at as `test_every_route.py` looks at all.

One address shows five things: a referral to write, one that was sent, a programme to agree, the month of an
OPS, the settlement of a labour office; and that a link has ended.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from benefits.models import FundAgreement
from participants.models import Agreement, Participation, Period, Referral, SignedLink
from participants.services.portal.links import issue_link, token_of
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.browser.conftest import EVERYTHING, PageOf
from tests.browser.test_every_route import LOOKS, full_world, looks, read, refusals, without_script
from tests.browser.zoom import magnified
from tests.cast import World
from tests.participants.referrals import made as referrals
from tests.specimens import specimen

pytestmark = pytest.mark.refills

BODY = {"body_name": "Ośrodek w Sosnowie", "body_kind": "OPS", "email": "biuro@sosnowo.example"}
Given = dict[str, Any]


def to_refer(world: World) -> Given:
    return {"purpose": "refer"}


def to_follow(world: World) -> Given:
    sent = referrals.sent(world)
    with world.scope("cis", "ewa"):
        Referral.objects.filter(pk=sent.pk).update(sender=None)
    return {"purpose": "follow", "referral_id": sent.pk}


def to_agree(world: World) -> Given:
    with world.scope("cis", "ewa"):
        asked = specimen(Agreement, world, "Przykład", sender_id=None, state="asked")
    return {"purpose": "agree", "agreement_id": asked.pk}


def of_the_month(world: World) -> Given:
    sent = referrals.sent(world)
    month = Month.of(clock.today()).previous
    with world.scope("cis", "ewa"):
        period = Period.objects.order_by("pk").first()
        Participation.objects.filter(pk=period.participation_id).update(referral=sent.pk)
        Period.objects.filter(pk=period.pk).update(
            since=month.first, until=month.last, planned_until=month.last
        )
    return {"purpose": "month", "body_id": world.organisations["ops"].pk}


def of_the_fund(world: World) -> Given:
    with world.scope("cis", "ewa"):
        office = FundAgreement.objects.order_by("pk").first().office
    return {"purpose": "fund", "body_name": office, "body_kind": "PUP"}


SHOWN: dict[str, tuple[Callable[[World], Given], str]] = {
    "refer": (to_refer, "Kto kieruje"),
    "follow": (to_follow, "Marek Dąbek"),
    "agree": (to_agree, "Uzgadniam"),
    "month": (of_the_month, "Pobierz listę"),
    "fund": (of_the_fund, "miejsc"),
}


@pytest.fixture
def cast(committed_db: str) -> World:
    return full_world(committed_db, "ewa")


def arrive(purpose: str, cast: World, page_of: PageOf) -> Page:
    """The page behind the code."""
    make, sign = SHOWN[purpose]
    given = {**BODY, **make(cast)}
    with cast.scope("cis", "ewa"):
        link, handover = issue_link(**given)
        where = reverse("participants:link", args=[token_of(link)])
    page = page_of(Client())
    page.goto(where)
    page.get_by_label("Kod").fill(handover.code_to_show)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert sign in page.inner_text("main")
    return page


def wrong(page: Page, looked_at: tuple[tuple[str, int], ...]) -> dict[str, object]:
    found = dict(looks(page, *looked_at))
    texts = [read(page)]
    with without_script(page):
        page.goto(page.url)
        texts.append(read(page))
    if texts[0] != texts[1] or not texts[0][1]:
        found["without a script"] = texts
    return found | dict(refusals(page, page.url))


@pytest.mark.parametrize("purpose", SHOWN)
def test_what_a_link_opens_is_for_everybody(purpose: str, page_of: PageOf, cast: World):
    page = arrive(purpose, cast, page_of)
    assert wrong(page, (LOOKS[sorted(SHOWN).index(purpose) % len(LOOKS)],)) == {}


@pytest.mark.audit
@pytest.mark.parametrize("purpose", SHOWN)
def test_what_a_link_opens_is_for_everybody_in_every_look(purpose: str, page_of: PageOf, cast: World):
    page = arrive(purpose, cast, page_of)
    found = wrong(page, LOOKS)
    page.goto(page.url)
    found |= dict(magnified(page))
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": page.url}])
    page.goto(page.url)
    assert found | dict(refusals(page, page.url, EVERYTHING)) == {}


def test_a_link_that_has_ended_says_so_to_everybody(page_of: PageOf, cast: World):
    page = arrive("refer", cast, page_of)
    with cast.scope("cis", "ewa"):
        SignedLink.objects.update(revoked_at=clock.now())
    page.goto(page.url)
    said = page.inner_text("main")
    assert "Ten odnośnik cofnięto" in said
    assert "działa do" not in said
    assert dict(looks(page, *LOOKS)) == {}
