"""What every launched child needs: another account when we are root, and an end when its parent ends."""

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO


class LaunchError(RuntimeError):
    """A sentence for the person at the terminal; shown without a traceback."""


class AlreadyRunning(LaunchError):
    """Another process holds the lock of what was to be started."""


def say(text: str) -> None:
    """One line for the person at the terminal, shown at once even through a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def dying_with_parent(ending: signal.Signals, command: Sequence[str]) -> list[str]:
    """The command, with the kernel told to signal it when its parent is gone, kill -9 included.

    `setpriv` sets this after the account was changed, which would clear it, and becomes the command.
    """
    return ["setpriv", "--pdeathsig", ending.name.removeprefix("SIG"), "--", *command]


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie has ended already."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def end_orphan(pid_file: Path, folder: Path, ending: signal.Signals) -> None:
    """End a server whose launcher died and that still works in a folder; then drop its pid file.

    A pid that another process has meanwhile would otherwise keep PostgreSQL from starting, and a Redis that
    ends late would take away the socket of its successor.
    """
    try:
        pid = int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
        works_here = is_alive(pid) and Path(f"/proc/{pid}/cwd").samefile(folder)
    except (OSError, ValueError):
        works_here = False
    if works_here:
        os.kill(pid, ending)
        if not wait_until(lambda: not is_alive(pid), seconds=10):
            kill_tree(pid)
    pid_file.unlink(missing_ok=True)


def children_of(pid: int) -> list[int]:
    """The direct children of a process, whatever session they moved to."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found.update(int(word) for word in task.read_text(encoding="ascii").split())
        except OSError:
            continue
    return sorted(found)


def descendants_of(pid: int) -> list[int]:
    """All processes below a process, the nearest first."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children_of(waiting.pop(0))
        found += below
        waiting += below
    return found


def wait_until(condition: Callable[[], bool], *, seconds: float, step: float = 0.01) -> bool:
    """Wait for a condition and tell whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True


def kill_tree(pid: int) -> None:
    """Cut a process and all below it off at once, like a power cut, and wait until they are gone."""
    everyone = [pid, *descendants_of(pid)]
    for victim in everyone:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            continue
    wait_until(lambda: not any(is_alive(victim) for victim in everyone[1:]), seconds=10)


def _bound_port(port: int) -> int | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return None
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether nobody has this local TCP port."""
    return _bound_port(port) is not None


def free_port(preferred: int | None = None) -> int:
    """A free local TCP port, the preferred one if nobody has it."""
    port = _bound_port(preferred or 0) or _bound_port(0)
    if port is None:
        raise LaunchError("No free TCP port was found on 127.0.0.1.")
    return port


def take_lock(file: Path, *, what: str) -> IO[str]:
    """Hold a lock for as long as this process lives; children do not inherit it."""
    lock = file.open("a", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunning(f"{what} already runs in {file.parent}.") from error
    return lock


def account_for_servers() -> pwd.struct_passwd | None:
    """The account a database server is started under: PostgreSQL refuses root, so root becomes nobody."""
    if os.geteuid() != 0:
        try:
            pwd.getpwuid(os.geteuid())
        except KeyError as error:
            raise LaunchError(
                f"The user id {os.geteuid()} has no entry in /etc/passwd, and PostgreSQL refuses to start"
                " without one; run as a named user."
            ) from error
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError as error:
        raise LaunchError(
            "PostgreSQL refuses to run as root and this system has no account `nobody`; run as a normal user."
        ) from error


def can_enter(path: Path, account: pwd.struct_passwd) -> bool:
    """Tell whether an account may pass through every folder above `path` and through `path` itself."""
    for folder in (path, *path.parents):
        if not folder.exists():
            continue
        status = folder.stat()
        needed = 0o100 if status.st_uid == account.pw_uid else 0o001
        if not status.st_mode & needed:
            return False
    return True


def make_folder(path: Path, *, mode: int, account: pwd.struct_passwd | None = None) -> None:
    """Create a folder with exactly this mode, whatever the umask, and hand it to an account."""
    path.mkdir(parents=True, exist_ok=True)
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
    path.chmod(mode)


def write_private(path: Path, text: str, account: pwd.struct_passwd | None = None) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if account is not None:
        os.chown(draft, account.pw_uid, account.pw_gid)
    draft.replace(path)


def copy_readable(source: Path, target: Path, *, without: Sequence[str] = ()) -> None:
    """Copy a tree so that everybody may read and run it; a torn copy is never taken for a whole one."""
    if target.exists():
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(source, draft, symlinks=True, ignore=shutil.ignore_patterns(*without))
    for folder, _, names in os.walk(draft):
        Path(folder).chmod(0o755)
        for name in names:
            file = Path(folder, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
    draft.rename(target)


def run(command: Sequence[str | Path], *, account: pwd.struct_passwd | None = None, **more: object) -> str:
    """Run a short command, optionally under another account, and return what it printed."""
    who: dict[str, object] = {}
    if account is not None:
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    done = subprocess.run(  # noqa: S603
        [str(word) for word in command],
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **who,  # type: ignore[call-overload]
        **more,
    )
    if done.returncode:
        raise LaunchError(f"{Path(str(command[0])).name} failed ({done.returncode}):\n{done.stdout.strip()}")
    return str(done.stdout)
