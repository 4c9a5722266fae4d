"""Every address with every method, also those it does not take."""

from collections.abc import Iterator

import pytest

from reintegration.tenancy.actions import Audience
from tests.cast import PEOPLE, TWINS, World
from tests.fuzz.pages import URLENCODED, Visit, address, visitor
from tests.fuzz.payloads import BROKEN_BODIES
from tests.fuzz.refusals import failure
from tests.fuzz.ways import WAYS, client_of
from tests.walls.routes import Route, routes
from tests.walls.test_urls import token_of

ROUTES = routes()
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "ALA")
# Whoever did not come the way that such a page asks for is sent there, whatever the method.
SENT_AWAY = {302, 410}


def headers(route: Route, world: World, person: str | None) -> dict[str, str]:
    if not route.for_programs or person is None:
        return {}
    return {"Authorization": f"Bearer {token_of(world, person)}", "Idempotency-Key": "k"}


def person_for(route: Route) -> str | None:
    """Who may use this address by some method of it."""
    if "GET" in route.actions and not route.for_programs:
        return visitor(route)
    action = next(iter(route.actions.values()))
    if action.audience is Audience.PUBLIC:
        return None
    return next(person for person in TWINS if action.allows({PEOPLE[person][3]}))


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_method_breaks_an_address(route: Route, world: World):
    person = person_for(route)
    client = client_of(world, None if route.for_programs else person)
    where = address(route, world, person)
    given = headers(route, world, person)
    wrong = []
    for method in METHODS:
        answer = client.generic(method, where, headers=given)
        if trouble := failure(answer):
            wrong.append(f"{route}, {method}: {trouble}")
        elif route.name in WAYS and answer.status_code in SENT_AWAY:
            continue
        elif method not in {"HEAD", "OPTIONS"} and answer.status_code != 405:
            wrong.append(f"{route}, {method}: {answer.status_code} instead of 405")
        elif answer.status_code == 405 and not answer.get("Allow"):
            wrong.append(f"{route}, {method}: 405 that allows nothing")
        elif answer.status_code == 405 and method in answer["Allow"].split(", "):
            wrong.append(f"{route}, {method}: refused and allowed at once")
    for what, (content, kind) in BROKEN_BODIES.items():
        if trouble := failure(client.generic("POST", where, content, kind or URLENCODED, headers=given)):
            wrong.append(f"{route}, POST with {what}: {trouble}")
    assert not wrong, "\n".join(wrong)


def its_head_is_the_page_without_its_body(visit: Visit) -> Iterator[str]:
    head = visit.ask("HEAD", visit.url)
    if head.status_code != visit.answer.status_code:
        yield f"{head.status_code} instead of {visit.answer.status_code}"
    if head.streaming or head.content:
        yield "it has a body"
    if head.get("Content-Type") != visit.answer.get("Content-Type"):
        yield f"it says that it is {head.get('Content-Type')}"
