"""How a month of attendance passes between open and closed.

`docs/attendance-months.md` draws this table, and a test compares the two.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ipzs.enums import MonthState
from ipzs.models import AttendanceMonth
from reintegration.core.errors import InputError

S = MonthState


class Transition(StrEnum):
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which state, to which, and what it is called in Polish."""

    source: MonthState
    to: MonthState
    verb: str


TABLE: Final[dict[Transition, Step]] = {
    Transition.CLOSE: Step(S.OPEN, S.CLOSED, "zamknąć"),
    Transition.REOPEN: Step(S.CLOSED, S.OPEN, "otworzyć ponownie"),
}


class WrongState(InputError):
    """The month is not in a state from which this may happen."""


def move(month: AttendanceMonth, transition: Transition) -> None:
    """Take the step on a month that the caller holds and stores."""
    step = TABLE[transition]
    if month.state != step.source:
        raise WrongState(f"Stan miesiąca to „{month.get_state_display()}”: nie można go teraz {step.verb}.")
    month.state = step.to
