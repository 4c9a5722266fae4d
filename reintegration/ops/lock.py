"""`make lock`: requirements*.txt from pyproject.toml, with hashes for all platforms and without any address.

A lock file that records where packages came from would bind every checkout to that place.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from reintegration.ops.places import (
    DEV_REQUIREMENTS,
    REQUIREMENTS,
    ROOT,
    SERVERS_REQUIREMENTS,
    VENV,
    shown,
)
from reintegration.ops.process import LaunchError, say

OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
]


def find_uv() -> str:
    program = shutil.which("uv", path=f"{VENV / 'bin'}") or shutil.which("uv")
    if program is None:
        raise LaunchError("Locking needs uv; `make setup` installs it into .venv.")
    return program


def blocks(text: str) -> list[str]:
    """The entries of a requirements file, each with its hashes."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith(" "):
            found[-1] += f"\n{line}"
        elif line:
            found.append(line)
    return found


def compile_file(target: Path, wanted: list[str], *, below: Path | None = None, alone: bool = False) -> None:
    """Lock one file; `below` is the file it is installed on top of, whose entries it does not repeat."""
    command = [find_uv(), "pip", "compile", "-", *OPTIONS]
    if alone:
        command.append("--no-deps")
    if below is not None:
        command += ["--constraint", str(below)]
    done = subprocess.run(  # noqa: S603
        command, input="\n".join(wanted), text=True, check=False, capture_output=True, cwd=ROOT
    )
    if done.returncode:
        raise LaunchError(f"uv could not lock {target.name}:\n{done.stderr.strip()}")
    known = set(blocks(below.read_text(encoding="utf-8"))) if below else set()
    locked = [block for block in blocks(done.stdout) if block not in known]
    target.write_text("\n".join(locked) + "\n", encoding="utf-8")
    say(f"{shown(target)}: {len(locked)} packages")


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    try:
        compile_file(REQUIREMENTS, project["dependencies"])
        # Only programs are taken from these wheels, so what their modules would import is not needed.
        compile_file(SERVERS_REQUIREMENTS, extras["servers"], alone=True)
        compile_file(DEV_REQUIREMENTS, extras["dev"], below=REQUIREMENTS)
    except LaunchError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
