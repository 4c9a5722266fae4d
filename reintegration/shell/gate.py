"""The gate: every request passes here before its view, and leaves an event behind.

It finds the address's one action, asks who is there and in which organisation, decides, and opens the
scope (one transaction, one tenant) that covers the view, its rendering and the audit event. A view
that forgets to check anything is therefore checked all the same.
"""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.module_loading import import_string

from reintegration.audit import record
from reintegration.core.downloads import taken_of
from reintegration.core.views import not_allowed
from reintegration.shell import errors
from reintegration.shell.readonly import refuse_writes
from reintegration.tenancy.actions import Action, Audience, action_of, methods_of
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import OPERATOR_ID, scope
from reintegration.tenancy.services import hold_memberships
from reintegration.tenancy.visits import visit_of

logger = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Handler = Callable[[HttpRequest], HttpResponse]


class Gate:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.authenticators = [import_string(path) for path in settings.PRINCIPALS]
        self.checks = [import_string(path) for path in settings.GATE_CHECKS]
        self.forms = CsrfViewMiddleware(get_response)

    def __call__(self, request: Any) -> HttpResponse:
        request.principal = None
        request.may = lambda action: False
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        action = action_of(match.func, request.method)
        if action is None:
            methods = methods_of(match.func)
            if not methods:
                message = f"{match.route} names no action."
                raise ImproperlyConfigured(message)
            return not_allowed(request, methods)
        request.action = action
        principal = self.identify(request)
        request.principal = principal
        if principal is not None:
            request.may = principal.may
        if action.audience is Audience.PUBLIC:
            return self.get_response(request)
        refusal = self.refuse(request, action, principal)
        if refusal is not None:
            return refusal
        return self.fetch(request, principal, match) or self.let_in(request, action, principal)

    def identify(self, request: HttpRequest) -> Principal | None:
        for authenticate in self.authenticators:
            found = authenticate(request)
            if found is not None:
                return found  # type: ignore[no-any-return]
        return None

    def refuse(self, request: Any, action: Action, principal: Principal | None) -> HttpResponse | None:
        """An answer for whoever may not go on, or None."""
        for check in self.checks:
            answer = check(request, action, principal)
            if answer is not None:
                return answer  # type: ignore[no-any-return]
        if action.audience is Audience.SIGNED_IN:
            return None
        if principal is None:
            return HttpResponseRedirect(
                f"{reverse('tenancy:choose')}?{urlencode({'next': request.get_full_path()})}"
            )
        if not principal.may(action):
            with self.open(request, principal):
                record.write(request, outcome="refused")
            return errors.forbidden(request)
        return None

    def open(self, request: Any, principal: Principal | None) -> Any:
        return scope(
            organisation_id=principal.place.id if principal else OPERATOR_ID,
            user_id=request.user.pk,
            request_id=request.request_id,
            source=principal.source if principal else "web",
        )

    def fetch(self, request: Any, principal: Principal | None, match: ResolverMatch) -> HttpResponse | None:
        """Bring what the view needs from another organisation, before the scope of its own is opened."""
        visit = visit_of(match.func)
        request.visited = None
        if visit is None or principal is None:
            return None
        if request.method not in SAFE_METHODS:
            # A visit comes before the view, so it comes before the check of the view's form, too.
            forged = self.forms.process_view(request, match.func, (), {})
            if forged is not None:
                return forged
        try:
            request.visited = visit(request, principal, **match.kwargs)
        except Exception:
            self.tell_of_failure(request, principal)
            raise
        return None

    def let_in(self, request: Any, action: Action, principal: Principal | None) -> HttpResponse:
        safe = request.method in SAFE_METHODS
        with self.open(request, principal):
            if not safe and principal is not None and not hold_memberships(principal.membership_ids):
                # The membership ended between the reading of the session and this transaction.
                record.write(request, outcome="refused")
                return errors.forbidden(request)
            if safe:
                with connection.execute_wrapper(refuse_writes):
                    response = self.get_response(request)
            else:
                response = self.get_response(request)
            failed = response.status_code >= 500
            if failed:
                transaction.set_rollback(True)
            else:
                self.note(request, response, safe=safe)
        if failed:
            self.tell_of_failure(request, principal)
        # A page behind the sign-in stays in no cache: at a shared desk "back" would show it to the next.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def note(self, request: Any, response: HttpResponseBase, *, safe: bool) -> None:
        """The request's event; a file that is taken away is one of its own kind, whatever view gave it."""
        taken = taken_of(response)
        if taken is not None:
            record.adds(request, **taken.detail())
        record.write(request, outcome="taken" if taken is not None else _outcome(response, safe=safe))

    def tell_of_failure(self, request: Any, principal: Principal | None) -> None:
        """The request's own event was rolled back with it; that it was made stays all the same."""
        try:
            with self.open(request, principal):
                record.write_failure(request)
        except Exception:
            # The database itself may be what failed, and the person must get their page.
            logger.exception("The failure of request %s is not in the audit.", request.request_id)


def _outcome(response: HttpResponse, *, safe: bool) -> str:
    if response.status_code == 404:
        return "not_found"
    if response.status_code in {401, 403}:
        return "refused"
    if response.status_code >= 400:
        return "invalid"
    return "seen" if safe else "done"


def session_principal(request: Any) -> Principal | None:
    """The signed-in person in the organisation chosen at sign-in; the only one is chosen for them."""
    if not request.user.is_authenticated:
        return None
    places = request.user.principals
    chosen = request.session.get("organisation")
    for principal in places:
        if str(principal.place.id) == chosen or len(places) == 1:
            return principal  # type: ignore[no-any-return]
    return None
