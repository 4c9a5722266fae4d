"""Starts the private PostgreSQL before Django reads its settings; a pytest plugin (`-p tests.servers`).

The first process migrates a template as the owner; every worker clones it and signs in as the
program's role, so a test may do exactly what the program may do.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from reintegration.ops.postgres import ADMIN, DATABASE, PrivatePostgres

ROOT = Path(__file__).resolve().parents[1]
MEMORY = "/dev/shm"
ROOM = 4 * 1024**3
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
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "reintegration.settings.test",
            "DATABASE_URL": dsn("reintegra_owner"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest_unconfigure()
        raise pytest.UsageError(f"The migrations failed:\n{done.stdout}{done.stderr}")


def pytest_unconfigure() -> None:
    while _started:
        server = _started.pop()
        server.remove()
        shutil.rmtree(server.directory.parent, ignore_errors=True)
