"""How programmes, their versions and decisions pass from state to state: three tables and the one way.

`docs/programmes.md` is drawn from them.
"""

from enum import StrEnum
from typing import Any, Final

from ipzs.enums import DecisionState, ProgrammeState, VersionState
from ipzs.models import Decision, Programme, ProgrammeVersion
from participants.services.participations.common import stored
from reintegration.core.transitions import Table, step

P, V, D = ProgrammeState, VersionState, DecisionState


class OfProgramme(StrEnum):
    BEGIN = "begin"
    DROP = "drop"
    END = "end"
    RESUME = "resume"


PROGRAMMES: Final = Table(
    "Stan programu to „{state}”: nie można teraz {verb}.",
    {
        OfProgramme.BEGIN: step(P.PREPARED, to=P.RUNNING, verb="zacząć programu"),
        OfProgramme.DROP: step(P.PREPARED, to=P.DROPPED, verb="porzucić programu"),
        OfProgramme.END: step(P.RUNNING, to=P.ENDED, verb="zakończyć programu"),
        # An end by mistake is taken back, or the court sets the decision aside.
        OfProgramme.RESUME: step(P.ENDED, to=P.RUNNING, verb="wznowić programu"),
    },
    first=P.PREPARED,
)


class OfVersion(StrEnum):
    MAKE_READY = "make_ready"
    TAKE_BACK = "take_back"
    SIGN = "sign"
    ENFORCE = "enforce"
    OBJECT = "object"
    REPLACE = "replace"
    DISCARD = "discard"


VERSIONS: Final = Table(
    "Stan wersji to „{state}”: nie można teraz {verb}.",
    {
        OfVersion.MAKE_READY: step(V.DRAFT, to=V.READY, verb="przekazać jej do podpisu"),
        OfVersion.TAKE_BACK: step(V.READY, to=V.DRAFT, verb="wrócić do pisania"),
        OfVersion.SIGN: step(V.READY, to=V.SIGNED, verb="jej podpisać"),
        # The head of OPS agreed (art. 12 ust. 4), or nobody has to.
        OfVersion.ENFORCE: step(V.SIGNED, to=V.IN_FORCE, verb="wprowadzić jej w życie"),
        OfVersion.OBJECT: step(V.SIGNED, to=V.OBJECTED, verb="zwrócić jej z uwagami"),
        OfVersion.REPLACE: step(V.IN_FORCE, to=V.REPLACED, verb="zastąpić jej"),
        OfVersion.DISCARD: step(V.DRAFT, V.READY, V.SIGNED, to=V.DISCARDED, verb="jej porzucić"),
    },
    first=V.DRAFT,
)


class OfDecision(StrEnum):
    ISSUE = "issue"
    DELIVER = "deliver"
    COMPLAIN = "complain"
    UPHOLD = "uphold"
    SET_ASIDE = "set_aside"
    WITHDRAW = "withdraw"


DECISIONS: Final = Table(
    "Stan decyzji to „{state}”: nie można teraz {verb}.",
    {
        OfDecision.ISSUE: step(D.DRAFT, to=D.ISSUED, verb="jej wydać"),
        OfDecision.DELIVER: step(D.ISSUED, to=D.DELIVERED, verb="jej doręczyć"),
        OfDecision.COMPLAIN: step(D.DELIVERED, to=D.COMPLAINED, verb="zapisać skargi"),
        OfDecision.UPHOLD: step(D.COMPLAINED, to=D.UPHELD, verb="zapisać wyroku"),
        OfDecision.SET_ASIDE: step(D.COMPLAINED, to=D.SET_ASIDE, verb="zapisać wyroku"),
        # It binds from its delivery (art. 110 k.p.a.); until then it may be laid aside.
        OfDecision.WITHDRAW: step(D.DRAFT, D.ISSUED, to=D.WITHDRAWN, verb="jej porzucić"),
    },
    first=D.DRAFT,
)

Row = Programme | ProgrammeVersion | Decision
Name = OfProgramme | OfVersion | OfDecision
_TABLES: Final[dict[type[Any], Table[Any, Any]]] = {
    Programme: PROGRAMMES,
    ProgrammeVersion: VERSIONS,
    Decision: DECISIONS,
}


def may(row: Row, name: Name) -> bool:
    return _TABLES[type(row)].may(row, name)


def refuse_state(row: Row, name: Name) -> None:
    """Say in which state a row is, when the step cannot be made from it."""
    _TABLES[type(row)].refuse_state(row, name)


def passed(row: Row, name: Name, **values: Any) -> None:
    """Make the step on a row that the caller has locked, with what goes along with it."""
    _TABLES[type(row)].move(row, name)
    for field, value in values.items():
        setattr(row, field, value)
    stored(row)
