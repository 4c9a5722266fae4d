"""The base of the API: tokens, one effect for each key, one format of errors."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.urls import path
from rest_framework import serializers

from reintegration.api import perms, services
from reintegration.api.models import Answer, Token
from reintegration.api.views import KEY_HEADER, Endpoint
from reintegration.audit.models import Event
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Membership
from reintegration.urls import urlpatterns
from tests.cast import World, known_world

ME = "/api/v1/me/"
EFFECT = "/api/v1/planted/"
TOMORROW = timedelta(days=1)


def token(world: World, person: str = "ewa", *, actions: Any = (perms.ME.name,)) -> str:
    with world.scope(_place(world, person), person):
        _, secret = services.make_token(
            name="program OPS",
            owner_id=world.people[person].pk,
            actions=actions,
            expires_on=clock.today() + TOMORROW,
            today=clock.today(),
        )
    return secret


def _place(world: World, person: str) -> str:
    return next(key for key, found in world.organisations.items() if found == world.organisation_of(person))


def ask(secret: str | None, address: str = ME, **headers: str) -> Any:
    if secret is not None:
        headers["Authorization"] = f"Bearer {secret}"
    return Client().get(address, headers=headers)


def send(secret: str, body: Any, *, key: str | None = "klucz-1", **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    if key is not None:
        headers[KEY_HEADER] = key
    return Client(raise_request_exception=False).post(
        EFFECT, body, content_type=more.get("content_type", "application/json"), headers=headers
    )


class PlantedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=10)
    amount = serializers.DecimalField(max_digits=8, decimal_places=2, required=False)


class Planted(Endpoint):
    """An address with an effect that can be counted: an event."""

    acts: ClassVar = {"POST": perms.ME}

    def perform(self, request: Any) -> tuple[int, Any]:
        data = PlantedSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        if data.validated_data["name"] == "wybuch":
            raise RuntimeError("planted")
        Event.objects.create(action="planted", detail={"name": data.validated_data["name"]})
        return 201, {"id": "1", "name": data.validated_data["name"]}


@pytest.fixture
def planted() -> Iterator[None]:
    from django.urls import clear_url_caches

    entry = path(EFFECT.lstrip("/"), Planted.as_view(), name="planted")
    urlpatterns.append(entry)
    clear_url_caches()
    yield
    urlpatterns.remove(entry)
    clear_url_caches()


def effects(world: World) -> int:
    with world.scope("cis", "ewa"):
        return Event.objects.filter(action="planted").count()


def assert_problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"status", "title", "detail", "errors", "request_id"}
    assert body["status"] == status
    return body


def test_a_token_says_who_it_is(world: World):
    answer = ask(token(world))
    assert answer.status_code == 200
    assert answer.json() == {
        "organisation_id": str(world.cis.pk),
        "organisation": "CIS „Nowy Most”",
        "kind": "unit",
        "roles": ["manager"],
        "actions": ["api.me.read"],
    }


@pytest.mark.parametrize("secret", [None, "", "rg_zmyślony", "rg_unknown", "Ł", "\x00", "a" * 5000])
def test_without_a_valid_token_the_answer_is_401(world: World, secret: str | None):
    body = assert_problem(ask(secret), 401)
    assert "token" in body["detail"]


def test_a_token_never_holds_what_asks_for_a_fresh_proof(world: World):
    with pytest.raises(InputError):
        token(world, actions=["api.token.make"])


def test_a_session_opens_no_address_of_the_api(world: World, client: Client):
    from tests.cast import sign_in

    sign_in(client, world.people["ewa"], world.cis.pk)
    assert_problem(client.get(ME), 401)


def test_a_token_does_only_what_it_names(world: World):
    other = token(world, actions=["api.token.list"])
    body = assert_problem(ask(other), 403)
    assert "Odczyt, kim jest token" in body["detail"]


def test_the_secret_is_not_stored(world: World):
    secret = token(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(api_token)::text FROM api_token")
        assert secret not in cursor.fetchone()[0]


def test_a_revoked_token_is_refused(world: World):
    secret = token(world)
    with world.scope("cis", "ewa"):
        services.revoke_token(Token.objects.get())
    assert_problem(ask(secret), 401)


def test_an_expired_token_is_refused(world: World):
    secret = token(world)
    with clock.frozen(clock.today() + TOMORROW):
        assert ask(secret).status_code == 200
    with clock.frozen(clock.today() + 2 * TOMORROW):
        assert_problem(ask(secret), 401)


def test_a_token_ends_with_the_membership_of_its_owner(world: World):
    secret = token(world)
    with world.scope("cis", "ewa"):
        Membership.objects.filter(user=world.people["ewa"]).update(until=date(2020, 1, 2))
    assert_problem(ask(secret), 401)


def test_a_token_that_would_outlive_a_year_is_not_made(world: World):
    today = clock.today()
    for expires_on in (today, today + timedelta(days=400)):
        with world.scope("cis", "ewa"), pytest.raises(InputError):
            services.make_token(
                name="x",
                owner_id=world.people["ewa"].pk,
                actions=[perms.ME.name],
                expires_on=expires_on,
                today=today,
            )


def test_the_same_key_works_once_and_answers_alike(world: World, planted: None):
    secret = token(world)
    answers = [send(secret, {"name": "raz"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.content for answer in answers}) == 1
    assert effects(world) == 1


def test_another_body_under_the_same_key_is_refused(world: World, planted: None):
    secret = token(world)
    send(secret, {"name": "raz"})
    assert_problem(send(secret, {"name": "dwa"}), 422)
    assert effects(world) == 1


def test_a_refused_request_leaves_its_key_free(world: World, planted: None):
    secret = token(world)
    body = assert_problem(send(secret, {"name": "o wiele za długie"}), 400)
    assert [error["field"] for error in body["errors"]] == ["name"]
    assert send(secret, {"name": "krócej"}).status_code == 201


def test_a_failure_leaves_nothing_behind(world: World, planted: None):
    secret = token(world)
    assert send(secret, {"name": "wybuch"}).status_code == 500
    with world.scope("cis", "ewa"):
        assert not Answer.objects.exists()


@pytest.mark.parametrize("key", [None, "", "x" * 81, "a\nb"])
def test_a_post_without_a_usable_key_is_refused(world: World, planted: None, key: str | None):
    body = assert_problem(send(token(world), {"name": "raz"}, key=key), 400)
    assert body["errors"][0]["field"] == KEY_HEADER


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('"tekst"', 400),
        ("null", 400),
        ('{"name": NaN}', 400),
        ('{"name": "a\\u0000b"}', 400),
        ('{"name": ["a"]}', 400),
        ('{"name": "a", "amount": "NaN"}', 400),
        ('{"name": "a", "amount": {"x": 1}}', 400),
    ],
)
def test_nonsense_gets_a_sentence(world: World, planted: None, body: str, status: int):
    assert_problem(send(token(world), body), status)


def test_another_format_is_refused(world: World, planted: None):
    assert_problem(send(token(world), "name=raz", content_type="application/x-www-form-urlencoded"), 415)


def test_a_wrong_method_and_a_wrong_format_get_sentences(world: World):
    secret = token(world)
    headers = {"Authorization": f"Bearer {secret}", "Accept": "text/html"}
    assert_problem(Client().get(ME, headers=headers), 406)


def test_too_many_requests_are_slowed_down(world: World, monkeypatch: pytest.MonkeyPatch):
    from reintegration.api import limits

    monkeypatch.setattr(limits, "LIMIT", 3)
    secret = token(world)
    answers = [ask(secret).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    refused = ask(secret)
    assert_problem(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= 61


def test_every_call_leaves_an_event(world: World):
    ask(token(world))
    with world.scope("cis", "ewa"):
        event = Event.objects.get(action=perms.ME.name)
        assert event.source.startswith("api:")
        assert event.user_id == world.people["ewa"].pk


@pytest.fixture
def committed_world(committed_db: str) -> World:
    return known_world()


def test_twenty_at_once_with_one_key_have_one_effect(committed_world: World, planted: None):
    secret = token(committed_world)
    barrier = threading.Barrier(20)
    statuses: list[int] = []

    def call() -> None:
        barrier.wait()
        statuses.append(send(secret, {"name": "raz"}).status_code)
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert effects(committed_world) == 1


def test_the_description_names_every_address(client: Client, db: None):
    answer = client.get("/api/v1/schema/?format=json", headers={"Accept": "application/json"})
    described = answer.json()
    assert "/api/v1/me/" in described["paths"]
    assert {"401", "403", "429"} <= set(described["paths"]["/api/v1/me/"]["get"]["responses"])


def test_the_guide_shows_every_address(client: Client, db: None):
    page = client.get("/api/").content.decode()
    assert "/api/v1/me/" in page
    assert "An address" not in page
