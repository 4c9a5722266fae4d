"""Limits on how often something may be tried, counted in PostgreSQL, so that they hold without Redis.

A count that is made inside a transaction is undone with it: ask before the scope of the request opens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from reintegration.core import clock
from reintegration.core.crypto import blind_index
from reintegration.core.keys import index_key
from reintegration.core.models import Throttle

# One statement, so that two processes never let the same attempt through. What is over the limit is not
# counted on: trying again does not make the wait longer.
_COUNT = """
INSERT INTO core_throttle AS held (key, hits, until) VALUES (%(key)s, 1, %(end)s)
ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN held.until <= %(now)s THEN 1 ELSE least(held.hits + 1, %(limit)s + 1) END,
    until = CASE WHEN held.until <= %(now)s THEN %(end)s ELSE held.until END
RETURNING hits, until
"""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answer to one attempt."""

    ok: bool
    remaining: int
    retry_after: timedelta


def allow(key: str, *, limit: int, per: timedelta) -> Allowed:
    """Count an attempt and say whether it may go on.

    The window begins with the first attempt. `key` names what is limited and for whom
    (`sign-in:10.0.0.1`); only its keyed digest is stored.
    """
    if limit < 1:
        raise ValueError("A limit lets at least one attempt through.")
    now = clock.now()
    values: dict[str, str | int | datetime] = {
        "key": _digest(key),
        "now": now,
        "end": now + per,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        hits, until = cursor.fetchone()
    if hits <= limit:
        return Allowed(ok=True, remaining=limit - hits, retry_after=timedelta())
    return Allowed(ok=False, remaining=0, retry_after=until - now)


def clean_up(*, now: datetime) -> int:
    """Remove the counts whose window has ended; run every night."""
    return Throttle.objects.filter(until__lt=now).delete()[0]


def _digest(key: str) -> str:
    return blind_index(index_key(), "throttle", key).hex()
