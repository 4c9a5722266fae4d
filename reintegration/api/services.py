"""Making and revoking tokens, and finding whom one stands for."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from reintegration.api.models import Token
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.actions import REGISTRY, Audience
from reintegration.tenancy.principal import Principal, with_memberships
from reintegration.tenancy.scope import current_scope

PREFIX = "rg_"
LONGEST = timedelta(days=366)


def digest_of(secret: str) -> bytes:
    """The secret has 256 random bits, so a plain hash keeps it."""
    return hashlib.sha256(secret.encode()).digest()


def make_token(
    *, name: str, owner_id: UUID, actions: Collection[str], expires_on: date, today: date
) -> tuple[Token, str]:
    """Make a token in the current organisation; the secret is given back once and never again."""
    if not today < expires_on <= today + LONGEST:
        raise InputError("Wybierz dzień od jutra do roku naprzód.")
    # What asks a person to prove anew who they are is not for a program.
    offered = {
        name for name, action in REGISTRY.items() if action.audience is Audience.MEMBERS and not action.reauth
    }
    if not actions or not set(actions) <= offered:
        raise InputError("Wybierz co najmniej jedną czynność z listy.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        organisation_id=current_scope().organisation_id,
        owner_id=owner_id,
        name=name,
        digest=digest_of(secret),
        hint=secret[:8],
        actions=sorted(actions),
        expires_on=expires_on,
    )
    return token, secret


def revoke_token(token: Token) -> Token:
    """End a token now; ending it twice changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    token.refresh_from_db()
    return token


def principal_of(secret: str) -> tuple[object, Principal] | None:
    """The owner and what the token may do: never more than the owner may today."""
    today = clock.today()
    token = Token.objects.filter(
        digest=digest_of(secret), revoked_at__isnull=True, expires_on__gte=today
    ).first()
    if token is None:
        return None
    owner = with_memberships(token.owner_id, today=today)
    for principal in owner.principals if owner is not None else []:
        if principal.place.id == token.organisation_id:
            return owner, principal.limited_to(token.actions, source=f"api:{token.pk}")
    return None
