"""The objects of duties and accidents."""

from typing import Any

from ipzs.models import DutyRecord
from participants.models import Participation
from reintegration.documents.files import store_bytes
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of


def _of_file(**more: str) -> Row:
    return Row(lambda world, canary: {"pk": specimen(Participation, world, canary).pk, **more})


def _scanned(world: World, canary: str) -> dict[str, Any]:
    stored = store_bytes(canary.encode(), name=canary, media_type="text/plain", kind="ipzs.duty")
    return {"pk": specimen(DutyRecord, world, canary, scan=stored.pk).pk}


ROWS.update(
    {
        "ipzs:duty_show": _of_file(),
        "ipzs:duty_record": _of_file(kind="bhp"),
        "ipzs:item_issue": _of_file(),
        "ipzs:duty_print": _of_file(paper="odziez"),
        "ipzs:medical_referral_print": _of_file(),
        "ipzs:accident_report": _of_file(),
        "ipzs:duty_change": row_of("ipzs.DutyRecord"),
        "ipzs:duty_remove": row_of("ipzs.DutyRecord"),
        "ipzs:duty_scan": Row(_scanned),
        "ipzs:item_return": row_of("ipzs.IssuedItem"),
        "ipzs:item_remove": row_of("ipzs.IssuedItem"),
        **{
            f"ipzs:accident_{name}": row_of("ipzs.Accident")
            for name in ("show", "change", "examine", "confirm", "send", "reopen", "print")
        },
    }
)
