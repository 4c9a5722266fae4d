"""Who a session is, how long it may last, and what becomes of a form that is sent too late."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY, get_user, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.middleware import get_user as get_user_once
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from reintegration.accounts import checks, held, session_store, sessions
from reintegration.tenancy.scope import OPERATOR_ID, scope

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# A request that the page sends by itself must not keep a session alive.
BY_ITSELF = "X-Background"


class PersonOfSession(AuthenticationMiddleware):
    """`request.user`, as Django has it; the person came with the session."""

    def process_request(self, request: Any) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))


def _person(request: Any) -> Any:
    with session_store.at_hand(request.session):
        return get_user_once(request)


def session_limits(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: Any) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            reason = sessions.over(session)
            if reason:
                end(request, reason)
            elif BY_ITSELF not in request.headers:
                sessions.touch(session, always=request.method not in SAFE_METHODS)
        return get_response(request)

    return middleware


def end(request: Any, reason: str) -> None:
    """Sign the person out; a form that they sent is kept for when they come back."""
    key = _keep_form(request) if request.method not in SAFE_METHODS else None
    logout(request)
    request.session[sessions.ENDED] = {"reason": reason, "resume": checks.resume_url(key)}


def _keep_form(request: Any) -> UUID | None:
    user = get_user(request)
    if not user.is_authenticated:
        return None
    chosen = request.session.get("organisation")
    places = [principal.place.id for principal in user.principals]
    here = next((place for place in places if str(place) == chosen or len(places) == 1), OPERATOR_ID)
    with scope(organisation_id=here, user_id=user.pk, request_id=request.request_id, source="web"):
        return held.keep(request, user_id=user.pk)
