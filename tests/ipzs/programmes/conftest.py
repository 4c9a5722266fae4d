"""A day that stands still, and nothing asked before the trial but the programme."""

from collections.abc import Iterator

import pytest

from ipzs.queries import programmes as queries
from reintegration.core import clock, slots
from tests.ipzs.programmes.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other corners ask before the trial is theirs to test."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [(10, queries.entry_obstacles)])
