"""The objects of a voivode's office: entries of its registers, and a file that waits to be read in."""

from typing import Any

from ipzs.imports.table import TEXT
from reintegration.documents.files import store_bytes
from reporting.models import EntryVersion
from tests.cast import World
from tests.reporting.made import register_file
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row


def _entry(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(EntryVersion, world, canary).entry_id}


def _file(world: World, canary: str) -> dict[str, Any]:
    kept = store_bytes(register_file(), name=canary, media_type=TEXT, kind="reporting.cis_register")
    return {"pk": kept.pk}


ROWS.update(
    {
        **{
            f"reporting:entry{name}": Row(_entry)
            for name in ("", "_change", "_prolong", "_end", "_note", "_link", "_unlink")
        },
        "reporting:api_entry": Row(_entry),
        "reporting:register_import_run": Row(_file, own=True),
    }
)
