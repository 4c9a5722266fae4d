"""How programmes, their versions and decisions pass from state to state: three tables and the one way.

`docs/programmes.md` draws them, and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ipzs.enums import DecisionState, ProgrammeState, VersionState
from ipzs.models import Decision, Programme, ProgrammeVersion
from participants.services.participations.common import stored
from reintegration.core.errors import InputError

P, V, D = ProgrammeState, VersionState, DecisionState


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table: from which states, to which, and what it is called in Polish."""

    sources: frozenset[str]
    to: str
    verb: str


class OfProgramme(StrEnum):
    BEGIN = "begin"
    DROP = "drop"
    END = "end"
    RESUME = "resume"


PROGRAMMES: Final[dict[OfProgramme, Step]] = {
    OfProgramme.BEGIN: Step(frozenset({P.PREPARED}), P.RUNNING, "zacząć programu"),
    OfProgramme.DROP: Step(frozenset({P.PREPARED}), P.DROPPED, "porzucić programu"),
    OfProgramme.END: Step(frozenset({P.RUNNING}), P.ENDED, "zakończyć programu"),
    # An end by mistake is taken back, or the court sets the decision aside.
    OfProgramme.RESUME: Step(frozenset({P.ENDED}), P.RUNNING, "wznowić programu"),
}


class OfVersion(StrEnum):
    MAKE_READY = "make_ready"
    TAKE_BACK = "take_back"
    SIGN = "sign"
    ENFORCE = "enforce"
    OBJECT = "object"
    REPLACE = "replace"
    DISCARD = "discard"


VERSIONS: Final[dict[OfVersion, Step]] = {
    OfVersion.MAKE_READY: Step(frozenset({V.DRAFT}), V.READY, "przekazać jej do podpisu"),
    OfVersion.TAKE_BACK: Step(frozenset({V.READY}), V.DRAFT, "wrócić do pisania"),
    OfVersion.SIGN: Step(frozenset({V.READY}), V.SIGNED, "jej podpisać"),
    # The head of OPS agreed (art. 12 ust. 4), or nobody has to.
    OfVersion.ENFORCE: Step(frozenset({V.SIGNED}), V.IN_FORCE, "wprowadzić jej w życie"),
    OfVersion.OBJECT: Step(frozenset({V.SIGNED}), V.OBJECTED, "zwrócić jej z uwagami"),
    OfVersion.REPLACE: Step(frozenset({V.IN_FORCE}), V.REPLACED, "zastąpić jej"),
    OfVersion.DISCARD: Step(frozenset({V.DRAFT, V.READY, V.SIGNED}), V.DISCARDED, "jej porzucić"),
}


class OfDecision(StrEnum):
    ISSUE = "issue"
    DELIVER = "deliver"
    COMPLAIN = "complain"
    UPHOLD = "uphold"
    SET_ASIDE = "set_aside"
    WITHDRAW = "withdraw"


DECISIONS: Final[dict[OfDecision, Step]] = {
    OfDecision.ISSUE: Step(frozenset({D.DRAFT}), D.ISSUED, "jej wydać"),
    OfDecision.DELIVER: Step(frozenset({D.ISSUED}), D.DELIVERED, "jej doręczyć"),
    OfDecision.COMPLAIN: Step(frozenset({D.DELIVERED}), D.COMPLAINED, "zapisać skargi"),
    OfDecision.UPHOLD: Step(frozenset({D.COMPLAINED}), D.UPHELD, "zapisać wyroku"),
    OfDecision.SET_ASIDE: Step(frozenset({D.COMPLAINED}), D.SET_ASIDE, "zapisać wyroku"),
    # It binds from its delivery (art. 110 k.p.a.); until then it may be laid aside.
    OfDecision.WITHDRAW: Step(frozenset({D.DRAFT, D.ISSUED}), D.WITHDRAWN, "jej porzucić"),
}

Row = Programme | ProgrammeVersion | Decision
Name = OfProgramme | OfVersion | OfDecision
_TABLES: Final[dict[type[Any], tuple[str, Mapping[Any, Step]]]] = {
    Programme: ("programu", PROGRAMMES),
    ProgrammeVersion: ("wersji", VERSIONS),
    Decision: ("decyzji", DECISIONS),
}


class WrongState(InputError):
    """The row is not in a state from which this may happen."""


def may(row: Row, name: Name) -> bool:
    return row.state in _TABLES[type(row)][1][name].sources


def refuse_state(row: Row, name: Name) -> None:
    """Say in which state a row is, when the step cannot be made from it."""
    of, table = _TABLES[type(row)]
    step = table[name]
    if row.state not in step.sources:
        raise WrongState(f"Stan {of} to „{row.get_state_display()}”: nie można teraz {step.verb}.")


def passed(row: Row, name: Name, **values: Any) -> None:
    """Make the step on a row that the caller has locked, with what goes along with it."""
    refuse_state(row, name)
    for field, value in values.items():
        setattr(row, field, value)
    row.state = _TABLES[type(row)][1][name].to
    stored(row)
