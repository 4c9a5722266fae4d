"""What the frame of every page costs: four queries, whoever looks and wherever else they belong."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path

from reintegration.core.views import DetailPage
from reintegration.tenancy.actions import REGISTRY, action
from reintegration.tenancy.enums import ALL_ROLES
from reintegration.tenancy.models import Membership
from reintegration.urls import urlpatterns
from tests.cast import TWINS, World, sign_in

ADDRESS = "/pusta/"


class Empty(DetailPage):
    """A page that reads nothing of its own."""

    title = "Pusta"

    def object(self) -> object:
        return self.title


@pytest.fixture
def empty_page() -> Iterator[None]:
    Empty.action = action("test.empty.read", "Pusta strona", roles=ALL_ROLES)
    entry = path(ADDRESS.lstrip("/"), Empty.as_view(), name="empty")
    urlpatterns.append(entry)
    clear_url_caches()
    yield
    urlpatterns.remove(entry)
    clear_url_caches()
    del REGISTRY["test.empty.read"]


def kinds_of(queries: list[dict[str, Any]]) -> list[str]:
    """Each query by what it is for; what only marks a transaction costs no plan."""
    found = []
    for query in queries:
        sql = query["sql"]
        if sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")):
            continue
        for mark, kind in (
            ("django_session", "session"),
            ("set_config", "scope"),
            ("audit_event", "event"),
        ):
            if mark in sql:
                found.append(kind)
                break
        else:
            found.append("counts")
    return found


def cost(world: World, person: str) -> list[str]:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    client.get(ADDRESS)  # the first request of a minute notes that the session is alive
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(ADDRESS).status_code == 200
    # A test's transaction outlives the scope, which therefore empties its settings: one query more.
    return kinds_of(captured.captured_queries)[:-1]


@pytest.mark.django_db
@pytest.mark.parametrize("person", TWINS)
def test_the_frame_costs_four_queries_at_most(world: World, empty_page: None, person: str):
    spent = cost(world, person)
    assert len(spent) <= 4
    assert {"session", "scope", "event"} <= set(spent)


@pytest.mark.django_db
def test_more_organisations_cost_no_more(world: World, empty_page: None):
    before = cost(world, "ewa")
    with world.scope("operator", "operator"):
        for place in ("kis", "other_ops"):
            role = "worker" if place == "other_ops" else "manager"
            Membership.objects.create(
                user=world.people["ewa"],
                organisation=world.organisations[place],
                role=role,
                since=date(2020, 1, 1),
            )
    assert cost(world, "ewa") == before
