"""What our `migrate` makes is what Django's own makes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from reintegration.ops.backup import login, program
from reintegration.ops.places import ROOT
from reintegration.ops.postgres import ADMIN, DATABASE
from reintegration.ops.run import migrations
from tests import servers
from tests.servers import MIGRATE, dsn

PLAIN = f"{DATABASE}_plainly_migrated"


def schema(database: str) -> list[str]:
    """Every table, constraint, index, trigger, function, policy and right, as the dump writes them."""
    dump = subprocess.run(
        [program("pg_dump"), "--schema-only", "--restrict-key=same"],
        env=login(dsn(ADMIN, database)),
        stdout=subprocess.PIPE,
        check=True,
    )
    return dump.stdout.decode().splitlines()


@pytest.mark.audit
def test_the_database_is_that_of_djangos_own_migrate():
    servers.clone(PLAIN, template="template0")
    servers.run_python(
        "from django.core.management.commands import migrate; " + MIGRATE.format("migrate.Command()"),
        database=dsn("reintegra_owner", PLAIN),
    )
    assert schema(PLAIN) == schema(DATABASE)


def test_a_start_looks_at_the_migrations_of_every_room():
    """Else a new one would stay undone until somebody wonders why a page fails."""
    modules = [sys.modules[one.__module__] for one in MigrationLoader(None).disk_migrations.values()]
    ours = {file for one in modules if (file := Path(one.__file__ or "")).is_relative_to(ROOT)}
    found = {file for file in ours if ".venv" not in file.parts}
    assert {file.relative_to(ROOT).parts[0] for file in found} >= {"benefits", "reintegration"}
    assert found <= set(migrations())
