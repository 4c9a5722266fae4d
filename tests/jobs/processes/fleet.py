"""Starts the real processes of the program, and cuts them off."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from reintegration.ops import process
from reintegration.ops.redis import PrivateRedis

ROOT = Path(__file__).resolve().parents[3]
# Generous, because the machine may be busy; every test is done long before.
PATIENCE = 90


class Fleet:
    def __init__(self, folder: Path, database_url: str, **environment: str) -> None:
        self.folder = folder
        self.redis = PrivateRedis(folder / "redis").start()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.jobs.processes.settings",
            "DATABASE_URL": database_url,
            "REDIS_URL": self.redis.url(),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "default",
            **environment,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.port = process.free_port()

    def start(self, name: str) -> None:
        commands = {
            "worker": [
                *["celery", "-A", "reintegration", "worker", "--concurrency=2", "--loglevel=INFO"],
                *["--without-gossip", "--without-mingle"],
            ],
            "beat": ["celery", "-A", "reintegration", "beat", "--pidfile=", "--loglevel=INFO"],
            "web": [
                "gunicorn",
                "reintegration.wsgi:application",
                "--workers=2",
                f"--bind=127.0.0.1:{self.port}",
            ],
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *commands[name]],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """kill -9 of a process and all below it."""
        found = self.running.pop(name)
        process.kill_tree(found.pid)
        found.wait()

    def kill_one_child(self, name: str) -> None:
        os.kill(process.children_of(self.running[name].pid)[0], 9)

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.redis.stop()

    def post(self, path: str) -> bool:
        """Whether the web process answered that the work is promised."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{path}", method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def logs(self) -> str:
        ends = [(file.name, file.read_text(errors="replace")[-3000:]) for file in self.folder.glob("*.log")]
        return "\n".join(f"--- {name}\n{end}" for name, end in ends)


def wait(condition: Callable[[], bool], fleet: Fleet, *, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"Nothing came of it.\n{fleet.logs()}"
        time.sleep(0.05)
