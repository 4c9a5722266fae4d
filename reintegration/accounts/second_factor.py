"""Codes from an app, recovery codes, and the rule that nobody is without a second factor.

The rows are allauth's; what is in them is ours: the secret of an app is encrypted and bound to its
account, a used code is remembered in the row itself (RFC 6238, 5.2) so that it does not work twice, and of
recovery codes only keyed hashes are kept.
"""

import base64
import hmac
import json
import secrets
import time
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import transaction

from reintegration.accounts import sessions
from reintegration.accounts.models import User
from reintegration.core.crypto import Refused, blind_index, bound_to, decrypt, encrypt
from reintegration.core.keys import field_keys, index_key

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
PERIOD = 30
# One step to each side: phones' clocks are off by some seconds, and people type slowly.
TOLERANCE = 1
# Marks the secret of a demo account (`accounts.demo`).
DEMO = "demo"
HOW_MANY_CODES = 10
# No letters and digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
HALF = 5


# Secrets of apps


def new_secret() -> str:
    return generate_totp_secret()


def _place(user_id: UUID) -> bytes:
    return bound_to("mfa_authenticator", "data", str(user_id))


def seal(text: str, user_id: UUID) -> str:
    return base64.b64encode(encrypt(field_keys(), text.encode(), _place(user_id))).decode()


def unseal(sealed: str, user_id: UUID) -> str:
    return decrypt(field_keys(), base64.b64decode(sealed), _place(user_id)).decode()


def code_at(secret: str, moment: float) -> str:
    return format_hotp_value(hotp_value(secret, int(moment) // PERIOD))


def matching_step(secret: str, code: str) -> int | None:
    """Which step of time a code belongs to, if it is valid about now."""
    now = int(time.time()) // PERIOD
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        # As bytes: texts with letters beyond ASCII are not compared at all.
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, step)).encode(), code.encode()):
            return step
    return None


def plain(code: str) -> str:
    """What was meant: without spaces and hyphens, in small letters."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


# What a person has


def factors(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))


def is_enrolled(user: User) -> bool:
    """Recovery codes alone are no second factor."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=[APP, PASSKEY]).exists()


def use_code(user: User, code: str) -> Authenticator | None:
    """Check a code of the app or from the printed list, and use it up; None when it is not valid."""
    typed = plain(code)[:64]
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update(of=("self",)).filter(user_id=user.pk)
        for row in rows.filter(type__in=[APP, CODES]).order_by("pk"):
            used = _use_of_app(row, typed) if row.type == APP else _use_of_list(row, typed)
            if used:
                row.user = user
                row.save(update_fields=["data"])
                row.record_usage()
                return row
    return None


def _use_of_app(row: Authenticator, code: str) -> bool:
    if row.data.get(DEMO) and not settings.DEMO:
        return False
    step = matching_step(unseal(row.data["secret"], row.user_id), code)
    if step is None or step <= row.data.get("used", 0):
        return False
    row.data["used"] = step
    return True


def _use_of_list(row: Authenticator, code: str) -> bool:
    wanted = _hash(row.user_id, code)
    left = [held for held in row.data["codes"] if not hmac.compare_digest(held, wanted)]
    used = len(left) < len(row.data["codes"])
    row.data["codes"] = left
    return used


def activate_app(user: User, secret: str, code: str) -> Authenticator | None:
    """Keep an app's secret once a code shows that the app has it; it takes the place of an earlier app."""
    step = matching_step(secret, plain(code))
    if step is None:
        return None
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        Authenticator.objects.filter(user_id=user.pk, type=APP).delete()
        return Authenticator.objects.create(
            user_id=user.pk, type=APP, data={"secret": seal(secret, user.pk), "used": step}
        )


def remove(user: User, key: int) -> bool:
    """Remove one way; the last one stays, since nobody is without a second factor."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        strong = Authenticator.objects.filter(user_id=user.pk, type__in=[APP, PASSKEY])
        if not strong.filter(pk=key).exists() or not strong.exclude(pk=key).exists():
            return False
        strong.filter(pk=key).delete()
        return True


def reset(user: User) -> None:
    """Take every second factor off an account, for a person who lost them all; all sessions end."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    sessions.end_all(user)


# Recovery codes


def _hash(user_id: UUID, code: str) -> str:
    return blind_index(index_key(), "recovery-code", f"{user_id}:{code}").hex()


def make_codes(user: User) -> list[str]:
    """Ten new codes, as the person sees them this once; earlier ones stop working."""
    plain_codes = ["".join(secrets.choice(ALPHABET) for _ in range(2 * HALF)) for _ in range(HOW_MANY_CODES)]
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        Authenticator.objects.filter(user_id=user.pk, type=CODES).delete()
        Authenticator.objects.create(
            user_id=user.pk, type=CODES, data={"codes": [_hash(user.pk, code) for code in plain_codes]}
        )
    return [f"{code[:HALF]}-{code[HALF:]}" for code in plain_codes]


def codes_left(user: User) -> int:
    row = Authenticator.objects.filter(user_id=user.pk, type=CODES).first()
    return len(row.data["codes"]) if row else 0


# Codes just made wait in the session, encrypted, until the person has printed them.

_SHOWN, _SHOWN_FOR = "codes_to_print", 15 * 60


def keep_for_print(request: Any, codes: list[str]) -> None:
    held = json.dumps({"at": time.time(), "codes": codes})
    request.session[_SHOWN] = seal(held, request.user.pk)


def to_print(request: Any) -> list[str]:
    sealed = request.session.get(_SHOWN)
    if not sealed:
        return []
    try:
        held = json.loads(unseal(sealed, request.user.pk))
    except Refused:
        return []
    codes: list[str] = held["codes"] if time.time() - held["at"] < _SHOWN_FOR else []
    return codes


def printed(request: Any) -> None:
    request.session.pop(_SHOWN, None)
