"""The inspections of a voivode's office with their parts; files of a unit have walls of their own."""

from typing import Any

from django.apps import apps

from reintegration.core.ids import uuid7
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row


def _of(name: str) -> Any:
    return apps.get_model("reporting", name)


def _one(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(_of("Inspection"), world, canary).pk}


def _draft(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(_of("Inspection"), world, canary, state="draft", opened_at=None).pk}


def _entry(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(_of("EntryVersion"), world, canary).entry_id}


def _file(world: World, canary: str) -> dict[str, Any]:
    made = specimen(_of("InspectionFinding"), world, canary)
    return {"pk": made.file.inspection_id, "file": made.file_id}


def _paper(world: World, canary: str) -> dict[str, Any]:
    return {**_file(world, canary), "paper": uuid7()}


def _point(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(_of("InspectionPoint"), world, canary, code="F1").inspection_id, "code": "F1"}


def _member(world: World, canary: str) -> dict[str, Any]:
    return {"pk": specimen(_of("InspectionMember"), world, canary).pk}


ROWS.update(
    {
        **{
            f"reporting:inspection{step}": Row(_one)
            for step in ("", "_extend", "_end", "_cancel", "_member", "_draw", "_recount", "_add")
        },
        **{f"reporting:inspection_{step}": Row(_draft) for step in ("change", "open")},
        "reporting:inspection_new": Row(_entry),
        "reporting:inspection_look": Row(_file),
        "reporting:inspection_finding": Row(_file),
        "reporting:inspection_paper": Row(_paper),
        "reporting:inspection_point": Row(_point),
        "reporting:inspection_member_remove": Row(_member),
    }
)
