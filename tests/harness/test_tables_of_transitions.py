"""Every table of transitions against every state, and the diagrams that are made from them."""

from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import ipzs.transitions
from reintegration.core.management.commands.draw import DRAWING, redrawn
from reintegration.core.transitions import Table, WrongState

DOCS = Path(__file__).resolve().parents[2] / "docs"
MODULES = [
    "participants.transitions",
    "benefits.transitions",
    "reporting.transitions",
    *(one.name for one in iter_modules(ipzs.transitions.__path__, "ipzs.transitions.")),
]
TABLES: dict[str, Table[Any, Any]] = {
    f"{name}.{attribute}": value
    for name in MODULES
    for attribute, value in vars(import_module(name)).items()
    if isinstance(value, Table)
}
MATRIX = [
    pytest.param(table, state, step, id=f"{name}-{state.value}-{step.value}")
    for name, table in TABLES.items()
    for state, step in product(type(table.first), table)
]


class Row:
    def __init__(self, state: Any) -> None:
        self.state = state

    def get_state_display(self) -> str:
        return str(self.state.label)


@pytest.mark.parametrize(("table", "state", "step"), MATRIX)
def test_a_step_is_made_from_its_states_and_refused_from_the_others(
    table: Table[Any, Any], state: Any, step: Any
) -> None:
    row = Row(state)
    if state in table[step].sources:
        table.move(row, step)
        assert row.state == table[step].to
        assert step in table.possible(Row(state))
        return
    with pytest.raises(WrongState, match=state.label) as refused:
        table.move(row, step)
    assert table[step].verb in refused.value.message
    assert row.state == state
    assert step not in table.possible(row)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_state_is_reached(table: Table[Any, Any]) -> None:
    reached, waiting = set(), [table.first]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += [table[step].to for step in table.possible(Row(state)) if table[step].to not in reached]
    assert reached == set(type(table.first))


def test_the_docs_draw_every_table_as_it_is() -> None:
    drawn = set()
    for page in DOCS.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        drawn |= {found[1] for found in DRAWING.finditer(text)}
        assert redrawn(text) == text, f"{page.name}: `make manage ARGS=draw`"
    assert drawn == set(TABLES)
