"""The tables of programmes, versions, decisions and motions: every step from every state."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipzs.enums import DecisionState, MotionState, ProgrammeState, VersionState
from ipzs.models import Decision, ExtensionMotion, Programme, ProgrammeVersion
from ipzs.transitions.programmes import (
    DECISIONS,
    MOTIONS,
    PROGRAMMES,
    VERSIONS,
    OfDecision,
    OfMotion,
    OfProgramme,
    OfVersion,
    may,
    passed,
)
from reintegration.core.transitions import WrongState
from tests.cast import World
from tests.ipzs.programmes.made import TODAY
from tests.specimens import specimen

DOC = Path(__file__).parents[3] / "docs" / "programmes.md"
DAYS = {"since": date(2026, 3, 1), "until": date(2027, 2, 28)}
ENDED = {"ended_on": TODAY, "end_kind": "statement"}
SIGNED = {**DAYS, "signed_on": TODAY, "signed_how": "witnessed", "witness": "Anna Lawenda"}
JUDGED = {"judged_on": TODAY, "judgment": "III SA/Lu 1/26"}
GIVEN: dict[Any, dict[str, Any]] = {
    OfProgramme.BEGIN: DAYS,
    OfProgramme.END: ENDED,
    OfProgramme.RESUME: {"ended_on": None, "end_kind": ""},
    OfVersion.SIGN: SIGNED,
    OfDecision.ISSUE: {"decided_on": TODAY},
    OfDecision.DELIVER: {"delivered_on": TODAY, "delivered_how": "post"},
    OfDecision.COMPLAIN: {"complained_on": TODAY},
    OfDecision.UPHOLD: JUDGED,
    OfDecision.SET_ASIDE: JUDGED,
}


def programme(world: World, state: str) -> Programme:
    """A programme put straight into a state, which only a test may do."""
    given: dict[str, Any] = {"state": state, "number": f"IPZS/{state}", "kind": "ipzs"}
    if state in {"running", "ended"}:
        given |= DAYS
    if state == "ended":
        given |= ENDED
    made: Programme = specimen(Programme, world, "Przykład", **given)
    return made


def version(world: World, state: str) -> ProgrammeVersion:
    given: dict[str, Any] = {"state": state, "content": {"note": "Ustalenia"}}
    if state not in {"draft", "ready", "discarded"}:
        given |= SIGNED
    made: ProgrammeVersion = specimen(ProgrammeVersion, world, "Przykład", **given)
    return made


def decision(world: World, state: str) -> Decision:
    given: dict[str, Any] = {"state": state, "ends_on": TODAY}
    if state not in {"draft", "withdrawn"}:
        given["decided_on"] = TODAY
    if state in {"delivered", "complained", "upheld", "set_aside"}:
        given |= {"delivered_on": TODAY, "delivered_how": "post"}
    if state in {"complained", "upheld", "set_aside"}:
        given["complained_on"] = TODAY
    if state in {"upheld", "set_aside"}:
        given |= JUDGED
    made: Decision = specimen(Decision, world, "Przykład", **given)
    return made


def motion(world: World, state: str) -> ExtensionMotion:
    given: dict[str, Any] = {"state": state}
    if state in {"granted", "refused"}:
        given |= {"decided_on": TODAY, "decided_by": world.people["ewa"]}
    made: ExtensionMotion = specimen(ExtensionMotion, world, "Przykład", **given)
    return made


CASES = [
    *((programme, PROGRAMMES, name, state) for name in OfProgramme for state in ProgrammeState),
    *((version, VERSIONS, name, state) for name in OfVersion for state in VersionState),
    *((decision, DECISIONS, name, state) for name in OfDecision for state in DecisionState),
    *((motion, MOTIONS, name, state) for name in OfMotion for state in MotionState),
]


@pytest.mark.parametrize(
    ("make", "table", "name", "state"), CASES, ids=[f"{one[0].__name__}-{one[2]}-{one[3]}" for one in CASES]
)
def test_every_step_is_made_from_the_states_of_the_table_and_from_no_other(
    world: World, make: Any, table: Any, name: Any, state: str
) -> None:
    with world.scope("cis", "anna"):
        row = make(world, state)
        answered = {"decided_on": TODAY, "decided_by": world.people["ewa"]}
        given = GIVEN.get(name, answered if name in {OfMotion.GRANT, OfMotion.REFUSE} else {})
        assert may(row, name) == (state in table[name].sources)
        if state not in table[name].sources:
            with pytest.raises(WrongState, match=re.escape(row.get_state_display())):
                passed(row, name, **given)
            assert type(row).objects.get(pk=row.pk).state == state
            return
        passed(row, name, **given)
        assert type(row).objects.get(pk=row.pk).state == table[name].to
