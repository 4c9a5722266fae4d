"""Secret addresses at which a telephone reads the plan without signing in.

The address names its unit under a signature, so that only that unit's scope is ever opened; its secret is
kept as a digest. It is long and random, so that a fast digest is enough.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

from ipzs.enums import FeedKind
from ipzs.models import TimetableFeed, Workshop
from participants.services.participations.common import actor, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import Membership

MOST_AT_ONCE = 5
_SECRET_BYTES = 24
# Two keys of sixteen bytes, without the padding.
_NAMED_LENGTH = 43
_KEY = 16

_ADDRESS = Signer(salt="ipzs.timetable.feed", sep=".")


@dataclass(frozen=True, slots=True)
class Named:
    """What an address names, once its signature holds."""

    unit_id: UUID
    feed_id: UUID
    secret: str


def make_feed(*, kind: str, workshop_id: UUID | None = None) -> tuple[TimetableFeed, str]:
    """Give out an address. Its token is given back once: nobody can read it later."""
    user_id = actor()
    held = TimetableFeed.objects.filter(user=user_id, revoked_at__isnull=True).count()
    if held >= MOST_AT_ONCE:
        raise InputError(f"Masz już {MOST_AT_ONCE} adresów. Odbierz jeden z nich i wydaj nowy.")
    workshop = None
    if kind == FeedKind.WORKSHOP:
        workshop = Workshop.objects.filter(pk=workshop_id).first()
        if workshop is None:
            raise InputError("Wybierz pracownię albo grupę.", field="workshop")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    made = stored(
        TimetableFeed(
            user_id=user_id,
            kind=kind,
            workshop=workshop,
            token_hash=_digest(secret),
            made_at=clock.now(),
        )
    )
    raw = base64.urlsafe_b64encode(made.unit_id.bytes + made.pk.bytes).decode().rstrip("=")
    return made, _ADDRESS.sign(f"{raw}{secret}")


def read_token(token: str) -> Named | None:
    """What an address names; nothing when we did not sign it."""
    try:
        text = _ADDRESS.unsign(token)
        raw, secret = text[:_NAMED_LENGTH], text[_NAMED_LENGTH:]
        keys = base64.urlsafe_b64decode(raw + "=")
        return Named(UUID(bytes=keys[:_KEY]), UUID(bytes=keys[_KEY:]), secret)
    except (BadSignature, ValueError):
        return None


def open_feed(*, named: Named) -> TimetableFeed | None:
    """The feed of an address in the scope of its unit, while it holds and its owner works here."""
    found: TimetableFeed | None = (
        TimetableFeed.objects.select_related("workshop")
        .filter(pk=named.feed_id, revoked_at__isnull=True)
        .first()
    )
    if found is None or not constant_time_compare(found.token_hash, _digest(named.secret)):
        return None
    works = Membership.objects.active(today=clock.today()).filter(
        organisation_id=named.unit_id, user=found.user_id, user__is_active=True
    )
    return found if works.exists() else None


def revoke_feed(*, feed_id: UUID) -> TimetableFeed:
    """Take an address back; whoever has it reads nothing more."""
    found: TimetableFeed = TimetableFeed.objects.select_for_update(of=("self",)).get(pk=feed_id)
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
