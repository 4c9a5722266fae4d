"""The large demo: loaded once, in a database of its own, for the modules that read it."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from reintegration.core import clock
from tests.conftest import DEMO_TIME, clone, connected_to
from tests.servers import DATABASE

# Early in the day: what was done today was done before the first classes.
MORNING = DEMO_TIME.replace(hour=7, minute=8)


@pytest.fixture(scope="session")
def loaded_country(
    database_name: str, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> tuple[str, Path]:
    name, folder = f"{database_name}_large", tmp_path_factory.mktemp("large")
    clone(name, template=DATABASE)
    settings = override_settings(DEMO=True, FILES_DIR=folder)
    with connected_to(name), django_db_blocker.unblock(), clock.frozen(MORNING), settings:
        call_command("demo", stderr=io.StringIO(), stdout=io.StringIO())
    return name, folder


@pytest.fixture(scope="module")
def large(loaded_country: tuple[str, Path], django_db_blocker: Any) -> Iterator[None]:
    """The large demo on its day; what its pages write down of whoever looks stays in it."""
    name, folder = loaded_country
    settings = override_settings(DEMO=True, FILES_DIR=folder)
    with connected_to(name), django_db_blocker.unblock(), clock.frozen(MORNING), settings:
        yield
