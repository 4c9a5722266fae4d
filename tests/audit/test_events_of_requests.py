"""Each request of a member leaves exactly one event, whatever becomes of it."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from reintegration.audit import record
from reintegration.audit.models import Change, Event, EventPerson
from reintegration.core.ids import uuid7
from reintegration.tenancy.actions import Action, Audience, handles
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import StaffMember
from tests.audit.conftest import hire, set_scope
from tests.cast import PEOPLE, World, known_world, sign_in
from tests.walls.routes import Route
from tests.walls.test_urls import ASKED, TWINS, arguments_of, ask

PROBE = Action("audit.probe", "Próba", Audience.MEMBERS, frozenset({Role.MANAGER}), reauth=False)
SEEN = [uuid7(), uuid7()]


@handles(PROBE)
def shows_people(request: HttpRequest) -> HttpResponse:
    record.shows(request, SEEN)
    return HttpResponse("widać")


@handles(PROBE)
def fails(request: HttpRequest) -> HttpResponse:
    record.shows(request, SEEN)
    hire("Nieudana")
    message = "broken on purpose"
    raise RuntimeError(message)


@handles(PROBE)
def answers(request: HttpRequest, status: int) -> HttpResponse:
    return HttpResponse("x", status=status)


urlpatterns = [
    path("proba/osoby/", shows_people, name="shows_people"),
    path("proba/blad/", fails, name="fails"),
    path("proba/<int:status>/", answers, name="answers"),
    path("", include("reintegration.urls")),
]
probing = override_settings(ROOT_URLCONF="tests.audit.test_events_of_requests")


@pytest.fixture
def world(db: None) -> World:
    return known_world()


def client_of(world: World, person: str) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client


def events(world: World, organisation: str) -> list[Any]:
    with world.scope(organisation):
        return list(Event.objects.order_by("id"))


def written_by(world: World, organisation: str, act: Callable[[], Any]) -> list[Any]:
    before = len(events(world, organisation))
    act()
    return events(world, organisation)[before:]


MEMBERS_ONLY = [
    (route, method)
    for route, method in ASKED
    if method == route.methods[0]
    and route.actions[method].audience is Audience.MEMBERS
    and not route.for_programs
]


@pytest.mark.parametrize(("route", "method"), MEMBERS_ONLY, ids=str)
def test_every_address_leaves_one_event_of_its_action(world: World, route: Route, method: str):
    action = route.actions[method]
    made: dict[str, Any] = {}
    # One who may, and one who may not, unless everybody may.
    people = {action.allows({world.role_of(person)}): person for person in reversed(TWINS)}
    assert True in people
    for may, person in people.items():
        arguments = arguments_of(route, method, world, person, made)
        before = len(events(world, PEOPLE[person][2]))
        answer = ask(person, route, method, arguments, world)
        written = events(world, PEOPLE[person][2])[before:]
        own = [event for event in written if event.action == action.name]
        assert [event.user_id for event in own] == [world.people[person].pk]
        assert (own[0].outcome == "refused") is not may
        assert (own[0].outcome == "taken") is is_file(answer)
        if is_file(answer):
            assert own[0].detail["format"]


def is_file(answer: Any) -> bool:
    """Whether somebody takes away a file, whichever way the view gives it."""
    return answer.status_code == 200 and answer.get("Content-Disposition", "").startswith("attachment")


# What they hold is of no use outside the program.
NO_FILES = {
    "api:token_list",
    "participants:access_list",
    "participants:link_list",
    "participants:opened_list",
}
LISTS = [
    route
    for route, method in MEMBERS_ONLY
    if method == "GET" and route.is_list and route.name not in NO_FILES
]


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_every_list_that_is_taken_away_is_written_down(world: World, route: Route):
    action = route.actions["GET"]
    person = next(one for one in reversed(TWINS) if action.allows({world.role_of(one)}))
    arguments = arguments_of(route, "GET", world, person, {})
    (event,) = written_by(
        world,
        PEOPLE[person][2],
        lambda: [ask(person, route, "GET", arguments, world, "?plik=csv")],
    )
    assert (event.outcome, event.detail["format"], type(event.detail["rows"])) == ("taken", "csv", int)


@probing
def test_the_event_names_the_people_who_were_shown(world: World):
    (event,) = written_by(world, "cis", lambda: client_of(world, "ewa").get("/proba/osoby/"))
    assert (event.action, event.outcome, event.persons) == ("audit.probe", "seen", sorted(SEEN))
    with world.scope("cis"):
        assert set(EventPerson.objects.filter(event_id=event.pk).values_list("person_id", flat=True)) == set(
            SEEN
        )


@probing
@pytest.mark.parametrize(
    ("method", "status", "outcome"),
    [
        ("get", 200, "seen"),
        ("post", 200, "done"),
        ("post", 302, "done"),
        ("get", 404, "not_found"),
        ("post", 403, "refused"),
        ("post", 422, "invalid"),
        ("get", 503, "failed"),
    ],
)
def test_the_outcome_follows_the_answer(world: World, method: str, status: int, outcome: str):
    client = client_of(world, "ewa")
    (event,) = written_by(world, "cis", lambda: getattr(client, method)(f"/proba/{status}/"))
    assert (event.action, event.outcome) == ("audit.probe", outcome)


@probing
def test_a_role_that_may_not_leaves_a_refusal(world: World):
    (event,) = written_by(world, "cis", lambda: client_of(world, "rafal").get("/proba/osoby/"))
    assert (event.outcome, event.persons, event.user_id) == ("refused", [], world.people["rafal"].pk)


@probing
def test_a_failure_is_rolled_back_and_leaves_an_event_without_people(world: World):
    (event,) = written_by(world, "cis", lambda: client_of(world, "ewa").post("/proba/blad/"))
    assert (event.action, event.outcome, event.persons) == ("audit.probe", "failed", [])
    with world.scope("cis"):
        assert not StaffMember.objects.filter(last_name="Nieudana").exists()


def test_whoever_is_not_signed_in_leaves_nothing(world: World):
    assert written_by(world, "operator", lambda: Client().get(reverse("audit:journal"))) == []


def test_an_object_with_a_number_for_its_key_is_named_too(world: World):
    with world.scope("cis", "ewa"):
        event = Event.objects.create(action="audit.probe", object_id=record.key_of(Event(pk=7)))
        event.refresh_from_db()
        assert str(event.object_id) == "00000000-0000-0000-0000-000000000007"


def test_rows_with_other_keys_have_history(cast: World, as_role: Callable[[str], psycopg.Connection]):
    owner = as_role("postgres")
    owner.execute(
        "CREATE TABLE counted (id bigint PRIMARY KEY, note text);"
        " CREATE TABLE named (code text PRIMARY KEY, note text);"
        " CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON counted"
        " FOR EACH ROW EXECUTE FUNCTION audit_capture('', 'id', '');"
        " CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON named"
        " FOR EACH ROW EXECUTE FUNCTION audit_capture('', 'code', '');"
    )
    set_scope(owner, cast.cis.pk)
    for sql in (
        "INSERT INTO counted VALUES (255, 'a')",
        "UPDATE counted SET note = 'b'",
        "DELETE FROM counted",
        "INSERT INTO named VALUES ('przerwa', 'a')",
    ):
        owner.execute(sql)
    rows = owner.execute(
        "SELECT table_name, operation, row_id::text, values FROM audit_change"
        " WHERE table_name IN ('counted', 'named') ORDER BY id"
    ).fetchall()
    number = "00000000-0000-0000-0000-0000000000ff"
    assert [row[:3] for row in rows[:3]] == [("counted", one, number) for one in "IUD"]
    assert [row[3] for row in rows[:3]] == [None, {"note": ["a", "b"]}, {"id": [255], "note": ["b"]}]
    assert rows[3][:2] == ("named", "I")


def test_times_in_history_are_written_in_utc_whatever_the_session_says(
    cast: World, as_role: Callable[[str], psycopg.Connection]
):
    owner = as_role("postgres")
    owner.execute(
        "CREATE TABLE timed (id bigint PRIMARY KEY, at timestamptz);"
        " CREATE TRIGGER history AFTER UPDATE ON timed"
        " FOR EACH ROW EXECUTE FUNCTION audit_capture('', 'id', '');"
        " SET timezone = 'Asia/Tokyo'; SET datestyle = 'German';"
    )
    set_scope(owner, cast.cis.pk)
    owner.execute("INSERT INTO timed VALUES (1, '2026-11-20 12:00:00+01')")
    owner.execute("UPDATE timed SET at = at + interval '1 second'")
    row = owner.execute("SELECT values FROM audit_change WHERE table_name = 'timed'").fetchone()
    assert row == ({"at": ["2026-11-20T11:00:00+00:00", "2026-11-20T11:00:01+00:00"]},)


def test_a_save_that_changes_nothing_leaves_no_history(world: World):
    with world.scope("cis", "ewa"):
        one = hire()
        one.save()
        assert Change.objects.filter(row_id=one.pk).count() == 1
