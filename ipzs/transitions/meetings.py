"""How a class passes from the plan into the journal.

`docs/classes.md` is drawn from this table.
"""

from enum import StrEnum
from typing import Final

from ipzs.enums import MeetingState
from reintegration.core.transitions import Table, step

S = MeetingState


class Transition(StrEnum):
    HOLD = "hold"
    CANCEL = "cancel"


TABLE: Final = Table(
    "Te zajęcia są już w stanie „{state}”: nie można ich teraz {verb}.",
    {
        # Also after a cancellation by mistake: the class took place after all.
        Transition.HOLD: step(S.PLANNED, S.CANCELLED, to=S.HELD, verb="zapisać jako odbyte"),
        # Also what was written down by mistake: the presences go with it.
        Transition.CANCEL: step(S.PLANNED, S.HELD, to=S.CANCELLED, verb="odwołać"),
    },
    first=S.PLANNED,
)
