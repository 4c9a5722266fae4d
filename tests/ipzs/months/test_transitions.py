"""The table of a month: every step from every state, and the diagram drawn of it."""

from pathlib import Path

import pytest

from ipzs.enums import MonthState
from ipzs.models import AttendanceMonth
from ipzs.services import months as services
from ipzs.transitions.months import TABLE, Transition
from reintegration.core.transitions import WrongState
from tests.cast import World
from tests.ipzs.attendance.made import closed
from tests.ipzs.months.made import OCTOBER

S, T = MonthState, Transition
DOC = Path(__file__).parents[3] / "docs" / "attendance-months.md"


def stored(state: MonthState) -> None:
    if state == S.CLOSED:
        closed(OCTOBER.first)
    else:
        AttendanceMonth.objects.create(first_day=OCTOBER.first)


def make(transition: Transition) -> AttendanceMonth:
    if transition is T.CLOSE:
        return services.close(month=OCTOBER)
    return services.reopen(month=OCTOBER, reason="Zwolnienie przyszło po zamknięciu.")


@pytest.mark.parametrize("state", [*S, None], ids=lambda one: "no row" if one is None else one.value)
@pytest.mark.parametrize("transition", list(T), ids=lambda one: one.value)
def test_every_step_is_made_from_the_state_of_the_table_and_from_no_other(
    world: World, transition: Transition, state: MonthState | None
) -> None:
    step = TABLE[transition]
    with world.scope("cis", "ewa"):
        if state is not None:
            stored(state)
        # A month without a row is open.
        if (state or S.OPEN) not in step.sources:
            with pytest.raises(WrongState, match=(state or S.OPEN).label):
                make(transition)
            assert set(AttendanceMonth.objects.values_list("state", flat=True)) <= {state}
            return
        assert make(transition).state == step.to
        assert AttendanceMonth.objects.get().state == step.to
