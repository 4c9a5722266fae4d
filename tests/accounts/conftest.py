"""Mails about accounts come straight into the outbox; how the room of notices stores them has its tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from reintegration.accounts import mails


@pytest.fixture(autouse=True)
def straight_mails(request: Any) -> Iterator[None]:
    installed = mails.installed()
    if "stored_mails" not in request.fixturenames:
        mails.deliver_by(mails.directly)
    yield
    mails.deliver_by(installed)


@pytest.fixture
def stored_mails() -> None:
    """Keep the way that the room of notices has installed."""
