"""The objects of attendance: workshops of a day, files, leaves, requests and reasons."""

from typing import Any

from ipzs.models import SickLeave
from ipzs.sick_papers import SICK_FILE
from reintegration.documents.files import store_bytes
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

WORKSHOP = ("attendance_day", "attendance_all", "attendance_day_print")
FILE = (
    "mark_edit",
    "mark_set",
    "contact_add",
    "attendance_person",
    "attendance_person_print",
    "sick_add",
    "free_ask",
)
LEAVE = ("sick_change", "sick_confirm", "sick_remove")
REQUEST = ("free_grant", "free_refuse", "free_withdraw", "free_print")


def _scanned(world: World, canary: str) -> dict[str, Any]:
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=SICK_FILE)
    return {"pk": specimen(SickLeave, world, canary, scan=stored.pk).pk}


ROWS.update(
    {
        "ipzs:sick_scan": Row(_scanned),
        **{f"ipzs:{name}": row_of("ipzs.Workshop") for name in WORKSHOP},
        **{f"ipzs:{name}": row_of("participants.Participation") for name in FILE},
        **{f"ipzs:{name}": row_of("ipzs.SickLeave") for name in LEAVE},
        **{f"ipzs:{name}": row_of("ipzs.FreeDayRequest") for name in REQUEST},
        "ipzs:excuse_edit": row_of("ipzs.ExcuseReason"),
    }
)
