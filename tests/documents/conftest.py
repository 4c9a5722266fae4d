"""What the tests of papers and files share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

HERE = Path(__file__).parent


@pytest.fixture
def probe_templates() -> Iterator[None]:
    """Papers of the tests' own."""
    from django.test import override_settings

    engine = settings.TEMPLATES[0]
    with override_settings(TEMPLATES=[{**engine, "DIRS": [*engine["DIRS"], HERE / "templates"]}]):
        yield


@pytest.fixture
def files_dir(tmp_path: Path, settings: Any) -> Path:
    """A folder of files for one test."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
