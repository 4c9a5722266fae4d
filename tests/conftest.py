"""Fixtures of every test: the database as the program's role, the fixed cast, the strict harness."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from reintegration.core import clock
from reintegration.core.garbage import settle
from reintegration.ops.postgres import ADMIN, DATABASE
from tests import servers
from tests.cast import World, known_world
from tests.servers import CAST, dsn

# Late on a winter's day: as many times 24 hours ago it was already tomorrow by summer time.
DEMO_TIME = datetime(2026, 11, 20, 23, 30, tzinfo=clock.WARSAW)
# Databases in which a test has committed.
USED: set[str] = set()


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: it need not be looked through again and again."""
    settle()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whoever comes with a copy of their own needs no other one."""
    if item.get_closest_marker("refills") is None:
        while USED:
            clone(USED.pop())


def clone(name: str, template: str = CAST) -> None:
    """Make a database anew as a copy of another one.

    A connection that was made before the browser's loop began to run is still there and out of reach.
    """
    connections["default"].close()
    servers.clone(name, template=template)


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
    """A database in which commits are real; the next test finds a new one, as history cannot be emptied."""
    with django_db_blocker.unblock():
        yield database_name
        connections["default"].close()
    USED.add(database_name)


@pytest.fixture
def new_db(committed_db: str) -> str:
    """The database of a program that was just installed: not even the cast is in it."""
    clone(committed_db, template=DATABASE)
    return committed_db


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table has, whosever they are."""
    with psycopg.connect(dsn(ADMIN, connections["default"].settings_dict["NAME"])) as superuser:
        names = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: superuser.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


@dataclass(frozen=True)
class Demo:
    """The database of the small demo, which was loaded twice on one day, and what each loading left in it."""

    database: str
    folder: Path
    once: dict[str, int]
    twice: dict[str, int]


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    settings = connections["default"].settings_dict
    usual = settings["NAME"]
    connections["default"].close()
    settings["NAME"] = database
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = usual


@pytest.fixture(scope="session")
def loaded_demo(
    database_name: str, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Demo:
    name, folder = f"{database_name}_demo", tmp_path_factory.mktemp("demo")
    clone(name, template=DATABASE)
    with (
        connected_to(name),
        django_db_blocker.unblock(),
        clock.frozen(DEMO_TIME),
        override_settings(DEMO=True, FILES_DIR=folder),
    ):
        found = []
        for _ in range(2):
            call_command("demo", small=True, stderr=StringIO(), stdout=StringIO())
            found.append(rows_of_all_tables())
    return Demo(name, folder, *found)


@pytest.fixture
def demo(loaded_demo: Demo, settings: Any, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """The demo on its day, in a transaction that is rolled back."""
    settings.DEMO, settings.FILES_DIR = True, loaded_demo.folder
    with connected_to(loaded_demo.database), clock.frozen(DEMO_TIME):
        request.getfixturevalue("db")
        yield loaded_demo


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
    return known_world()
