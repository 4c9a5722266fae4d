"""Events of security. They name accounts by their keys, never by an address that somebody typed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from reintegration.accounts.models import User
from reintegration.audit import record
from reintegration.tenancy.actions import Action
from reintegration.tenancy.scope import OPERATOR_ID, scope, scope_or_none


def write(
    request: Any,
    action: Action,
    *,
    user: User | None,
    by: UUID | None = None,
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Write an event about an account: in the scope of the request or, before that, in the operator's."""
    if scope_or_none() is not None:
        record.note(action, found=user, outcome=outcome, **detail)
        return
    with sign_in_scope(request, user_id=by):
        record.note(action, found=user, outcome=outcome, **detail)


def sign_in_scope(request: HttpRequest, *, user_id: UUID | None = None) -> Any:
    """What happens before anybody is signed in belongs to no organisation, so to the operator's chain."""
    return scope(
        organisation_id=OPERATOR_ID,
        user_id=user_id,
        request_id=request.request_id,  # type: ignore[attr-defined]
        source="web",
    )
