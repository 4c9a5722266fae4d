"""What every request carries, whoever asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reintegration.core.ids import uuid7


def request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Number each request: the number stands in the log, in the audit, and on the page of an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid7()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
