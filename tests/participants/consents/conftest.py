"""A day that stands still."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reintegration.core import clock
from tests.participants.participations.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def files_dir(tmp_path: Path, settings: Any) -> Path:
    """A folder of files for one test."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
