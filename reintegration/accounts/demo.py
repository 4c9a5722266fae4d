"""Second factors of demo accounts: their secrets follow from the demo's key, so that nobody needs a phone.

They exist where `settings.DEMO` is on and nowhere else: such a secret is marked in its row, and outside the
demo a marked row opens nothing.
"""

import base64
import hashlib
import hmac
import time

from allauth.mfa.models import Authenticator
from django.conf import settings

from reintegration.accounts import second_factor
from reintegration.accounts.models import User


class NotADemo(RuntimeError):
    """Somebody asked for a demo's code where there is no demo."""


def _only_in_a_demo() -> None:
    if settings.PRODUCTION or not settings.DEMO:
        raise NotADemo("Codes of demo accounts exist in the demo only.")


def secret_of(email: str) -> str:
    _only_in_a_demo()
    seed = hmac.digest(settings.SECRET_KEY.encode(), f"demo-code:{email.lower()}".encode(), hashlib.sha256)
    return base64.b32encode(seed[:20]).decode()


def app_of(user: User) -> Authenticator:
    """The app of a demo account, not stored yet."""
    _only_in_a_demo()
    sealed = second_factor.seal(secret_of(user.email), user.pk)
    data = {"secret": sealed, "used": 0, second_factor.DEMO: True}
    return Authenticator(user=user, type=second_factor.APP, data=data)


def enrol(user: User) -> None:
    """Give a demo account its app; a second call changes nothing."""
    made = app_of(user)
    Authenticator.objects.get_or_create(user=user, type=made.type, defaults={"data": made.data})


def present_code(email: str) -> tuple[str, int]:
    """A code that works now, and for how many seconds; 0 seconds when all have just been used."""
    secret = secret_of(email)
    row = Authenticator.objects.filter(user__email=email.lower(), type=second_factor.APP).first()
    if row is None or not row.data.get(second_factor.DEMO):
        raise NotADemo(f"{email} is no demo account with a demo code.")
    now = int(time.time()) // second_factor.PERIOD
    for step in (now, now + second_factor.TOLERANCE):
        if step > row.data.get("used", 0):
            # A code is accepted for one step after its own.
            lasts = (step + 1 + second_factor.TOLERANCE) * second_factor.PERIOD - int(time.time())
            return second_factor.code_at(secret, step * second_factor.PERIOD), lasts
    return "", 0
