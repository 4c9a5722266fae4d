"""How a month of attendance passes between open and closed.

`docs/attendance-months.md` is drawn from this table.
"""

from enum import StrEnum
from typing import Final

from ipzs.enums import MonthState
from reintegration.core.transitions import Table, step

S = MonthState


class Transition(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"


TABLE: Final = Table(
    "Stan miesiąca to „{state}”: nie można go teraz {verb}.",
    {
        Transition.CLOSE: step(S.OPEN, to=S.CLOSED, verb="zamknąć"),
        Transition.REOPEN: step(S.CLOSED, to=S.OPEN, verb="otworzyć ponownie"),
    },
    first=S.OPEN,
)
