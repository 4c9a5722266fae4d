"""Every address × anonymous, each role, the same role in another tenant; and strangers at each wall."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from reintegration.api.services import make_token
from reintegration.core import clock
from reintegration.tenancy.actions import REGISTRY, Audience
from tests import canary
from tests.cast import PEOPLE, TWINS, World, known_world, sign_in
from tests.specimens import has_rows_in, specimen, tenant_models
from tests.walls.modes import BOTH, NONE, STANDING, walls
from tests.walls.routes import ROWS, Route, routes

CANARY = "KANAREK-ADRES"
# Lists that no wall of the database guards, because their tables are global: their query names the
# organisation, or they show only what is the visitor's own. The test with the walls holds for them too.
SILENT = frozenset(
    {
        "GET administration:founder_list",
        "GET administration:member_list",
        "GET administration:organisation_list",
        "GET api:token_list",
        # The journal's own rows, of which only those stand here that taking a file away made.
        "GET audit:taken",
        # A feed and a file that waits for a yes are their maker's alone.
        "GET ipzs:feed_revoke",
        "GET ipzs:import_run",
        # Layouts of reports are the same for everybody.
        "GET reporting:layouts",
        "GET reporting:register_import_run",
        "GET reporting:outside_import_run",
        "GET jobs:job_list",
    }
)
# What two organisations share is asked for from one side, so their queries name that side too;
# `test_shared.py` takes the walls away from the rows themselves. Free places are for everybody.
SHARED = [
    "agreement",
    "agreement_file",
    "agreement_list",
    "api_referral",
    "own_referral",
    "own_referral_attach",
    "own_referral_edit",
    "own_referral_list",
    "own_referral_message",
    "own_referral_notice",
    "own_referral_opinion",
    "own_referral_resume",
    "own_referral_withdraw",
    "place_list",
    "referral",
    "referral_accept",
    "referral_assign",
    "referral_attach",
    "referral_file",
    "referral_hand_over",
    "referral_invite",
    "referral_list",
    "referral_message",
    "referral_note",
    "referral_obsolete",
    "referral_offer",
    "referral_opinion",
    "referral_refusal_print",
    "referral_refuse",
    "referral_reopen",
    "referral_return",
    "referral_wait",
    "referral_waiting",
    "referral_withdraw",
]
SILENT |= {f"GET participants:{name}" for name in SHARED}
SILENT |= {f"GET benefits:{name}" for name in ("referral_forecast", "referral_forecast_print")}
# The body's side of an access is asked for by name in both scopes, and the unit's list says who has the
# account, as the register of bodies does; `tests/benefits/told` looks at the rows.
SILENT |= {f"GET participants:{name}" for name in ("access_list", "opened_list", "opened", "opened_take")}
SILENT |= {f"GET participants:{name}" for name in ("ops_notices", "ops_notice")}
SILENT |= {f"GET benefits:{name}" for name in ("health_asked", "health_asked_one")}
# They say of a case whose it is and how it stands; `reporting/test_procedure_walls.py` looks at the rows.
SILENT |= {f"GET reporting:{name}" for name in ("applications", "notices")}
ROUTES = routes()
ASKED = [(route, method) for route in ROUTES for method in route.methods]
WRITTEN_BY_TRIGGERS = {"audit.Change", "audit.EventPerson"}


def arguments_of(
    route: Route, method: str, world: World, person: str, made: dict[str, Any]
) -> dict[str, Any]:
    """Arguments that name an object of this person's organisation, the same one for all its people."""
    if not route.arguments:
        return {}
    row = ROWS[route.name]
    if not route.actions[method].allows({PEOPLE[person][3]}) or row.whose == "everybody":
        # Who may not come at all is refused at the door, whosever object it is.
        person = next(key for key in PEOPLE if route.actions[method].allows({PEOPLE[key][3]}))
    organisation = PEOPLE[person][2]
    owner = person if row.own else organisation
    if owner not in made:
        with world.scope(organisation, person):
            made[owner] = row.make(world, CANARY)
    return made[owner]


def ask(
    person: str | None, route: Route, method: str, arguments: dict[str, Any], world: World, query: str = ""
) -> Any:
    client = Client(raise_request_exception=False)
    headers = {}
    if person is not None and route.for_programs:
        headers = {"Authorization": f"Bearer {token_of(world, person)}", "Idempotency-Key": "k"}
    elif person is not None:
        sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client.generic(method, route.address(arguments) + query, headers=headers)


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


@pytest.mark.parametrize(("route", "method"), ASKED, ids=str)
def test_the_matrix_of_roles(route: Route, method: str, world: World):
    action = route.actions[method]
    wrong = []
    made: dict[str, Any] = {}
    for person in [None, *TWINS]:
        arguments = arguments_of(route, method, world, person or "ewa", made)
        with undone():  # the next person finds it as it was
            answer = ask(person, route, method, arguments, world)
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
        yield known_world()


def strangers(route: Route, method: str, *, each_role: bool) -> list[str]:
    """Who comes to an address: whoever may, and of those whom the door refuses whatever they ask for one.

    What a wall holds back does not depend on a role, so that behind one wall alone the first of each
    organisation comes; the control shows that they see it when no wall stands.
    """
    action = route.actions[method]
    may: dict[str, list[str]] = {}
    refused = []
    for person in TWINS:
        *_, organisation, role = PEOPLE[person]
        # Both of the operator's people belong to the one operator.
        if organisation == "operator":
            continue
        if action.allows({role}):
            may.setdefault(organisation, []).append(person)
        else:
            refused.append(person)
    if each_role:
        return [*sum(may.values(), []), *refused[:1]]
    return [people[0] for people in may.values()]


def breaches(route: Route, method: str, world: World, *, each_role: bool) -> Iterator[tuple[str, int]]:
    """Whom this address shows a stranger's object: an answer other than 404 or 403, or the canary in it."""
    whose = ROWS[route.name].whose if route.name in ROWS else "tenant"
    if whose == "everybody":
        return
    made: dict[str, Any] = {}
    for person in strangers(route, method, each_role=each_role):
        if whose == "calendar":
            # Everybody has such a page of their own, so only the twin's may hold the canary.
            with undone():
                arguments = arguments_of(route, method, world, TWINS[person], {})
                told = tells(answer := ask(person, route, method, arguments, world))
            if told:
                yield person, answer.status_code
            continue
        arguments = arguments_of(route, method, world, TWINS[person], made)
        for query in ("", "?plik=xlsx") if route.is_list and method == "GET" else ("",):
            answer = ask(person, route, method, arguments, world, query)
            if tells(answer) or (route.arguments and answer.status_code not in {403, 404, 405}):
                yield person, answer.status_code


def tells(answer: Any) -> bool:
    """Whether the canary stands in an answer, be it packed in a spreadsheet or a paper."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return any(CANARY.encode() in data for _, data in canary.opened("answer", content))


def plant_everywhere(world: World) -> None:
    """In each organisation that is not asking, one row of every tenant table, full of canaries."""
    for organisation, person in (
        ("other_cis", "teresa"),
        ("other_ops", "adam"),
        ("other_office", "dorota"),
    ):
        with world.scope(organisation, person):
            for model in tenant_models():
                if model._meta.label in WRITTEN_BY_TRIGGERS:
                    continue
                if not has_rows_in(model, unit=organisation == "other_cis"):
                    continue
                specimen(model, world, CANARY)


# Rooms with so many addresses that they are tried apart from those of the ground.
ROOMS = ("benefits", "ipzs", "participants", "reporting")
# So many addresses share the rows that are planted for them; then two workers have equal work.
TOGETHER = 120


def _parts() -> dict[str, list[tuple[Route, str]]]:
    """Part of a room → the addresses in it that are for members, and their methods."""
    rooms: dict[str, list[tuple[Route, str]]] = {}
    for route, method in ASKED:
        if route.actions[method].audience is Audience.MEMBERS:
            room = route.name.partition(":")[0]
            rooms.setdefault(room if room in ROOMS else "ground", []).append((route, method))
    return {
        f"{room} {number}": asked[number::count]
        for room, asked in rooms.items()
        for count in [len(asked) // TOGETHER + 1]
        for number in range(count)
    }


PARTS = _parts()


def told_in(part: str, world: World, *, each_role: bool = False) -> dict[str, bool]:
    """Of every address of a part and its methods, whether it tells a stranger anything.

    What one address does is undone before the next.
    """
    plant_everywhere(world)
    told = {}
    for route, method in PARTS[part]:
        with undone():
            told[f"{method} {route.name}"] = any(breaches(route, method, world, each_role=each_role))
    return told


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back; a request may open its own outermost transaction in it."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_a_stranger_sees_nothing_at_any_address(standing: World, part: str, request: Any):
    each_role = request.node.callspec.params["standing"] == BOTH
    assert [address for address, told in told_in(part, standing, each_role=each_role).items() if told] == []


def shows_rows(address: str) -> bool:
    """Lists, and pages of an object that is a tenant's: whatever is planted must be seen on them."""
    method, _, name = address.partition(" ")
    route = next(one for one in ROUTES if one.name == name)
    walled = bool(route.arguments) and ROWS[name].whose == "tenant"
    return method == "GET" and (route.is_list or walled)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("standing", [NONE], indirect=True)
def test_without_walls_the_stranger_sees_it(standing: World, part: str):
    """The control: the test above finds what no wall holds back, packed in a spreadsheet too."""
    told = told_in(part, standing)
    silent = {address for address, seen in told.items() if shows_rows(address) and not seen}
    assert silent == SILENT & set(told)


def test_what_is_silent_is_an_address():
    assert {f"{method} {route}" for route, method in sum(PARTS.values(), [])} >= SILENT
