"""What the tests of money share: how examples are judged, and the day on which they happen."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from reintegration.core import clock, slots
from tests.ipzs.attendance.made import TODAY

# The same as in the other corners: the profile that is loaded last holds for the whole run.
# Examples are judged by what they show, not by how fast a busy machine runs them.
settings.register_profile("reintegra", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reintegra")


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Friday on which October may be paid; what other rooms ask before the trial is theirs to test."""
    monkeypatch.setitem(slots._filled, "participants.entry_conditions", [])
    with clock.frozen(TODAY):
        yield
