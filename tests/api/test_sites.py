"""Sites through the API: the same services, the same walls."""

import pytest

from reintegration.administration import perms
from reintegration.tenancy.models import Site
from tests.api.test_base import KEY_HEADER, Client, assert_problem, token
from tests.cast import World
from tests.specimens import specimen

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/sites/"
SENT = {
    "name": "Stolarnia",
    "street": "Leśna 1",
    "postcode": "22-001",
    "town": "Modrzewno",
    "opened_on": "2026-11-20",
}
ACTIONS = [perms.SITE_LIST.name, perms.SITE_OPEN.name]


def ask(secret: str, address: str = ADDRESS):
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def send(secret: str, body: object, key: str = "k"):
    headers = {"Authorization": f"Bearer {secret}", KEY_HEADER: key}
    return Client().post(ADDRESS, body, content_type="application/json", headers=headers)


def test_a_site_is_opened_read_and_listed(world: World):
    secret = token(world, actions=ACTIONS)
    made = send(secret, SENT)
    assert made.status_code == 201
    key = made.json()["id"]
    assert ask(secret, f"{ADDRESS}{key}/").json() == {**SENT, "id": key, "closed_on": None}
    listed = ask(secret).json()
    assert (listed["count"], [row["id"] for row in listed["results"]]) == (1, [key])


def test_the_same_key_opens_one_site(world: World):
    secret = token(world, actions=ACTIONS)
    first, second = send(secret, SENT), send(secret, SENT)
    assert first.content == second.content
    with world.scope("cis", "ewa"):
        assert Site.objects.count() == 1


def test_a_foreign_site_is_not_there(world: World):
    with world.scope("kis", "bozena"):
        foreign = specimen(Site, world, "x")
    secret = token(world, actions=ACTIONS)
    assert_problem(ask(secret, f"{ADDRESS}{foreign.pk}/"), 404)
    assert ask(secret).json()["count"] == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("name", "a\u0007b"),
        ("postcode", "abc"),
        ("opened_on", "20.11.2026"),
        ("opened_on", None),
        ("town", ["Modrzewno"]),
    ],
)
def test_a_wrong_value_is_named(world: World, field: str, value: object):
    body = assert_problem(send(token(world, actions=ACTIONS), {**SENT, field: value}), 400)
    assert [error["field"] for error in body["errors"]] == [field]
    assert body["errors"][0]["message"]


def test_a_second_site_of_the_same_name_is_refused(world: World):
    secret = token(world, actions=ACTIONS)
    send(secret, SENT, key="1")
    body = assert_problem(send(secret, SENT, key="2"), 400)
    assert "Jest już miejsce o tej nazwie." in [error["message"] for error in body["errors"]]


@pytest.mark.parametrize("page", ["null", "0", "-1", "99999999999999999999", "2"])
def test_a_page_that_is_not_there_is_a_404(world: World, page: str):
    assert_problem(ask(token(world, actions=ACTIONS), f"{ADDRESS}?page={page}"), 404)
