"""In whose name a piece of work runs: the first half of the first wall, and what the second reads.

A scope is one transaction, one organisation, one actor. The organisation is told to PostgreSQL with
SET LOCAL semantics, so that it ends with the transaction and never leaks into the next request that
uses the connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, transaction

from reintegration.core.ids import uuid7
from reintegration.core.planned import planned

OPERATOR_ID = UUID("00000000-0000-7000-8000-000000000001")


class NoScope(RuntimeError):
    """Tenant data was asked for while no organisation is chosen."""


class NestedScope(RuntimeError):
    """A scope was opened inside another: a released savepoint would keep the inner tenant."""


@dataclass(frozen=True, slots=True)
class Scope:
    organisation_id: UUID
    user_id: UUID | None
    request_id: UUID
    source: str


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)

_SET = (
    "SELECT set_config('app.organisation', %s, true), set_config('app.user', %s, true),"
    " set_config('app.request', %s, true), set_config('app.source', %s, true)"
)


def scope_or_none() -> Scope | None:
    return _current.get()


def current_scope() -> Scope:
    found = _current.get()
    if found is None:
        raise NoScope
    return found


@contextmanager
def scope(
    *,
    organisation_id: UUID,
    source: str,
    user_id: UUID | None = None,
    request_id: UUID | None = None,
    using: str = "default",
) -> Iterator[Scope]:
    """Open a transaction in the name of one organisation."""
    if _current.get() is not None:
        raise NestedScope
    opened = Scope(organisation_id, user_id, request_id or uuid7(), source)
    connection = connections[using]
    with transaction.atomic(using=using, durable=True):
        with planned(using) as cursor:
            cursor.execute(
                _SET, [str(organisation_id), str(user_id or ""), str(opened.request_id), opened.source]
            )
        token = _current.set(opened)
        try:
            yield opened
        finally:
            _current.reset(token)
    if connection.in_atomic_block:
        # Only a test wraps a scope in a transaction of its own; there the setting must not linger.
        with connection.cursor() as cursor:
            cursor.execute(_SET, ["", "", "", ""])


@contextmanager
def platform_scope(*, source: str, user_id: UUID | None = None) -> Iterator[Scope]:
    """Work that belongs to no organisation, in the operator's own."""
    with scope(organisation_id=OPERATOR_ID, source=source, user_id=user_id) as opened:
        yield opened
