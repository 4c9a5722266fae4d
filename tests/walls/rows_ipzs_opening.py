"""Opening balances, and files that wait to be read in: each is their manager's own."""

from typing import Any

from ipzs.imports.table import TEXT
from ipzs.imports_tasks import start_import
from ipzs.models import OpeningBalance
from ipzs.services.imports import MARKS
from reintegration.documents.files import store_bytes
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _opening(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(OpeningBalance, world, canary).participation_id}


def _file(world: World, canary: str) -> dict[str, Any]:
    content = "numer sprawy;dzień;wpis\r\n0/0;1.10.2026;O\r\n".encode()
    return {"pk": store_bytes(content, name=canary, media_type=TEXT, kind=MARKS).pk}


def _reading(world: World, canary: str) -> dict[str, Any]:
    return {"batch": start_import(file_id=_file(world, canary)["pk"])}


ROWS.update(
    {
        "ipzs:opening_edit": row_of("participants.Participation"),
        "ipzs:opening_remove": Row(_opening),
        "ipzs:import_run": Row(_file, own=True),
        "ipzs:import_show": Row(_reading, "filtered", own=True),
    }
)
