"""The way of an account into a unit, with both walls, with either one, and with none."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from participants.models import BodyAccess
from participants.services.portal import access as services
from reintegration.core import slots
from tests.benefits.lists.made import OCTOBER
from tests.benefits.told.test_accounts import LIST, looks, opened, page_of, take
from tests.benefits.told.test_links import text_of
from tests.cast import World, known_world
from tests.participants.portal.made import signed_in
from tests.walls.modes import BOTH, NONE, QUERYSETS_ONLY, ROWS_ONLY, STANDING, walls
from tests.walls.test_shared import readers


@pytest.fixture
def standing(request: Any, monkeypatch: pytest.MonkeyPatch, django_db_setup: None) -> Iterator[World]:
    with walls(request.param, monkeypatch):
        request.getfixturevalue("db")
        yield known_world()


@pytest.mark.parametrize("standing", [BOTH, ROWS_ONLY, QUERYSETS_ONLY, NONE], indirect=True)
def test_a_stranger_gets_no_page_behind_any_wall(standing: World) -> None:
    """Another OPS, whatever stands: the visit asks for its own name in both scopes."""
    access = opened(standing)
    for person in ("krystyna", "adam"):
        client = signed_in(standing, person)
        assert client.get(page_of(access)).status_code == 404
        assert client.get(take(access, OCTOBER)).status_code == 404
        assert standing.cis.name not in text_of(client.get(LIST))
    assert looks(standing) == []


@pytest.mark.parametrize("standing", STANDING, indirect=True)
def test_an_access_is_seen_by_its_two_sides_while_it_is_open(standing: World) -> None:
    access = opened(standing)
    assert readers(standing, BodyAccess, pk=access.pk) == {"cis", "ops"}
    with standing.scope("cis", "ewa"):
        services.close_access(access_id=access.pk)
    assert readers(standing, BodyAccess, pk=access.pk) == {"cis"}


WRITES = {
    "itself lets itself in": (
        "INSERT INTO participants_bodyaccess (id, unit_id, sender_id, purpose, body_name, opened_at,"
        " opened_by_id) VALUES (gen_random_uuid(), %(unit)s, %(ops)s, 'month', 'x', now(), %(user)s)",
        "row-level security",
    ),
    "takes another name": ("UPDATE participants_bodyaccess SET body_name = 'PUP'", "permission denied"),
    "takes another purpose": ("UPDATE participants_bodyaccess SET purpose = 'fund'", "permission denied"),
    "closes": ("UPDATE participants_bodyaccess SET closed_at = now(), closed_by_id = %(user)s", ""),
    "removes": ("DELETE FROM participants_bodyaccess", ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
def test_the_body_writes_nothing_of_its_access(world: World, name: str) -> None:
    """By the database alone, whatever a query of the body asks."""
    opened(world)
    sql, refused = WRITES[name]
    given = {
        "unit": world.organisations["other_cis"].pk,
        "ops": world.organisations["ops"].pk,
        "user": world.people["zofia"].pk,
    }
    with world.scope("ops", "zofia"), connection.cursor() as cursor:
        if refused:
            with pytest.raises(DatabaseError, match=refused), transaction.atomic():
                cursor.execute(sql, given)
        else:
            cursor.execute(sql, given)
            assert cursor.rowcount == 0


@pytest.mark.django_db
def test_what_a_look_reads_cannot_write(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider of a page that would change something is refused by the database."""
    access = opened(world)

    def writes(request: object, reader: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE participants_bodyaccess SET closed_at = now()")

    monkeypatch.setitem(slots._filled, "participants.told", [(0, writes)])
    client = signed_in(world, "zofia")
    client.raise_request_exception = False
    assert client.get(page_of(access)).status_code == 500
    with world.scope("cis", "ewa"):
        assert BodyAccess.objects.get().closed_at is None
    assert looks(world) == []
