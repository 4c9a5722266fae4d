"""The same form sent twice: it works once, and each answer leads there."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from tests.cast import PEOPLE, World, known_world
from tests.fuzz.pages import Visit, forms_of, parse
from tests.fuzz.payloads import body, said
from tests.fuzz.refusals import failure, is_taken
from tests.fuzz.test_forms import UNSENDABLE, usual
from tests.fuzz.traces import changed, traces
from tests.fuzz.ways import client_of
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
    world = known_world()
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


# Forms that do their work each time they are sent, each with the reason why that is right.
EACH_TIME: Mapping[str, str] = {
    "account_email": "a mail can be lost, so each asking sends a link; the newest works",
    "account_login": "the day of the last signing in is written each time",
    "accounts:help_colleague": "a mail can be lost, so each pressing sends a link; the newest works",
    "participants:template_question_move": "each pressing of an arrow moves a question by one place",
    "mfa_generate_recovery_codes": "the codes that are shown are the ones that work",
}


def test_what_works_each_time_is_still_there():
    assert {route.name for route in routes()} >= set(EACH_TIME)


def a_second_post_leaves_nothing(visit: Visit) -> Iterator[str]:
    """The second of two same posts leaves nothing."""
    person, world = visit.person or "ewa", visit.world
    for form in visit.forms():
        if form.route in UNSENDABLE:
            continue
        sent, kind = visit.encoded(form, usual(form))
        with visit.taken_back():
            first = visit.send("POST", form.url, sent, kind)
            before = traces(world, PEOPLE[person][2], person)
            second = visit.send("POST", form.url, sent, kind)
            after = traces(world, PEOPLE[person][2], person)
        if not is_taken(first) or failure(second):
            yield f"{form}: {first.status_code}, then {failure(second) or second.status_code}"
        elif (left := changed(before, after)) and form.route not in EACH_TIME:
            yield f"{form}: the second changed {left}"
