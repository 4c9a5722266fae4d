"""How a request for free days passes from state to state (art. 15 ust. 6b).

`docs/attendance.md` draws this table, and a test compares the two.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ipzs.enums import FreeDayState
from ipzs.models import FreeDayRequest
from reintegration.core.errors import InputError

S = FreeDayState


class Transition(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which states, to which, and what it is called in Polish."""

    sources: frozenset[FreeDayState]
    to: FreeDayState
    verb: str


TABLE: Final[dict[Transition, Step]] = {
    Transition.GRANT: Step(frozenset({S.ASKED}), S.GRANTED, "wyrazić zgody"),
    Transition.REFUSE: Step(frozenset({S.ASKED}), S.REFUSED, "odmówić"),
    # Also after the consent: the person changed their mind before the day came.
    Transition.WITHDRAW: Step(frozenset({S.ASKED, S.GRANTED}), S.WITHDRAWN, "wycofać"),
}


class WrongState(InputError):
    """The request is not in a state from which this may happen."""


def possible(request: FreeDayRequest) -> list[Transition]:
    return [name for name, step in TABLE.items() if request.state in step.sources]


def move(request: FreeDayRequest, transition: Transition) -> None:
    """Take the step on a locked row that the caller stores."""
    step = TABLE[transition]
    if request.state not in step.sources:
        state = request.get_state_display()
        raise WrongState(f"Stan wniosku to „{state}”: nie można teraz {step.verb}.")
    request.state = step.to
