"""Passkeys: what the browser is asked for, and what it answers.

The answers come from outside and are read by a library for a binary format, so whatever goes wrong while
reading one means the same: this is no valid passkey.
"""

import json
import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from reintegration.accounts.models import User

log = logging.getLogger(__name__)

LONGEST_ANSWER = 20_000
LONGEST_NAME = 60


class NotValid(Exception):
    """The browser's answer is no passkey of this account."""


def login_options() -> dict[str, Any]:
    """Ask for any passkey of this site; who it belongs to is in its answer."""
    return auth.begin_authentication(None)


def options_for(user: User) -> dict[str, Any] | None:
    """Ask for one of this account's passkeys; a damaged row must not close the other ways in."""
    try:
        return auth.begin_authentication(user)
    except ValidationError:
        log.warning("A stored passkey of %s cannot be read.", user.pk)
        return None


def new_options(user: User) -> dict[str, Any]:
    """Ask for a new passkey that also knows its owner, so that it can sign in by itself."""
    return auth.begin_registration(user, passwordless=True)


def _read(raw: str) -> Any:
    if not raw or len(raw) > LONGEST_ANSWER:
        raise NotValid
    try:
        answer = json.loads(raw)
    except ValueError:
        raise NotValid from None
    if not isinstance(answer, dict):
        raise NotValid
    return answer


def check(raw: str, *, user: User | None) -> Authenticator:
    """The passkey that answered: of this account, or of whichever account it names."""
    answer = _read(raw)
    try:
        auth.parse_authentication_response(answer)
        owner = user or auth.extract_user_from_response(answer)
        found = auth.complete_authentication(owner, answer)
    except Exception as error:
        log.info("A passkey was refused: %s", type(error).__name__)
        raise NotValid from error
    if not found.user.is_active:
        raise NotValid
    return found


def add(user: User, raw: str, name: str) -> Authenticator:
    answer = _read(raw)
    try:
        auth.parse_registration_response(answer)
        made = auth.complete_registration(answer)
        verified = made.is_user_verified()
    except Exception as error:
        log.info("A new passkey was refused: %s", type(error).__name__)
        raise NotValid from error
    if not verified:
        raise NotValid
    return auth.WebAuthn.add(user, name[:LONGEST_NAME], answer).instance
