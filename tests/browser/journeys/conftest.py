"""Journeys happen on a fixed day, so that the pictures of the guide change only when a screen does."""

from collections.abc import Callable
from typing import Any

import pytest

from reintegration.core import clock
from tests.browser.conftest import OpenAs
from tests.browser.journeys.walk import Variant, Walk

# A Wednesday, early in a month: the one before it waits to be closed.
NOW = "2026-11-04T09:30:00+01:00"

Begin = Callable[[str], Walk]


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> None:
    settings.FILES_DIR = tmp_path
    monkeypatch.setenv(clock.VARIABLE, NOW)


@pytest.fixture
def begin(open_as: OpenAs, variant: Variant) -> Begin:
    """A journey by its page of the guide."""
    return lambda slug: Walk(open_as, variant, slug)
