"""Every place of the navigation of every account of the large demo: none is empty without a reason."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from reintegration.accounts.models import User
from reintegration.core import demo
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Membership
from tests.cast import sign_in

pytestmark = [pytest.mark.audit, pytest.mark.usefixtures("large")]

EMPTY = re.compile(r'<div class="empty">(.*?)</div>', re.DOTALL)
CLUBS = ("przystan", "laweczka", "drabinka", "kolowrotek", "kladka", "dziupla", "cegielka", "razem")
# (path, organisations or none for all, why it shows an empty list)
LEFT_EMPTY = (
    ("/pulpit/", (), "nothing left to do is a good day; that each role has something is asked below"),
    ("/zajecia/", CLUBS[1:], "clubs meet on some days of the week, and these not on a Friday"),
    ("/obowiazki/", CLUBS, "training, examinations and clothing are what a centre owes (art. 14)"),
    ("/absolwenci/", ("razem",), "the club is two months old: nobody has left it"),
    ("/rozmowy-po-zakonczeniu/", ("razem",), "nobody has left it"),
    ("/zatrudnienie-wspierane/", ("razem",), "PUP refers after half a year"),
    ("/wypadki/", ("razem",), "nothing has happened in two months"),
    ("/dokumenty/", (), "the worker makes those of payments after the demo; others are read by few"),
    ("/rejestry/kontrole/", ("uw-opolski",), "this office inspects nobody; that of Lublin does"),
    ("/zawiadomienia/", ("ops-modrzewno",), "the labour office of Modrzewno has no account"),
    ("/zgloszenia-zdrowotne/", ("ops-modrzewno",), "who is in its centre came there without a referral"),
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    email: str
    roles: frozenset[str]
    path: str
    empty: tuple[str, ...]

    @property
    def organisation(self) -> str:
        return self.email.partition("@")[2].removesuffix(".example")

    def excused_by(self, place: tuple[str, tuple[str, ...], str]) -> bool:
        path, organisations, _ = place
        return self.path == path and (not organisations or self.organisation in organisations)


@pytest.fixture(scope="module")
def seen(large: None) -> list[Seen]:
    return [one for account in demo.accounts() for one in _places_of(account.email)]


def _places_of(email: str) -> Iterator[Seen]:
    user = User.objects.get(email=email)
    roles = frozenset(Membership.objects.filter(user=user).values_list("role", flat=True))
    client = Client()
    sign_in(client, user)
    start: Any = client.get("/", follow=True)
    for group in start.context["shell"].nav:
        for place in group.places:
            page: Any = client.get(place.url, follow=True)
            assert page.status_code == 200, (email, place.url)
            empty = (" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in EMPTY.findall(page.text))
            yield Seen(email, roles, place.url, tuple(empty))


def test_no_place_is_empty_without_a_reason(seen: list[Seen]):
    found = [one for one in seen if one.empty and not any(one.excused_by(place) for place in LEFT_EMPTY)]
    assert [(one.email, one.path, one.empty[0]) for one in found] == []


def test_every_reason_is_still_needed(seen: list[Seen]):
    needed = [place for place in LEFT_EMPTY if any(one.empty and one.excused_by(place) for one in seen)]
    assert needed == list(LEFT_EMPTY)


def test_somebody_of_every_role_has_something_on_the_desk(seen: list[Seen]):
    """The desk has two lists for what waits. Nothing of the units waits for whoever runs the program."""
    waits: dict[str, bool] = defaultdict(bool)
    for one in seen:
        for role in one.roles if one.path == "/pulpit/" else ():
            waits[role] |= len(one.empty) < 2
    assert {role for role, found in waits.items() if not found} == {Role.OPERATOR}
    assert set(waits) == set(Role)


def test_somebody_reads_papers_in_every_kind_of_organisation(seen: list[Seen]):
    with_papers = {one.organisation for one in seen if one.path == "/dokumenty/" and not one.empty}
    assert {"nowymost", "przystan", "furtka", "warsztat"} <= with_papers
