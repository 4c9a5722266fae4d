"""How programmes, versions, decisions and motions pass from state to state: their tables and the one way.

`docs/programmes.md` is drawn from them.
"""

from enum import StrEnum
from typing import Any, Final

from ipzs.enums import DecisionState, MotionState, ProgrammeState, VersionState
from ipzs.models import Decision, ExtensionMotion, Programme, ProgrammeVersion
from participants.services.participations.common import stored
from reintegration.core.transitions import Table, step

P, V, D, M = ProgrammeState, VersionState, DecisionState, MotionState


class OfProgramme(StrEnum):
    BEGIN = "begin"
    DROP = "drop"
    END = "end"
    RESUME = "resume"


PROGRAMMES: Final = Table(
    "Nie można {verb}. Jego stan to „{state}”.",
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
    "Nie można {verb}. Jej stan to „{state}”.",
    {
        OfVersion.MAKE_READY: step(V.DRAFT, to=V.READY, verb="przekazać tej wersji do podpisu"),
        OfVersion.TAKE_BACK: step(V.READY, to=V.DRAFT, verb="wrócić do pisania tej wersji"),
        OfVersion.SIGN: step(V.READY, to=V.SIGNED, verb="podpisać tej wersji"),
        # The head of OPS agreed (art. 12 ust. 4), or nobody has to.
        OfVersion.ENFORCE: step(V.SIGNED, to=V.IN_FORCE, verb="wprowadzić tej wersji w życie"),
        OfVersion.OBJECT: step(V.SIGNED, to=V.OBJECTED, verb="zwrócić tej wersji z uwagami"),
        OfVersion.REPLACE: step(V.IN_FORCE, to=V.REPLACED, verb="zastąpić tej wersji"),
        OfVersion.DISCARD: step(V.DRAFT, V.READY, V.SIGNED, to=V.DISCARDED, verb="porzucić tej wersji"),
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
    "Nie można {verb}. Stan decyzji to „{state}”.",
    {
        OfDecision.ISSUE: step(D.DRAFT, to=D.ISSUED, verb="wydać tej decyzji"),
        OfDecision.DELIVER: step(D.ISSUED, to=D.DELIVERED, verb="doręczyć tej decyzji"),
        OfDecision.COMPLAIN: step(D.DELIVERED, to=D.COMPLAINED, verb="zapisać skargi"),
        OfDecision.UPHOLD: step(D.COMPLAINED, to=D.UPHELD, verb="zapisać wyroku"),
        OfDecision.SET_ASIDE: step(D.COMPLAINED, to=D.SET_ASIDE, verb="zapisać wyroku"),
        # It binds from its delivery (art. 110 k.p.a.); until then it may be laid aside.
        OfDecision.WITHDRAW: step(D.DRAFT, D.ISSUED, to=D.WITHDRAWN, verb="porzucić tej decyzji"),
    },
    first=D.DRAFT,
)

# From its delivery a decision binds (art. 110 k.p.a.), also while somebody complains of it.
BINDING: Final = (D.DELIVERED, D.COMPLAINED, D.UPHELD)


class OfMotion(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


MOTIONS: Final = Table(
    "Nie można {verb}. Stan wniosku to „{state}”.",
    {
        OfMotion.GRANT: step(M.ASKED, to=M.GRANTED, verb="przedłużyć na ten wniosek"),
        OfMotion.REFUSE: step(M.ASKED, to=M.REFUSED, verb="odmówić przedłużenia"),
        OfMotion.WITHDRAW: step(M.ASKED, to=M.WITHDRAWN, verb="wycofać tego wniosku"),
    },
    first=M.ASKED,
)

Row = Programme | ProgrammeVersion | Decision | ExtensionMotion
Name = OfProgramme | OfVersion | OfDecision | OfMotion
_TABLES: Final[dict[type[Any], Table[Any, Any]]] = {
    Programme: PROGRAMMES,
    ProgrammeVersion: VERSIONS,
    Decision: DECISIONS,
    ExtensionMotion: MOTIONS,
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
