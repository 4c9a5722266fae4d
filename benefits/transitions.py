"""How the things of this room pass from state to state; drawn in `docs/money.md`."""

from enum import StrEnum
from typing import Final

from benefits.enums import GrantState
from reintegration.core.transitions import Table, step


class OfGrant(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


GRANTS: Final = Table(
    "Stan wniosku to „{state}”: nie można teraz {verb}.",
    {
        OfGrant.GRANT: step(GrantState.ASKED, to=GrantState.GRANTED, verb="przyznać świadczenia"),
        OfGrant.REFUSE: step(GrantState.ASKED, to=GrantState.REFUSED, verb="odmówić"),
        OfGrant.WITHDRAW: step(GrantState.ASKED, to=GrantState.WITHDRAWN, verb="wycofać"),
    },
    first=GrantState.ASKED,
)
