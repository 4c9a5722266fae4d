"""Keeps several processes alive: restarts one that dies, and stops all in order."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reintegration.ops import process
from reintegration.ops.places import ROOT, shown
from reintegration.ops.process import say

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A process that lived this long died for a reason of its own, not because it cannot start.
STEADY_AFTER = 60.0
LONGEST_LOG = 10_000_000


@dataclass
class Child:
    """One process to keep alive. Its output goes to its log."""

    name: str
    command: Sequence[str]
    log: Path
    patience: float = 20.0
    pause: float = FIRST_PAUSE
    started_at: float = 0.0
    due_at: float = 0.0
    handle: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, environment: Mapping[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self.handle = subprocess.Popen(  # noqa: S603
                process.dying_with_parent(signal.SIGTERM, self.command),
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Of its own session, so that Ctrl-C reaches the supervisor alone, which stops all in order.
                start_new_session=True,
            )

    def is_running(self) -> bool:
        return self.handle is not None and self.handle.poll() is None

    def ask_to_stop(self) -> None:
        if self.handle is not None and self.is_running():
            self.handle.terminate()

    def wait(self) -> None:
        """Wait for the end; after its patience, cut it off with all below it."""
        if self.handle is None:
            return
        try:
            self.handle.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in {self.patience:.0f} s and is cut off.")
            process.kill_tree(self.handle.pid)
            self.handle.wait()
        self.handle = None

    def tail(self, size: int = 2000) -> str:
        try:
            return self.log.read_text(encoding="utf-8", errors="replace")[-size:].strip()
        except OSError:
            return ""


class Supervisor:
    """Starts children in order, watches them, and stops them in groups."""

    def __init__(self, children: Sequence[Child], environment: Mapping[str, str]) -> None:
        self.children = list(children)
        self.environment = environment

    def start(self) -> None:
        for child in self.children:
            child.start(self.environment)

    def watch(self) -> None:
        """Look once at every child; restart those that ended, each after a pause that doubles."""
        now = time.monotonic()
        for child in self.children:
            if child.handle is not None and not child.is_running():
                code = child.handle.returncode
                child.handle = None
                if now - child.started_at > STEADY_AFTER:
                    child.pause = FIRST_PAUSE
                child.due_at = now + child.pause
                say(
                    f"{child.name} ended ({_how(code)}) and is started again in {child.pause:.0f} s;"
                    f" its log is {shown(child.log)}."
                )
                child.pause = min(child.pause * 2, LONGEST_PAUSE)
            elif child.handle is None and now >= child.due_at:
                child.start(self.environment)

    def restart(self, environment: Mapping[str, str]) -> None:
        """Give all children a new environment."""
        self.environment = environment
        self.stop()
        self.start()

    def stop(self) -> None:
        """Stop all: everybody is asked at once, and everybody may finish what it has in hand."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait()


def _how(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
