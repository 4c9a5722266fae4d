"""The secrets of apps lie inside JSON of allauth's table, so they are rotated by a step of their own."""

import base64
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from reintegration.accounts.second_factor import APP, seal, unseal
from reintegration.core.crypto import Refused, key_id_of
from reintegration.core.keys import UnknownKey, field_keys
from reintegration.core.rotation import BATCH, Step, Work


def _stale(using: str) -> Iterator[Any]:
    """Keys of the rows that an older key sealed; there are as many rows as people, so all are looked at."""
    current = field_keys().current.id
    rows = Authenticator.objects.using(using).filter(type=APP).order_by("pk")
    for pk, data in rows.values_list("pk", "data"):
        if key_id_of(base64.b64decode(data["secret"])) != current:
            yield pk


def rotate_secrets(*, using: str = "default", size: int = BATCH, after: Any = None) -> Step:
    """Seal some secrets under the current key; a row in use is left to the next pass."""
    wanted = [pk for pk in _stale(using) if after is None or pk > after][:size]
    rows = Authenticator.objects.using(using).select_for_update(of=("self",), skip_locked=True)
    rotated, unreadable = 0, []
    for row in rows.filter(pk__in=wanted).order_by("pk"):
        try:
            row.data["secret"] = seal(unseal(row.data["secret"], row.user_id), row.user_id)
        except (Refused, UnknownKey) as error:
            unreadable.append(f"mfa_authenticator {row.pk}: {error}")
            continue
        row.save(using=using, update_fields=["data"])
        rotated += 1
    return Step(after=wanted[-1] if len(wanted) == size else None, rotated=rotated, unreadable=unreadable)


def secrets_remaining(*, using: str = "default") -> int:
    return sum(1 for _ in _stale(using))


WORK = Work("mfa_authenticator", rotate_secrets, secrets_remaining, tenants=False)
