"""What every request carries, whoever asks."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reintegration.core.ids import uuid7

Handler = Callable[[HttpRequest], HttpResponse]
# What Django shows a developer of an error holds styles and scripts.
FOR_DEVELOPERS = frozenset({404, 500})


def request_id(get_response: Handler) -> Handler:
    """Number each request: the number stands in the log, in the audit, and on the page of an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid7()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def content_policy(get_response: Handler) -> Handler:
    """Say what a page may load, unless the answer says it itself. The text is put together once."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code in FOR_DEVELOPERS):
            response.headers.setdefault(HEADER, policy)
        return response

    return middleware
