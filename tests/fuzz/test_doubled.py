"""The same form sent twice at once, and once more later: it works once, and each answer leads there."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from tests.cast import PEOPLE, World, build_world
from tests.fuzz.pages import client_of, forms_of, parse
from tests.fuzz.payloads import body, said
from tests.fuzz.test_forms import failure
from tests.walls.routes import routes

AT_ONCE = 2
ROUTES = {route.name: route for route in routes()}
# address: who sends it, what is made, and what they type
FORMS: Mapping[str, tuple[str, str, Mapping[str, Sequence[str]]]] = {
    "accounts:invite": (
        "ewa",
        "accounts.Invitation",
        {
            "email": said("nowa@nowymost.example"),
            "roles": said("instructor"),
            "since": said("1.1.2026"),
            "until": said(""),
        },
    ),
    "api:token_make": ("ewa", "api.Token", {"name": said("Arkusz"), "expires_on": said("1.12.2026")}),
    "administration:site_open": (
        "ewa",
        "tenancy.Site",
        {
            "name": said("Kuchnia"),
            "street": said("Wierzbowa 1"),
            "postcode": said("20-001"),
            "town": said("Modrzewno"),
            "opened_on": said("1.3.2026"),
        },
    ),
    "documents:signatory_new": (
        "ewa",
        "documents.Signatory",
        {"name": said("Ewa Jarzębina"), "position": said("kierownik"), "since": said("1.3.2026")},
    ),
    "law:reading_new": ("celina", "law.Reading", {"since": said("12.2026")}),
}


def count(world: World, label: str, person: str) -> int:
    with world.scope(PEOPLE[person][2], person):
        return int(apps.get_model(label).objects.count())


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_doubled_and_replayed_works_once(name: str, committed_db: str):
    person, label, typed = FORMS[name]
    world = build_world()
    route = ROUTES[name]
    url = route.address({"key": "sick_trial"} if route.arguments else {})
    client = client_of(world, person)
    (form,) = (one for one in forms_of(parse(client.get(url)), url) if one.url == url)
    sent = body({key: said(*values) for key, values in form.fields().items()} | typed)
    before = count(world, label, person)
    start = threading.Barrier(AT_ONCE)
    answers: list[Any] = []

    def press() -> None:
        own = client_of(world, person)
        try:
            start.wait(timeout=20)
            answers.append(own.generic("POST", url, sent, "application/x-www-form-urlencoded"))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    answers.append(client.generic("POST", url, sent, "application/x-www-form-urlencoded"))

    assert [failure(one) for one in answers] == [""] * (AT_ONCE + 1)
    assert count(world, label, person) == before + 1, [one.status_code for one in answers]
    assert {one.status_code for one in answers} <= {200, 302, 409, 422}
