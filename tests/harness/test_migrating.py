"""What the tests migrate is what `migrate` makes."""

import subprocess

import pytest

from reintegration.ops.backup import login, program
from reintegration.ops.postgres import ADMIN, DATABASE
from tests import servers
from tests.servers import dsn

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
def test_the_tests_have_the_database_of_migrate():
    servers.clone(PLAIN, template="template0")
    migrate = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    servers.run_python(migrate, database=dsn("reintegra_owner", PLAIN))
    assert schema(PLAIN) == schema(DATABASE)
