"""How a request for free days passes from state to state (art. 15 ust. 6b).

`docs/attendance.md` is drawn from this table.
"""

from enum import StrEnum
from typing import Final

from ipzs.enums import FreeDayState
from reintegration.core.transitions import Table, step

S = FreeDayState


class Transition(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


TABLE: Final = Table(
    "Stan wniosku to „{state}”: nie można teraz {verb}.",
    {
        Transition.GRANT: step(S.ASKED, to=S.GRANTED, verb="wyrazić zgody"),
        Transition.REFUSE: step(S.ASKED, to=S.REFUSED, verb="odmówić"),
        # Also after the consent: the person changed their mind before the day came.
        Transition.WITHDRAW: step(S.ASKED, S.GRANTED, to=S.WITHDRAWN, verb="wycofać"),
    },
    first=S.ASKED,
)
