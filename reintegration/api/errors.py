"""One format of errors: application/problem+json with Polish sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from reintegration.core.errors import InputError
from reintegration.shell import errors as pages

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: "Popraw dane.",
    401: "Brak ważnego tokenu.",
    403: "Ta czynność nie jest dozwolona.",
    404: "Nie ma tu takiego zasobu.",
    405: "Ten adres nie przyjmuje takiej metody.",
    406: "Nie umiemy odpowiedzieć w tym formacie.",
    409: "To samo żądanie jest właśnie wykonywane.",
    413: "Żądanie jest za duże.",
    415: "Wyślij dane jako application/json.",
    422: "Ten klucz był już użyty z innymi danymi.",
    429: "Za dużo żądań. Spróbuj później.",
    500: "U nas coś się zepsuło. Nic nie zostało zapisane w połowie.",
}


class MismatchedKey(exceptions.APIException):
    status_code = 422
    default_detail = "Klucz Idempotency-Key był już użyty z innymi danymi. Użyj nowego klucza."


class InFlight(exceptions.APIException):
    status_code = 409
    default_detail = "Żądanie z tym kluczem jest właśnie wykonywane. Powtórz je za chwilę."


def body_of(
    request: Any, status: int, detail: str, errors: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    return {
        "status": status,
        "title": TITLES.get(status, "Błąd."),
        "detail": detail,
        "errors": errors or [],
        "request_id": str(getattr(request, "request_id", "")),
    }


def problem(request: Any, status: int, detail: str = "") -> JsonResponse:
    """An error answered before a view of the API runs."""
    response = JsonResponse(body_of(request, status, detail), status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Reintegra"'
    return response


def not_found(request: Any, exception: Exception | None = None) -> HttpResponse:
    """An address that names nothing: a program asked for it, or a person did."""
    if str(request.path_info).startswith("/api/v1/"):
        return problem(request, 404)
    return pages.not_found(request, exception)


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of a view into the one format; what is unexpected becomes a 500 elsewhere."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(TITLES[404])
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(TITLES[403])
    elif isinstance(error, InputError):
        error = exceptions.ValidationError({getattr(error, "field", None) or "": [error.message]})
    elif isinstance(error, ValidationError):
        error = exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else error.messages
        )
    if not isinstance(error, exceptions.APIException):
        return None
    errors = list(_errors(error.detail)) if isinstance(error, exceptions.ValidationError) else []
    detail = "" if errors else str(error.detail)
    response = Response(
        body_of(context["request"]._request, error.status_code, detail, errors),
        status=error.status_code,
        content_type=CONTENT_TYPE,
    )
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _errors(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Flatten nested errors into one list, each with the path of its field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _errors(inner, f"{field}.{here}" if field and here else field or here)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _errors(inner, f"{field}[{place}]" if nested else field)
    else:
        yield {"field": field, "message": str(detail)}
