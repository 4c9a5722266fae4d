"""What the gate asks of an account before it lets a person in: signed in, second factor, recently proved.

Each check answers for itself, in this order; `GATE_CHECKS` without one of them is refused when the program
starts (`accounts.apps`).
"""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from reintegration.accounts import held, perms, second_factor, sessions
from reintegration.tenancy.actions import Action
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import OPERATOR_ID, scope

GATE_CHECKS = [
    "reintegration.accounts.checks.signed_in",
    "reintegration.accounts.checks.second_factor_used",
    "reintegration.accounts.checks.fresh",
]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What a person without a second factor may do: get one, prove who they are, and leave.
ENROLLING = frozenset({perms.FACTORS, perms.FACTOR_ADD, perms.REAUTHENTICATE})
PROVING = frozenset({perms.REAUTHENTICATE})


def by_token(principal: Principal | None) -> bool:
    """A token of the API was made behind these checks and may do no more than it was made for."""
    return principal is not None and principal.source != "web"


def signed_in(request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
    if by_token(principal) or request.user.is_authenticated:
        return None
    left = request.session.get(sessions.ENDED) or {}
    return go(request, reverse("account_login"), next=left.get("resume") or wanted(request))


def second_factor_used(request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
    """Everybody has a second factor, and every session was opened with it (a passkey is both at once)."""
    if by_token(principal) or sessions.has_second_factor(request):
        return None
    if second_factor.is_enrolled(request.user):
        if action in PROVING:
            return None
        return go(request, reverse("mfa_reauthenticate"), next=wanted(request))
    if action in ENROLLING:
        return None
    return go(request, reverse("mfa_index"), next=wanted(request))


def fresh(request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
    """Money and permissions: the person proves anew who they are, and finds what they had typed."""
    if not action.reauth or by_token(principal) or sessions.is_fresh(request):
        return None
    back = wanted(request)
    if request.method not in SAFE_METHODS:
        organisation_id = principal.place.id if principal else OPERATOR_ID
        with scope(
            organisation_id=organisation_id,
            user_id=request.user.pk,
            request_id=request.request_id,
            source="web",
        ):
            key = held.keep(request, user_id=request.user.pk)
        back = resume_url(key) or back
    return go(request, reverse("account_reauthenticate"), next=back)


def resume_url(key: UUID | None) -> str:
    return reverse("accounts:resume", args=[key]) if key else ""


def wanted(request: HttpRequest) -> str:
    """Where the person wanted to go: for a part of a page, the page; for a form, the form's own page."""
    current = request.headers.get("HX-Current-URL", "")
    if request.headers.get("HX-Request") == "true" and current:
        parts = urlsplit(current)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def go(request: HttpRequest, url: str, *, next: str) -> HttpResponse:
    address = f"{url}?{urlencode({'next': next})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)
