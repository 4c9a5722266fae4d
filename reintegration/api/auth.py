"""Who asks through the API: a token in the Authorization header, and nothing else.

A session's cookie opens no address of the API, so no page elsewhere can make a browser call one.
"""

from typing import Any

from django.http import HttpResponse
from rest_framework.authentication import BaseAuthentication

from reintegration.api.errors import problem
from reintegration.api.limits import slow_down
from reintegration.api.services import principal_of
from reintegration.tenancy.actions import Action, Audience
from reintegration.tenancy.principal import Principal

ROOT = "/api/"


def is_api(request: Any) -> bool:
    return str(request.path_info).startswith(ROOT)


def token_principal(request: Any) -> Principal | None:
    """For the gate: the principal of the request's token."""
    if not is_api(request):
        return None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.isascii():
        return None
    found = principal_of(secret.strip())
    if found is None:
        return None
    request.user, principal = found
    return principal


def refuse_without_token(request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
    """For the gate: programs get an answer in JSON and no way to the sign-in page."""
    if not is_api(request) or action.audience is Audience.PUBLIC:
        return None
    if principal is None or not principal.source.startswith("api:"):
        return problem(request, 401, "Podaj ważny token w nagłówku Authorization: Bearer.")
    if not principal.may(action):
        return problem(request, 403, f"Ten token nie obejmuje czynności „{action.label}”.")
    return slow_down(request, principal)


class GateAuthentication(BaseAuthentication):
    """Hands Django REST framework the person whom the gate has let in."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        inner = request._request
        principal = inner.principal
        return (inner.user, principal) if principal is not None and inner.user.is_authenticated else None

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="Reintegra"'
