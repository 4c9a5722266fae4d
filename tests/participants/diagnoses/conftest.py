"""A day that stands still, and a unit at work."""

from collections.abc import Iterator

import pytest

from reintegration.core import clock
from tests.cast import World
from tests.participants.participations.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def unit(world: World) -> Iterator[World]:
    """The cast, in the scope of the CIS, its social worker at work."""
    with world.scope("cis", "anna"):
        yield world
