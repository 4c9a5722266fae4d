"""A day that stands still, and no rooms above this one."""

from collections.abc import Iterator

import pytest

from reintegration.core import clock, slots
from tests.participants.participations.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms ask before the trial is theirs to test."""
    for name in ("entry_conditions", "programme_url", "period_urls"):
        monkeypatch.setitem(slots._filled, f"participants.{name}", [])
