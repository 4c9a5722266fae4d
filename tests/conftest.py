"""Fixtures of every test: the database as the program's role, the fixed cast, the strict harness."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from reintegration.ops.postgres import ADMIN, DATABASE
from tests.cast import World, build_world
from tests.servers import dsn


def clone(name: str, template: str = DATABASE) -> None:
    """Make a database anew as a copy of another one, from which everybody else is sent away.

    A connection that was made before the browser's loop began to run is still there and out of reach.
    """
    connections["default"].close()
    with psycopg.connect(dsn(ADMIN, "postgres"), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (template,)
        )
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY OWNER reintegra_owner'
        )
        server.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO reintegra_app, reintegra_keeper')


@pytest.fixture(scope="session")
def database_name() -> str:
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture(scope="session")
def django_db_setup(database_name: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        clone(database_name)
        connections["default"].settings_dict["NAME"] = database_name
        os.environ["DATABASE_URL"] = dsn("reintegra_app", database_name)


@pytest.fixture
def committed_db(database_name: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database in which commits are real; it is made anew afterwards, since history cannot be emptied."""
    with django_db_blocker.unblock():
        yield database_name
        clone(database_name)


@pytest.fixture
def as_role(database_name: str) -> Iterator[Callable[[str], psycopg.Connection]]:
    """Open a connection of one's own as any role: reintegra_owner, reintegra_keeper, postgres."""
    opened: list[psycopg.Connection] = []

    def open_as(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(dsn(role, database_name), autocommit=True))
        return opened[-1]

    yield open_as
    for connection in opened:
        connection.close()


@pytest.fixture
def world(db: None) -> World:
    """The fixed cast, in a transaction that the test rolls back."""
    return build_world()
