"""Starts the private PostgreSQL before Django reads its settings; a pytest plugin (`-p tests.servers`).

The first process migrates a database as the owner, and lets the cast live in a copy of it; every worker
clones that one and signs in as the program's role, so a test may do exactly what the program may do.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from reintegration.ops.backup import login, program
from reintegration.ops.postgres import ADMIN, DATABASE, PrivatePostgres

ROOT = Path(__file__).resolve().parents[1]
# Where the cast lives; the other one is as of a program that was just installed.
CAST = f"{DATABASE}_cast"
MEMORY = "/dev/shm"
ROOM = 4 * 1024**3
# A line of Python for `run_python`; the command is a name or an object.
MIGRATE = "from django.core import management as m; m.call_command({}, verbosity=0)"
_started: list[PrivatePostgres] = []


def dsn(role: str, database: str = DATABASE) -> str:
    """The address of the tests' server for a role; the passwords are in the environment of the run."""
    parts = urlsplit(os.environ[f"TEST_DSN_{role.upper()}"])
    return urlunsplit(parts._replace(path=f"/{database}"))


def _memory() -> str | None:
    """A folder in memory where there is one with room: a database is copied there fifteen times faster."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "TEST_DSN_POSTGRES" in os.environ:
        return  # a worker: its parent has started the server
    folder = Path(tempfile.mkdtemp(prefix="reintegra-test-", dir=_memory()))
    folder.chmod(0o755)  # as root the server runs under an account of its own
    os.environ["FILES_DIR"] = str(folder / "files")
    server = PrivatePostgres(folder / "pg", durable=False)
    server.start()
    _started.append(server)
    for role in (ADMIN, "reintegra_owner", "reintegra_app", "reintegra_keeper"):
        os.environ[f"TEST_DSN_{role.upper()}"] = server.dsn(role)
    os.environ["DATABASE_URL"] = dsn("reintegra_app")
    run_python(MIGRATE.format("'migrate'"), database=dsn("reintegra_owner"))
    clone(CAST, template=DATABASE)
    run_python("from tests.cast import make_world; make_world()", database=dsn("reintegra_app", CAST))


def clone(name: str, *, template: str) -> None:
    """Make a database anew as a copy of another one, from which everybody else is sent away."""
    with psycopg.connect(dsn(ADMIN, "postgres"), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (template,)
        )
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY OWNER reintegra_owner'
        )
        server.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO reintegra_app, reintegra_keeper')


def bring_tables(server: PrivatePostgres) -> None:
    """Fill the empty database of another server as the migrations have filled ours.

    To migrate takes its time; the server of the tests and `make run` do, and that is enough.
    """
    dump = subprocess.run(
        [program("pg_dump"), "--format=custom"], env=login(dsn(ADMIN)), stdout=subprocess.PIPE, check=True
    )
    subprocess.run(
        [program("pg_restore"), "--exit-on-error", "--single-transaction", f"--dbname={DATABASE}"],
        env=login(server.dsn(ADMIN)),
        input=dump.stdout,
        check=True,
    )


def run_python(program: str, *, database: str) -> None:
    """Run a line of Python in the program on one of the databases."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", program],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
            "DATABASE_URL": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest_unconfigure()
        raise pytest.UsageError(f"{program} failed:\n{done.stdout}{done.stderr}")


def pytest_unconfigure() -> None:
    while _started:
        server = _started.pop()
        server.remove()
        shutil.rmtree(server.directory.parent, ignore_errors=True)
