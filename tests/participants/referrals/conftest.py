"""A day that stands still, the cast, and a folder of files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reintegration.core import clock
from tests.participants.referrals.made import TODAY


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
