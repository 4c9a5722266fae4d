"""The private PostgreSQL and Redis: they keep data, survive a power cut, and leave no process behind."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from reintegration.ops import process
from reintegration.ops.places import ROOT
from reintegration.ops.postgres import ADMIN, DATABASE, ROLES, PrivatePostgres
from reintegration.ops.process import AlreadyRunning
from reintegration.ops.redis import LONGEST_SOCKET_PATH, PrivateRedis

pytestmark = pytest.mark.process

ABANDON = """
import os, signal, sys
from reintegration.ops.postgres import PrivatePostgres
from reintegration.ops.redis import PrivateRedis
postgres = PrivatePostgres(sys.argv[1] + "/postgres", durable=False).start()
redis = PrivateRedis(sys.argv[1] + "/redis").start()
print(postgres.pid, redis.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that root's servers may enter too; pytest's own is closed to other accounts."""
    with tempfile.TemporaryDirectory(prefix="reintegra-ops-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def postgres(folder: Path) -> Iterator[PrivatePostgres]:
    server = PrivatePostgres(folder / "postgres", durable=False).start()
    yield server
    server.remove()


def test_the_programs_roles_own_nothing_and_bypass_nothing(postgres: PrivatePostgres) -> None:
    rows = postgres.psql(
        "SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication, rolbypassrls"
        " FROM pg_roles WHERE rolname LIKE 'reintegra%' ORDER BY rolname"
    )
    assert rows.splitlines() == [
        "reintegra_app|f|f",
        "reintegra_backup|f|t",
        "reintegra_keeper|f|f",
        "reintegra_owner|f|f",
    ]
    for role in ("reintegra_app", "reintegra_keeper", "reintegra_backup"):
        with (
            psycopg.connect(postgres.dsn(role)) as connection,
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)),
        ):
            connection.execute("CREATE TABLE taken (a int)")


def test_nobody_signs_in_without_a_password(postgres: PrivatePostgres) -> None:
    for role in (ADMIN, *ROLES):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host="127.0.0.1", port=postgres.port, user=role, dbname=DATABASE, password="wrong"
            )


def test_passwords_are_readable_by_their_owner_alone(postgres: PrivatePostgres) -> None:
    assert (postgres.directory / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert not list(postgres.home.glob("*initial-password*"))


def test_the_database_knows_polish_letters_and_checks_its_pages(postgres: PrivatePostgres) -> None:
    shown = postgres.psql("SELECT upper('zażółć gęślą jaźń'), current_setting('data_checksums')")
    assert shown == "ZAŻÓŁĆ GĘŚLĄ JAŹŃ|on"


def test_committed_rows_survive_a_stop_and_a_power_cut(folder: Path) -> None:
    server = PrivatePostgres(folder / "durable")
    with server:
        server.psql("CREATE TABLE kept (a int)", database=DATABASE)
        server.psql("INSERT INTO kept VALUES (1)", database=DATABASE)
        server.stop()
        server.start()
        server.psql("INSERT INTO kept VALUES (2)", database=DATABASE)
        server.kill()
        assert not server.is_running()
        server.start()
        assert server.psql("SELECT sum(a) FROM kept", database=DATABASE) == "3"


def test_a_second_start_in_the_same_folder_is_refused_with_a_sentence(postgres: PrivatePostgres) -> None:
    with pytest.raises(AlreadyRunning, match="already runs in"):
        PrivatePostgres(postgres.directory).start()
    assert postgres.psql("SELECT 1") == "1"


def test_another_process_can_join_a_running_server(postgres: PrivatePostgres) -> None:
    other = PrivatePostgres(postgres.directory)
    other.join()
    assert other.dsn() == postgres.dsn()


def test_a_first_start_that_was_cut_short_is_begun_anew(folder: Path) -> None:
    server = PrivatePostgres(folder / "torn", durable=False)
    with server:
        (server.directory / "made").unlink()
    with server:
        assert server.psql("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'reintegra%'") == "4"


def test_a_lock_file_of_a_dead_server_does_not_stop_the_next(folder: Path) -> None:
    server = PrivatePostgres(folder / "stale", durable=False).start()
    server.kill()
    lock_file = server.data / "postmaster.pid"
    text = lock_file.read_text(encoding="ascii").split("\n", 1)[1]
    # The pid now belongs to somebody else, as it may after a restart of the machine.
    lock_file.write_text(f"{os.getpid()}\n{text}", encoding="ascii")
    with server:
        assert server.psql("SELECT 1") == "1"
    server.remove()


def test_servers_end_when_their_launcher_is_killed(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ABANDON, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    pids = [int(word) for word in done.stdout.split()]
    assert len(pids) == 2
    assert process.wait_until(lambda: not any(process.is_alive(pid) for pid in pids), seconds=15)


def test_servers_start_again_at_once_after_their_launcher_was_killed(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", ABANDON, str(folder)], cwd=ROOT, capture_output=True, check=False)
    with (
        PrivatePostgres(folder / "postgres", durable=False) as server,
        PrivateRedis(folder / "redis") as store,
    ):
        assert server.psql("SELECT 1") == "1"
        assert redis.Redis.from_url(store.url()).ping()
    server.remove()


def test_redis_listens_on_a_socket_of_its_owner_and_on_no_port(folder: Path) -> None:
    with PrivateRedis(folder / "redis") as server:
        client = redis.Redis.from_url(server.url())
        assert client.config_get("port") == {"port": "0"}
        assert server.socket_path.stat().st_mode & 0o077 == 0
        client.close()


def test_redis_starts_in_a_folder_too_deep_for_a_socket(folder: Path) -> None:
    deep = folder / ("deep" * 15) / ("deep" * 15)
    deep.mkdir(parents=True)
    with PrivateRedis(deep) as server:
        assert len(str(server.socket_path)) <= LONGEST_SOCKET_PATH
        client = redis.Redis.from_url(server.url())
        assert client.ping()
        client.close()
    assert not server.socket_path.parent.exists()


def test_redis_starts_again_after_its_dump_was_torn(folder: Path) -> None:
    server = PrivateRedis(folder / "redis").start()
    server.kill()
    (folder / "redis" / "dump.rdb").write_bytes(b"REDIS0009 torn")
    with server:
        assert server.is_running()
