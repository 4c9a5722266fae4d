"""Files on the disk of a test alone."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = str(tmp_path)
