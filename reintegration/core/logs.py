"""What the log says of a request: the pattern of its address, never the address.

An address can hold a name that was looked for or the secret of an invitation, and what stands in a log
is out of reach of retention.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

access = logging.getLogger("reintegration.access")

NOWHERE = "(no such address)"


def pattern_of(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else NOWHERE


def access_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """One line for each request; the number is the one of the audit event."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = get_response(request)
        access.info(
            "%s %s %d %d ms %s",
            request.method,
            pattern_of(request),
            response.status_code,
            (time.monotonic() - began) * 1000,
            getattr(request, "request_id", "-"),
        )
        return response

    return middleware


class WithoutAddress(logging.Filter):
    """Django's own lines about a request name its path; here they name the pattern."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(pattern_of(request) if one == request.path else one for one in record.args)
        return True
