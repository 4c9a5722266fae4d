"""The objects of programmes: files, programmes, versions, evaluations and decisions."""

from datetime import date
from typing import Any
from uuid import uuid4

from ipzs.models import ProgrammeVersion
from ipzs.rules.content import Content, Face, Goal, Step, to_dict
from tests.cast import World
from tests.specimens import specimen
from tests.walls.routes import ROWS, Row, row_of

FILE = (
    "programme_show",
    "programme_draft",
    "programme_enter",
    "qualify",
    "contract_period",
    "extend",
    "motion_add",
)
PROGRAMME = (
    "annex_add",
    "programme_revise",
    "evaluation_add",
    "end_statement",
    "end_work",
    "end_after_work",
    "end_period",
    "end_other",
    "decision_add",
)
VERSION = (
    "show", "print", "terms", "goals", "texts", "services", "people", "ready", "back", "discard", "sign",
)  # fmt: skip
DECISION = ("edit", "issue", "deliver", "complain", "judge", "withdraw")


def _step(world: World, canary: str) -> dict[str, Any]:
    """A step of a version that holds."""
    key = str(uuid4())
    content = Content(Face.IPZS, goals=(Goal("goal", canary, steps=(Step(key, canary),)),))
    day = date(2026, 3, 1)
    version = specimen(
        ProgrammeVersion,
        world,
        canary,
        state="in_force",
        content=to_dict(content),
        since=day,
        until=day,
        signed_on=day,
        signed_how="witnessed",
    )
    return {"pk": version.programme_id, "step": key}


ROWS.update(
    {
        **{f"ipzs:{name}": row_of("participants.Participation") for name in FILE},
        **{f"ipzs:{name}": row_of("ipzs.Programme") for name in PROGRAMME},
        **{f"ipzs:version_{name}": row_of("ipzs.ProgrammeVersion") for name in VERSION},
        **{f"ipzs:decision_{name}": row_of("ipzs.Decision") for name in DECISION},
        **{f"ipzs:motion_{name}": row_of("ipzs.ExtensionMotion") for name in ("refuse", "withdraw")},
        "ipzs:evaluation_hold": row_of("ipzs.Evaluation"),
        "ipzs:period_told": row_of("ipzs.PeriodDecision"),
        "ipzs:step_record": Row(_step),
    }
)
