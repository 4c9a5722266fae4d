"""How an accident passes from its report to ZUS; `docs/duties.md` is drawn from it."""

from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from ipzs.enums import AccidentState
from ipzs.models import Accident
from reintegration.core.transitions import Table, step

S = AccidentState


class Transition(StrEnum):
    EXAMINE = "examine"
    CONFIRM = "confirm"
    SEND = "send"
    REOPEN = "reopen"


TABLE: Final = Table(
    "Stan wypadku to „{state}”: nie można teraz {verb}.",
    {
        Transition.EXAMINE: step(S.REPORTED, to=S.EXAMINED, verb="ustalić okoliczności"),
        Transition.CONFIRM: step(S.EXAMINED, to=S.CONFIRMED, verb="zatwierdzić protokół"),
        Transition.SEND: step(S.CONFIRMED, to=S.SENT, verb="przekazać do ZUS"),
        # A protocol with a mistake is withdrawn, mended and confirmed again; one that went out stays.
        Transition.REOPEN: step(S.CONFIRMED, to=S.EXAMINED, verb="wycofać protokół"),
    },
    first=S.REPORTED,
)
# While circumstances are looked into, what is known may still be written better.
OPEN = frozenset({S.REPORTED, S.EXAMINED})


def locked(accident_id: UUID) -> Accident:
    """The accident, held until the transaction ends, so that two people decide one after the other."""
    found: Accident = Accident.objects.select_for_update(of=("self",)).get(pk=accident_id)
    return found


def apply(*, accident_id: UUID, transition: Transition, **changes: Any) -> Accident:
    """Lock, check and make a step; inside the caller's transaction."""
    row = locked(accident_id)
    TABLE.move(row, transition)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    return row
