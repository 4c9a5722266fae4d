"""How many requests a token may make, counted in PostgreSQL before the request's own transaction."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from reintegration.api.errors import problem
from reintegration.core import throttle
from reintegration.tenancy.principal import Principal

# A program of an OPS sends a few dozen referrals a month; this is room for a mistake in a loop.
LIMIT, PER = 120, timedelta(minutes=1)


def slow_down(request: Any, principal: Principal) -> HttpResponse | None:
    answer = throttle.allow(principal.source, limit=LIMIT, per=PER)
    if answer.ok:
        return None
    response = problem(request, 429, "Za dużo żądań w minucie. Poczekaj i powtórz.")
    response["Retry-After"] = str(int(answer.retry_after.total_seconds()) + 1)
    return response
