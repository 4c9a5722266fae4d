"""A day that stands still for whatever counts days, and no rooms above this one."""

from collections.abc import Iterator

import pytest

from reintegration.core import clock, slots
from tests.ipzs.attendance.made import TODAY

STILL = frozenset({"attendance", "imports", "months", "warnings"})


@pytest.fixture(autouse=True)
def _november(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.path.parent.name not in STILL:
        yield
        return
    # What other rooms ask before the trial is theirs to test.
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        yield
