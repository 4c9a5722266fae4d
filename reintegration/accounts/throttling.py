"""Guessing is slowed down, never locked: after a few failures each further try has to wait longer.

A try is counted before the password is looked at, in one statement, so that parallel guesses cannot
overtake the counter. A browser in which a person has signed in before has a counter of its own: whoever
hammers at an account from elsewhere does not keep its owner out. A passkey asks no counter at all.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from reintegration.accounts.models import Attempts
from reintegration.core import clock
from reintegration.core.crypto import blind_index
from reintegration.core.keys import index_key

DEVICE_COOKIE = "urzadzenie"
DEVICE_AGE = timedelta(days=180)
_SALT = "accounts.device"
MOST_PEOPLE_ON_A_DEVICE = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free; then the wait doubles with each, up to a longest one."""

    name: str
    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta


ACCOUNT = Rule("account", 5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=24))
DEVICE = Rule("device", 5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=24))
CODE = Rule("code", 5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=24))
# A whole office stands behind one address, so it has more tries.
ADDRESS = Rule("address", 60, timedelta(seconds=10), timedelta(minutes=5), timedelta(hours=1))
# Links of invitations and of new passwords cannot be guessed; this keeps trying from being free.
LINK = Rule("link", 20, timedelta(seconds=10), timedelta(minutes=5), timedelta(hours=1))

_COUNT = """
INSERT INTO accounts_attempts AS held (key, failures, last_at, open_at)
VALUES (%(key)s, 1, clock_timestamp(), clock_timestamp())
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN held.last_at < clock_timestamp() - %(forgotten)s THEN 1 ELSE held.failures + 1 END,
    last_at = clock_timestamp(),
    open_at = CASE
        WHEN held.last_at < clock_timestamp() - %(forgotten)s OR held.failures + 1 < %(free)s
            THEN clock_timestamp()
        ELSE clock_timestamp()
            + least(%(longest)s, %(first)s * power(2, least(held.failures + 1 - %(free)s, 20)))
    END
WHERE held.open_at <= clock_timestamp()
RETURNING failures
"""
_WAIT = "SELECT extract(epoch FROM open_at - clock_timestamp()) FROM accounts_attempts WHERE key = %s"


@dataclass(frozen=True, slots=True)
class Counter:
    rule: Rule
    key: str


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was let through (`wait` is 0) or has to wait; `failures` counts it as failed."""

    wait: int
    failures: int
    counters: tuple[Counter, ...]


def counter(rule: Rule, value: str) -> Counter:
    return Counter(rule, f"{rule.name}:{blind_index(index_key(), 'attempts', value).hex()[:48]}")


def begin(*counters: Counter) -> Try:
    """Count a try as failed in advance; `succeeded` takes it back."""
    failures = 0
    for one in counters:
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNT,
                {
                    "key": one.key,
                    "free": one.rule.free,
                    "first": one.rule.first,
                    "longest": one.rule.longest,
                    "forgotten": one.rule.forgotten_after,
                },
            )
            row = cursor.fetchone()
            if row is None:
                cursor.execute(_WAIT, [one.key])
                left = cursor.fetchone()
                return Try(max(1, ceil(left[0])) if left else 1, 0, counters)
        failures = max(failures, row[0])
    return Try(0, failures, counters)


def succeeded(tried: Try) -> None:
    """Start anew for the account and the device; an address only gets its one try back."""
    for one in tried.counters:
        held = Attempts.objects.filter(key=one.key)
        if one.rule in (ADDRESS, LINK):
            held.filter(failures__gt=0).update(failures=F("failures") - 1, open_at=clock.now())
        else:
            held.delete()


def clean_up() -> int:
    """Remove the counters that no rule remembers any more; run every night."""
    return Attempts.objects.filter(last_at__lt=clock.now() - timedelta(days=2)).delete()[0]


# Known devices: a signed cookie lists who has signed in here before, each with a number of its own.


def _devices(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=_SALT, max_age=DEVICE_AGE.total_seconds()
        )
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def _person(email: str) -> str:
    return blind_index(index_key(), "device", email.lower()).hex()[:24]


def sign_in_counters(request: HttpRequest, email: str, address: str) -> tuple[Counter, ...]:
    device = _devices(request).get(_person(email))
    first = counter(DEVICE, f"{device}:{email.lower()}") if device else counter(ACCOUNT, email.lower())
    return (counter(ADDRESS, address), first)


def code_counters(request: HttpRequest, user: Any, address: str) -> tuple[Counter, ...]:
    device = _devices(request).get(_person(user.email))
    return (counter(ADDRESS, address), counter(CODE, f"{user.pk}:{device or ''}"))


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """After a complete sign-in: this browser is known for this person."""
    devices = _devices(request)
    person = _person(email)
    devices = {person: devices.get(person) or secrets.token_hex(8), **devices}
    kept = dict(list(devices.items())[:MOST_PEOPLE_ON_A_DEVICE])
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=DEVICE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
