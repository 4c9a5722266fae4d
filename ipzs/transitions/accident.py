"""How an accident passes from its report to ZUS; `docs/duties.md` draws this table, and a test compares."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from ipzs.enums import AccidentState
from ipzs.models import Accident
from reintegration.core.errors import InputError

S = AccidentState


class Transition(StrEnum):
    EXAMINE = "examine"
    CONFIRM = "confirm"
    SEND = "send"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which state, to which, and what it is called in Polish."""

    source: AccidentState
    to: AccidentState
    verb: str


TABLE: dict[Transition, Step] = {
    Transition.EXAMINE: Step(S.REPORTED, S.EXAMINED, "ustalić okoliczności"),
    Transition.CONFIRM: Step(S.EXAMINED, S.CONFIRMED, "zatwierdzić protokół"),
    Transition.SEND: Step(S.CONFIRMED, S.SENT, "przekazać do ZUS"),
    # A protocol with a mistake is withdrawn, mended and confirmed again; one that went out stays.
    Transition.REOPEN: Step(S.CONFIRMED, S.EXAMINED, "wycofać protokół"),
}
# While circumstances are looked into, what is known may still be written better.
OPEN = frozenset({S.REPORTED, S.EXAMINED})


class WrongState(InputError):
    """The accident is not in a state from which this may happen."""


def possible(accident: Accident) -> list[Transition]:
    return [name for name, step in TABLE.items() if accident.state == step.source]


def locked(accident_id: UUID) -> Accident:
    """The accident, held until the transaction ends, so that two people decide one after the other."""
    found: Accident = Accident.objects.select_for_update(of=("self",)).get(pk=accident_id)
    return found


def apply(*, accident_id: UUID, transition: Transition, **changes: Any) -> Accident:
    """Lock, check and make a step; inside the caller's transaction."""
    row, step = locked(accident_id), TABLE[transition]
    refuse_state(row, transition)
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = step.to
    row.save(update_fields=["state", *changes])
    return row


def refuse_state(row: Accident, transition: Transition) -> None:
    step = TABLE[transition]
    if row.state != step.source:
        raise WrongState(f"Stan wypadku to „{row.get_state_display()}”: nie można teraz {step.verb}.")
