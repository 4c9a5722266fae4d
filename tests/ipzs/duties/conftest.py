"""A day that stands still."""

from collections.abc import Iterator

import pytest

from reintegration.core import clock
from tests.ipzs.duties.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield
