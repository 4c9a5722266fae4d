"""The supervisor: what dies is started again, what is stopped is stopped for good, nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reintegration.ops import process
from reintegration.ops.places import ROOT
from reintegration.ops.supervisor import Child, Supervisor

pytestmark = pytest.mark.process

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
SUPERVISE = f"""
import os, signal, sys, time
from pathlib import Path
from reintegration.ops.supervisor import Child, Supervisor
child = Child("sleeper", [sys.executable, "-c", {SLEEPER!r}], Path(sys.argv[1]))
Supervisor([child], os.environ).start()
while "up" not in child.tail():
    time.sleep(0.01)
print(child.handle.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    made = Child("sleeper", [sys.executable, "-c", SLEEPER], tmp_path / "sleeper.log", pause=0.05)
    yield made
    made.ask_to_stop()
    made.wait()


def up(child: Child) -> bool:
    return process.wait_until(lambda: "up" in child.tail(), seconds=10)


def test_a_child_that_was_killed_is_started_again_after_a_pause(child: Child) -> None:
    supervisor = Supervisor([child], os.environ)
    supervisor.start()
    assert up(child)
    assert child.handle is not None
    first = child.handle.pid
    os.kill(first, signal.SIGKILL)
    assert process.wait_until(lambda: not process.is_alive(first), seconds=10)
    supervisor.watch()
    assert not child.is_running()
    time.sleep(0.1)
    supervisor.watch()
    assert child.is_running()
    assert child.handle.pid != first


def test_the_pause_doubles_for_a_child_that_cannot_start(tmp_path: Path) -> None:
    child = Child(
        "broken", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "broken.log", pause=0.01
    )
    supervisor = Supervisor([child], os.environ)
    supervisor.start()
    for _ in range(3):
        assert process.wait_until(lambda: not child.is_running(), seconds=10)
        supervisor.watch()
        time.sleep(child.pause)
        supervisor.watch()
    assert child.pause == pytest.approx(0.08)
    child.wait()


def test_a_child_that_does_not_listen_is_cut_off(tmp_path: Path) -> None:
    child = Child("deaf", [sys.executable, "-c", DEAF], tmp_path / "deaf.log", patience=0.2)
    supervisor = Supervisor([child], os.environ)
    supervisor.start()
    assert up(child)
    assert child.handle is not None
    pid = child.handle.pid
    supervisor.stop()
    assert not process.is_alive(pid)


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SUPERVISE, str(tmp_path / "log")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    pid = int(done.stdout)
    assert process.wait_until(lambda: not process.is_alive(pid), seconds=10)
