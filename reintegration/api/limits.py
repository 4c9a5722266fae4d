"""How many requests a token may make."""

from datetime import timedelta
from typing import Any

from rest_framework.throttling import BaseThrottle

from reintegration.core import throttle

# A program of an OPS sends a few dozen referrals a month; this is room for a mistake in a loop.
LIMIT, PER = 120, timedelta(minutes=1)


class TokenThrottle(BaseThrottle):
    """A limit for each token, counted in PostgreSQL."""

    def allow_request(self, request: Any, view: Any) -> bool:
        self.answer = throttle.allow(f"api:{request.auth.source}", limit=LIMIT, per=PER)
        return self.answer.ok

    def wait(self) -> float:
        return self.answer.retry_after.total_seconds()
