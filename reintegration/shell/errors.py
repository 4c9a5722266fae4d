"""Pages of errors: each says what happened and what to do next, with a number for whoever helps.

They stand without the frame and without the database, because either may be what is broken.
"""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from reintegration.core.theme import theme_of


def page(request: HttpRequest, status: int, *, name: str = "") -> HttpResponse:
    context = {"theme": theme_of(request), "number": support_number(request)}
    return HttpResponse(render_to_string(f"errors/{name or status}.html", context), status=status)


def support_number(request: HttpRequest) -> str:
    """The end of the request's id, short enough for the telephone: `4F2-19C`. The log has the whole id."""
    tail = str(getattr(request, "request_id", ""))[-6:].upper()
    return f"{tail[:3]}-{tail[3:]}" if tail else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def too_many(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    response = page(request, 429)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is away is a pause that ends by itself; anything else is our mistake."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return page(request, 503 if away else 500)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    return page(request, 403, name="csrf")
