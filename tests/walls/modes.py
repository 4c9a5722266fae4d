"""The two walls, each of which a test can take away."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connections

from reintegration.ops.postgres import ADMIN
from reintegration.tenancy import managers, prepared
from tests.servers import dsn

BOTH = "both walls"
ROWS_ONLY = "querysets unscoped"
QUERYSETS_ONLY = "row security off"
NONE = "no wall"
STANDING = [BOTH, ROWS_ONLY, QUERYSETS_ONLY]


@contextmanager
def querysets_unscoped(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if every developer had forgotten the tenant filter."""
    with patch.context() as patched:
        patched.setattr(managers.TenantManager, "restrict", lambda self, rows, organisation_id: rows)
        claim = managers.claim
        # Wherever it was imported to.
        for module in [one for one in sys.modules.values() if vars(one).get("claim") is claim]:
            patched.setattr(module, "claim", _claim_whatever)
        # What was put together before has the filter, and what is now has none.
        prepared.forget()
        try:
            yield
        finally:
            prepared.forget()


def _claim_whatever(instance: Any) -> None:
    column = managers.tenant_column(type(instance))
    if getattr(instance, column) is None:
        setattr(instance, column, managers.current_scope().organisation_id)


@contextmanager
def row_security_off() -> Iterator[None]:
    """As if the program signed in as a superuser, whom no policy holds."""
    settings = connections["default"].settings_dict
    before = settings["USER"], settings["PASSWORD"]
    admin = urlsplit(dsn(ADMIN))
    connections["default"].close()
    settings["USER"], settings["PASSWORD"] = unquote(admin.username or ""), unquote(admin.password or "")
    try:
        yield
    finally:
        connections["default"].close()
        settings["USER"], settings["PASSWORD"] = before


@contextmanager
def walls(mode: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Enter before the database fixture: the connection is made anew."""
    if mode in {QUERYSETS_ONLY, NONE}:
        with row_security_off():
            if mode == NONE:
                with querysets_unscoped(patch):
                    yield
            else:
                yield
    elif mode == ROWS_ONLY:
        with querysets_unscoped(patch):
            yield
    else:
        yield
