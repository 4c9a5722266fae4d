"""The results of a voivode's inspections: protocol, objections, recommendations, and files of either side."""

from typing import Any

from reintegration.core import clock
from reintegration.core.ids import uuid7
from reintegration.documents.files import store_bytes
from reporting.models import Inspection, Recommendation
from reporting.services.inspection_results import ANSWER_FILE, OBJECTIONS_FILE
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row


def _one(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(Inspection, world, canary).pk}


def _recommendation(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(Recommendation, world, canary).pk}


def _stored(canary: str, kind: str) -> Any:
    return store_bytes(canary.encode(), name=canary, media_type="text/plain", kind=kind).pk


def _file(world: World, canary: str) -> dict[str, Any]:
    made = specimen(
        Inspection,
        world,
        canary,
        state="protocol",
        handed_on=clock.today(),
        pack=_stored(canary, OBJECTIONS_FILE),
        pack_digest="0" * 64,
        protocol=uuid7(),
    )
    return {"pk": made.pk, "what": "dowody"}


def _answer_file(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(Recommendation, world, canary, answer_file=_stored(canary, ANSWER_FILE)).pk}


ROWS.update(
    {
        **{
            f"reporting:inspection_{step}": Row(_one)
            for step in ("results", "hand", "received", "object", "decide", "recommend", "settle", "close")
        },
        "reporting:inspection_file": Row(_file),
        **{
            f"reporting:recommendation_{step}": Row(_recommendation)
            for step in ("change", "drop", "answer", "check")
        },
        "reporting:recommendation_file": Row(_answer_file),
    }
)
