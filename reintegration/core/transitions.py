"""A table of transitions: from which states each step may be made, to which, and how it is said in Polish.

A thing has one table. Whoever moves a row holds it, so that of two people one decides after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

from reintegration.core.errors import InputError

N = TypeVar("N", bound=StrEnum)


class WrongState(InputError):
    """The row is not in a state from which this may happen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table; the verb ends a sentence that begins with „nie można”."""

    sources: frozenset[Any]
    to: Any
    verb: str


S = TypeVar("S", bound=Step)


def step(*sources: Any, to: Any, verb: str) -> Step:
    return Step(frozenset(sources), to, verb)


class Table(dict[N, S], Generic[N, S]):
    """The steps by name, and the state in which a row begins.

    `sentence` says {state} and {verb} to whoever asks for a step out of turn.
    """

    def __init__(self, sentence: str, steps: Mapping[N, S], *, first: Enum) -> None:
        super().__init__(steps)
        self.sentence = sentence
        self.first = first

    def possible(self, row: Any) -> list[N]:
        return [name for name in self if self.may(row, name)]

    def may(self, row: Any, name: N) -> bool:
        return row.state in self[name].sources

    def refuse_state(self, row: Any, name: N) -> None:
        """Say in which state a row is, when the step cannot be made from it."""
        if not self.may(row, name):
            state = row.get_state_display()
            raise WrongState(self.sentence.format(state=state, verb=self[name].verb))

    def move(self, row: Any, name: N) -> None:
        """Make the step on a row that the caller holds and stores."""
        self.refuse_state(row, name)
        row.state = self[name].to

    def drawn(self) -> str:
        """The diagram of the docs, states in the order in which they are named."""
        states = list(type(self.first))
        lines = ["stateDiagram-v2", f"    [*] --> {self.first.value}"]
        for name, one in self.items():
            sources = sorted(one.sources, key=states.index)
            lines += [f"    {source.value} --> {one.to.value}: {name.value}" for source in sources]
        return "\n".join(lines)
