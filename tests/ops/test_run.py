"""`make run`: from nothing to a page, through killed processes, to a clean end and a quick second start."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reintegration.ops import process
from reintegration.ops.places import ROOT
from reintegration.ops.postgres import PrivatePostgres
from reintegration.ops.redis import PrivateRedis
from tests.servers import bring_tables

pytestmark = pytest.mark.process

OUTSIDE = {"DATABASE_URL", "OWNER_DATABASE_URL", "KEEPER_DATABASE_URL", "REDIS_URL", "EMAIL_URL"}


@dataclass
class Run:
    """One `make run` with a folder of its own."""

    folder: Path
    port: int = field(default_factory=process.free_port)
    handle: subprocess.Popen[str] | None = None
    family: list[int] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "run.log"

    def environment(self) -> dict[str, str]:
        variables = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
        variables.pop("DJANGO_SETTINGS_MODULE", None)
        return {
            **variables,
            "REINTEGRA_VAR": str(self.folder),
            "PORT": str(self.port),
            "DEMO": "small",
            **self.named,
        }

    def start(self) -> str:
        """Start, wait until it says that it is ready, and return what it said."""
        with self.log.open("w", encoding="utf-8") as log:
            self.handle = subprocess.Popen(
                process.dying_with_parent(signal.SIGTERM, [sys.executable, "-m", "reintegration.ops.run"]),
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        done = process.wait_until(
            lambda: "Ctrl-C stops" in self.said() or self.handle.poll() is not None, seconds=400, step=0.1
        )
        assert done, self.said()
        assert self.handle.poll() is None, self.said()
        self.family = process.descendants_of(self.handle.pid)
        return self.said()

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def end(self, ending: signal.Signals) -> int:
        assert self.handle is not None
        self.family = process.descendants_of(self.handle.pid)
        self.handle.send_signal(ending)
        return self.handle.wait(timeout=60)

    def is_gone(self) -> bool:
        return process.wait_until(lambda: not any(process.is_alive(pid) for pid in self.family), seconds=30)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            try:
                connection.request("GET", "/zdrowie/", headers={"Host": "localhost"})
                return connection.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False

    def child(self, words: str) -> int:
        """The direct child whose command holds these words."""
        assert self.handle is not None
        for pid in process.children_of(self.handle.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if words in command:
                return pid
        raise AssertionError(f"{words} does not run")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="reintegra-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def prepared(folder: Path) -> str:
    """The first start of the folder, stopped by Ctrl-C; returns what it said."""
    run = Run(folder)
    run.start()
    assert run.answers()
    assert run.end(signal.SIGINT) == 0, run.said()
    assert run.is_gone()
    return run.said()


@pytest.fixture
def run(folder: Path, prepared: str) -> Iterator[Run]:
    made = Run(folder)
    yield made
    if made.handle is not None and made.handle.poll() is None:
        made.end(signal.SIGTERM)
    assert made.is_gone()


def test_the_first_start_says_what_it_does_and_who_may_sign_in(prepared: str) -> None:
    for part in (
        "PostgreSQL: starting",
        "Redis: starting",
        "Migrating",
        "Loading the demo data",
        "ready after",
    ):
        assert part in prepared
    assert re.search(r"http://localhost:\d+/", prepared)
    assert re.search(r"\S+@\S+", prepared), "the demo accounts are listed"
    assert "demo_code" in prepared
    assert prepared.rstrip().endswith("Everything is stopped.")
    assert "Traceback" not in prepared


def test_the_second_start_keeps_the_data_and_loads_nothing(run: Run) -> None:
    said = run.start()
    assert "Loading the demo data" not in said
    assert "Migrating" not in said
    assert re.search(r"\S+@\S+", said)
    assert run.answers()


@pytest.mark.audit
def test_the_second_start_is_up_in_ten_seconds(run: Run) -> None:
    seconds = re.search(r"ready after ([\d.]+) s", run.start())
    assert seconds is not None
    assert float(seconds[1]) <= 10


def test_what_is_killed_comes_back_and_the_page_with_it(run: Run) -> None:
    run.start()
    for words in ("gunicorn", " worker ", " beat ", "bin/postgres", "redis-server"):
        before = run.child(words)
        os.kill(before, signal.SIGKILL)

        def is_back(words: str = words, before: int = before) -> bool:
            try:
                return run.child(words) != before
            except (AssertionError, OSError):
                return False

        assert process.wait_until(is_back, seconds=60, step=0.1), run.said()
    assert process.wait_until(run.answers, seconds=60, step=0.5), run.said()


def test_nothing_outlives_a_supervisor_that_was_killed(run: Run) -> None:
    run.start()
    assert len(run.family) >= 5
    run.end(signal.SIGKILL)
    assert run.is_gone()
    run.start()
    assert run.answers()


def test_a_second_run_of_the_checkout_is_refused_with_a_sentence(run: Run) -> None:
    run.start()
    other = subprocess.run(
        [sys.executable, "-m", "reintegration.ops.run"],
        cwd=ROOT,
        env=run.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert other.returncode == 1
    assert other.stdout == "Reintegra of this checkout runs already; `make stop` stops it.\n"
    assert run.answers()


def test_a_taken_port_gives_way_to_the_next(run: Run) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run.port = taken.getsockname()[1]
        said = run.start()
        assert f"Port {run.port} is taken by another program; using" in said
        found = re.search(r"using (\d+)\.", said)
        assert found is not None
        run.port = int(found[1])
        assert run.answers()


@pytest.fixture
def named(tmp_path: Path, folder: Path) -> Iterator[tuple[Run, PrivatePostgres]]:
    """A run for which servers are named, and the empty PostgreSQL among them."""
    elsewhere = folder / "elsewhere"
    with (
        PrivatePostgres(elsewhere / "pg", durable=False) as postgres,
        PrivateRedis(elsewhere / "redis") as redis,
    ):
        addresses = {
            "DATABASE_URL": postgres.dsn("reintegra_app"),
            "OWNER_DATABASE_URL": postgres.dsn("reintegra_owner"),
            "KEEPER_DATABASE_URL": postgres.dsn("reintegra_keeper"),
            "REDIS_URL": redis.url(),
            "EMAIL_URL": f"folder:{tmp_path}/mails",
        }
        run = Run(tmp_path / "var", named=addresses)
        run.folder.mkdir()
        yield run, postgres
        run.end(signal.SIGTERM)
        assert run.is_gone()
        assert postgres.is_running()
        postgres.remove()


def test_servers_that_are_named_are_used_instead(named: tuple[Run, PrivatePostgres]) -> None:
    """The database was in use before: nothing is added to it."""
    run, postgres = named
    bring_tables(postgres)
    said = run.start()
    assert "the one that DATABASE_URL names" in said
    assert "the one that REDIS_URL names" in said
    assert "Loading the demo data" not in said
    assert run.answers()
    assert not (run.folder / "postgres").exists()
    assert not (run.folder / "redis").exists()


@pytest.mark.audit
def test_a_named_database_that_is_empty_gets_the_demo(named: tuple[Run, PrivatePostgres]) -> None:
    run, _ = named
    assert "Loading the demo data" in run.start()
    assert run.answers()


def test_a_named_database_without_its_owner_is_refused_with_a_sentence(tmp_path: Path) -> None:
    run = Run(tmp_path, named={"DATABASE_URL": "postgresql://reintegra_app@127.0.0.1:1/reintegra"})
    done = subprocess.run(
        [sys.executable, "-m", "reintegration.ops.run"],
        cwd=ROOT,
        env=run.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "OWNER_DATABASE_URL is needed too" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
