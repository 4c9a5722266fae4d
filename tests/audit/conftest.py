"""What the tests of the audit share: a cast that is really committed, and ways to fill its history."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connections

from reintegration.audit.models import Event
from reintegration.core.ids import uuid7
from reintegration.tenancy.models import StaffMember
from tests.cast import World, known_world


@pytest.fixture
def cast(committed_db: str) -> World:
    return known_world()


@pytest.fixture
def superuser(as_role: Callable[[str], psycopg.Connection]) -> psycopg.Connection:
    """Somebody with every right in the database and without the keys; triggers do not fire for them."""
    connection = as_role("postgres")
    connection.execute("SET session_replication_role = replica")
    return connection


def hire(last_name: str = "Kalina", **values: Any) -> StaffMember:
    """Store a member of staff in the current scope."""
    values = {"first_name": "Róża", "kind": "instructor", "basis": "employment", "fte": 1} | values
    values.setdefault("since", date(2020, 1, 1))
    one: StaffMember = StaffMember.objects.create(last_name=last_name, **values)
    return one


def live(world: World, organisation: str = "cis", *, rounds: int = 4) -> list[StaffMember]:
    """A little history: people hired, changed and removed, pages looked at."""
    staff = []
    for number in range(rounds):
        with world.scope(organisation, "ewa"):
            one = hire(f"Kalina {number}")
            one.last_name = f"Malina {number}"
            one.save()
            Event.objects.create(
                action="tenancy.staff.show", persons=[one.pk, uuid7()], detail={"strona": number}
            )
            Event.objects.create(action="tenancy.site.list", object_type="tenancy.site", object_id=uuid7())
            hire("Krótka").delete()
            staff.append(one)
    return staff


def set_scope(connection: psycopg.Connection, organisation_id: Any) -> None:
    """Give a connection of one's own the scope of an organisation, until it is closed."""
    connection.execute(
        "SELECT set_config('app.organisation', %s, false), set_config('app.request', %s, false),"
        " set_config('app.source', 'test', false)",
        [str(organisation_id), str(uuid7())],
    )


def blank(as_role: Callable[[str], psycopg.Connection], organisation_id: Any, person: Any) -> int:
    """Blank a person's history as the keeper does; returns the number of the event."""
    keeper = as_role("reintegra_keeper")
    with keeper.transaction():
        set_scope(keeper, organisation_id)
        (event,) = keeper.execute("SELECT audit_blank(%s, 'art. 17 RODO')", [person]).fetchone() or (0,)
    return int(event)


SECRETS = """
CREATE TABLE secrets (id bigint PRIMARY KEY, unit_id uuid NOT NULL, person_id uuid, note text, secret bytea);
GRANT SELECT, INSERT, UPDATE, DELETE ON secrets TO reintegra_app;
GRANT SELECT, UPDATE ON secrets TO reintegra_keeper;
CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON secrets
    FOR EACH ROW EXECUTE FUNCTION audit_capture('person_id', 'id', 'secret');
"""


@pytest.fixture
def secrets(cast: World, as_role: Callable[[str], psycopg.Connection]) -> None:
    """A table with ciphertexts and a number for its key."""
    as_role("reintegra_owner").execute(SECRETS)


@pytest.fixture
def keeper(cast: World, as_role: Callable[[str], psycopg.Connection]) -> Iterator[World]:
    """The keeper's connection, as `manage.py retention` has it."""
    info = as_role("reintegra_keeper").info
    settings = connections["default"].settings_dict
    connections.settings["keeper"] = {
        **settings,
        "USER": info.user,
        "PASSWORD": info.password,
        "NAME": info.dbname,
    }
    yield cast
    connections["keeper"].close()
    del connections["keeper"]
    del connections.settings["keeper"]
