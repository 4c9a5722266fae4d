"""Every address × anonymous, each role, the same role in another tenant; and strangers at each wall."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reintegration.api.services import make_token
from reintegration.core import clock
from reintegration.tenancy.actions import REGISTRY, Audience
from tests.cast import PEOPLE, TWINS, World, build_world, sign_in
from tests.specimens import has_rows_in, specimen, tenant_models
from tests.walls.modes import NONE, STANDING, walls
from tests.walls.routes import ROWS, Route, routes

CANARY = "KANAREK-ADRES"
ROUTES = routes()
WITH_OBJECT = [route for route in ROUTES if route.arguments and "GET" in route.actions]
WRITTEN_BY_TRIGGERS = {"audit.Change", "audit.EventPerson"}


def arguments_of(route: Route, world: World, person: str, made: dict[str, Any]) -> dict[str, Any]:
    """Arguments that name an object of this person's organisation, the same one for all its people."""
    if not route.arguments:
        return {}
    row = ROWS[route.name]
    if not route.actions[method_of(route)].allows({PEOPLE[person][3]}) or row.whose == "everybody":
        # Who may not come at all is refused at the door, whosever object it is.
        person = next(key for key in PEOPLE if route.actions[method_of(route)].allows({PEOPLE[key][3]}))
    organisation = PEOPLE[person][2]
    owner = person if row.own else organisation
    if owner not in made:
        with world.scope(organisation, person):
            made[owner] = row.make(world, CANARY)
    return made[owner]


def method_of(route: Route) -> str:
    return "GET" if "GET" in route.actions else next(iter(route.actions))


def ask(person: str | None, route: Route, arguments: dict[str, Any], world: World) -> Any:
    client = Client(raise_request_exception=False)
    headers = {}
    if person is not None and route.for_programs:
        headers = {"Authorization": f"Bearer {token_of(world, person)}", "Idempotency-Key": "k"}
    elif person is not None:
        sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client.generic(method_of(route), route.address(arguments), headers=headers)


def token_of(world: World, person: str) -> str:
    """A token for everything that its owner may do."""
    with world.scope(PEOPLE[person][2], person):
        _, secret = make_token(
            name="test",
            owner_id=world.people[person].pk,
            actions=[
                name
                for name, action in REGISTRY.items()
                if action.audience is Audience.MEMBERS and not action.reauth
            ],
            expires_on=clock.today() + timedelta(days=1),
            today=clock.today(),
        )
    return secret


def test_every_address_names_an_action():
    assert [route.name for route in ROUTES if not route.actions] == []


def test_every_address_with_an_object_has_a_row():
    assert sorted(route.name for route in ROUTES if route.arguments and route.name not in ROWS) == []


def test_no_row_is_left_over():
    assert sorted(set(ROWS) - {route.name for route in ROUTES}) == []


def test_the_twins_cover_every_role():
    assert {PEOPLE[person][3] for person in TWINS} == {role for *_, role in PEOPLE.values()}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_the_matrix_of_roles(route: Route, world: World):
    action = route.actions[method_of(route)]
    wrong = []
    made: dict[str, Any] = {}
    for person in [None, *TWINS]:
        arguments = arguments_of(route, world, person or "ewa", made)
        answer = ask(person, route, arguments, world)
        if action.audience is Audience.PUBLIC:
            expected = answer.status_code not in {401, 403, 500}
        elif person is None:
            expected = answer.status_code == 401 or (
                answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
            )
        elif action.audience is Audience.SIGNED_IN or action.allows({PEOPLE[person][3]}):
            expected = answer.status_code not in {401, 403, 404, 500}
        else:
            expected = answer.status_code == 403
        if not expected:
            wrong.append((person, answer.status_code))
    assert wrong == []


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield build_world()


def breaches(route: Route, world: World) -> list[tuple[str, int]]:
    """Whom this address shows a stranger's object: an answer other than 404 or 403, or the canary in it."""
    found = []
    made: dict[str, Any] = {}
    for person, twin in TWINS.items():
        if PEOPLE[person][2] == "operator":
            continue  # both belong to the one operator
        answer = ask(person, route, arguments_of(route, world, twin, made), world)
        if route.name in ROWS and ROWS[route.name].whose == "everybody":
            continue
        told = CANARY in answer.content.decode(errors="replace")
        if told or (route.arguments and answer.status_code not in {403, 404}):
            found.append((person, answer.status_code))
    return found


def plant_everywhere(world: World) -> None:
    """In each organisation that is not asking, one row of every tenant table, full of canaries."""
    for organisation, person in (("kis", "bozena"), ("other_ops", "adam"), ("other_office", "dorota")):
        with world.scope(organisation, person):
            for model in tenant_models():
                if model._meta.label in WRITTEN_BY_TRIGGERS:
                    continue
                if not has_rows_in(model, unit=organisation == "kis"):
                    continue
                specimen(model, world, CANARY)


MEMBERS_ONLY = [route for route in ROUTES if route.actions[method_of(route)].audience is Audience.MEMBERS]


@pytest.mark.parametrize("route", MEMBERS_ONLY, ids=str)
@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_stranger_sees_nothing_at_any_address(standing: World, route: Route):
    plant_everywhere(standing)
    assert breaches(route, standing) == []


WALLED = [route for route in WITH_OBJECT if route.name in ROWS and ROWS[route.name].whose == "tenant"]


@pytest.mark.parametrize("route", WALLED, ids=str)
@pytest.mark.parametrize("standing", [NONE], indirect=True)
def test_without_walls_the_stranger_sees_it(standing: World, route: Route):
    assert breaches(route, standing) != []
