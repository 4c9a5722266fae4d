"""What may become of a proposal: of a value of the law, of a unit's reading, of what higher rooms add.

One table for each; a function of each transition locks, checks, and writes. What is confirmed and in
force never changes: the database refuses it for every role (`sql.KEEP`).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from reintegration.core.errors import InputError
from reintegration.law.enums import State
from reintegration.law.models import ParameterValue, Proposal, Reading

Row = TypeVar("Row", bound=Proposal)


class Transition(StrEnum):
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


Table = Mapping[Transition, tuple[frozenset[State], State]]

# A confirmed value may still be withdrawn before its first day, when a mistake is found in time.
VALUE: Table = MappingProxyType(
    {
        Transition.CONFIRM: (frozenset({State.PROPOSED}), State.CONFIRMED),
        Transition.WITHDRAW: (frozenset({State.PROPOSED, State.CONFIRMED}), State.WITHDRAWN),
    }
)
READING: Table = MappingProxyType(
    {
        Transition.CONFIRM: (frozenset({State.PROPOSED}), State.CONFIRMED),
        Transition.WITHDRAW: (frozenset({State.PROPOSED}), State.WITHDRAWN),
    }
)
TABLES: dict[type[Model], Table] = {ParameterValue: VALUE, Reading: READING}


def register(model: type[Proposal]) -> None:
    """A proposal of a higher room, decided as a reading is."""
    TABLES[model] = READING


def allowed(model: type[Model], transition: Transition, state: State) -> bool:
    return state in TABLES[model][transition][0]


def lock(model: type[Row], pk: UUID) -> Row:
    """The row as it is now; nobody changes it until the transaction ends."""
    row: Row = model.objects.select_for_update(of=("self",)).get(pk=pk)
    return row


def _move(row: Row, transition: Transition) -> None:
    if not allowed(type(row), transition, State(row.state)):
        raise InputError(f"Ten wpis jest już rozstrzygnięty: {State(row.state).label}.")
    row.state = TABLES[type(row)][transition][1]


def confirm(row: Row, *, by: UUID, at: datetime) -> Row:
    """Let a proposal stand. The one who proposed cannot confirm."""
    _move(row, Transition.CONFIRM)
    if row.proposed_by_id == by:
        raise InputError("Potwierdza druga osoba, nie ta, która wpisała.")
    row.confirmed_by_id = by
    row.confirmed_at = at
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    return row


def withdraw(row: Row, *, by: UUID, at: datetime) -> Row:
    _move(row, Transition.WITHDRAW)
    row.withdrawn_by_id = by
    row.withdrawn_at = at
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    return row
