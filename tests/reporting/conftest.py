"""Files on the disk of a test alone, and a day on which the registers are looked at."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from reintegration.core import clock


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = str(tmp_path)


@pytest.fixture
def in_november() -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 22, 10, tzinfo=UTC)):
        yield
