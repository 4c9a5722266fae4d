"""How a class passes from the plan into the journal.

`docs/classes.md` draws this table, and a test compares the two.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ipzs.enums import MeetingState
from ipzs.models import ClassMeeting
from reintegration.core.errors import InputError

S = MeetingState


class Transition(StrEnum):
    HOLD = "hold"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which states, to which, and what it is called in Polish."""

    sources: frozenset[MeetingState]
    to: MeetingState
    verb: str


TABLE: Final[dict[Transition, Step]] = {
    # Also after a cancellation by mistake: the class took place after all.
    Transition.HOLD: Step(frozenset({S.PLANNED, S.CANCELLED}), S.HELD, "zapisać jako odbyte"),
    # Also what was written down by mistake: the presences go with it.
    Transition.CANCEL: Step(frozenset({S.PLANNED, S.HELD}), S.CANCELLED, "odwołać"),
}


class WrongState(InputError):
    """The class is not in a state from which this may happen."""


def possible(meeting: ClassMeeting) -> list[Transition]:
    return [name for name, step in TABLE.items() if meeting.state in step.sources]


def move(meeting: ClassMeeting, transition: Transition) -> None:
    """Take the step on a locked row that the caller stores."""
    step = TABLE[transition]
    if meeting.state not in step.sources:
        state = meeting.get_state_display()
        raise WrongState(f"Te zajęcia są już w stanie „{state}”: nie można ich teraz {step.verb}.")
    meeting.state = step.to
