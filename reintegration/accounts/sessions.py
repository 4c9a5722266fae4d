"""How a session was opened, when it was last used, and how it ends.

Times of a session are counted by the computer's clock, not by the program's: a fixed day must not keep a
session alive.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest

from reintegration.accounts.models import User

OPENED, SEEN = "opened", "seen"
# What is left of a session that ended by its age: why, and where the form it was sending waits.
ENDED = "session_ended"
SECOND_FACTOR = "mfa"
PROOFS = frozenset({"password", SECOND_FACTOR})
# The last use is written down at most this often, so that a page costs no write.
WRITTEN_EVERY = 60


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, by the very person who has it now."""
    return any(one.get("method") == SECOND_FACTOR for one in _proofs(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last minutes."""
    newest = max((one["at"] for one in _proofs(request) if one.get("method") in PROOFS), default=0)
    return time.time() - newest < settings.FRESH_LIMIT.total_seconds()


def proved(request: HttpRequest, user: User, method: str, **detail: Any) -> None:
    record_authentication(request, user, method, **detail)


def _proofs(request: HttpRequest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return found


def begin(session: Any) -> None:
    session[OPENED] = session[SEEN] = time.time()


def over(session: Any) -> str:
    """Why a session has ended by its age: "idle", "old", or an empty text when it has not."""
    now = time.time()
    if now - session.get(OPENED, 0) > settings.ABSOLUTE_LIMIT.total_seconds():
        return "old"
    if now - session.get(SEEN, 0) > settings.IDLE_LIMIT.total_seconds():
        return "idle"
    return ""


def touch(session: Any, *, always: bool) -> None:
    if always or time.time() - session.get(SEEN, 0) > WRITTEN_EVERY:
        session[SEEN] = time.time()


def end_all(user: User) -> None:
    """Sign the person out everywhere, with the next request of each session at the latest.

    The rows of the sessions stay until they are cleared: a request under way must not trip over a row
    that has gone.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.session_epoch += 1
    UserSession.objects.filter(user=user).delete()


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its owner sees it in the list."""

    key: int
    opened_at: datetime
    seen_at: datetime
    browser: str
    address: str
    current: bool


def own(request: Any) -> list[OwnSession]:
    """The living sessions of the person who asks, the newest first."""
    rows = list(UserSession.objects.filter(user=request.user).order_by("-created_at"))
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows]).order_by("pk")
    data = {one.session_key: one.get_decoded() for one in stored}
    seal = request.user.get_session_auth_hash()
    found = []
    for row in rows:
        held = data.get(row.session_key, {})
        if held.get("_auth_user_hash") != seal or over(held):
            continue
        found.append(
            OwnSession(
                key=row.pk,
                opened_at=row.created_at,
                seen_at=datetime.fromtimestamp(held[SEEN], tz=UTC),
                browser=browser_name(row.user_agent),
                address=row.ip,
                current=row.session_key == request.session.session_key,
            )
        )
    if not any(one.current for one in found):
        held = request.session
        found.append(
            OwnSession(
                key=0,
                opened_at=datetime.fromtimestamp(held[OPENED], tz=UTC),
                seen_at=datetime.fromtimestamp(held[SEEN], tz=UTC),
                browser=browser_name(request.headers.get("User-Agent", "")),
                address=request.META.get("REMOTE_ADDR", ""),
                current=True,
            )
        )
    return found


def end_one(request: Any, key: int) -> bool:
    """End one of the person's own other sessions."""
    row = UserSession.objects.filter(user=request.user, pk=key).first()
    if row is None or row.session_key == request.session.session_key:
        return False
    row.end()
    return True


def end_others(request: Any) -> int:
    """End every other session of the person; also those that the list no longer knows."""
    from django.contrib.auth import update_session_auth_hash  # noqa: PLC0415 - touches the session's store

    others = [one for one in own(request) if not one.current]
    user = request.user
    end_all(user)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
    return len(others)


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    browser = next((name for mark, name in BROWSERS if mark in agent), "inna przeglądarka")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser
