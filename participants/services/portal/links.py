"""Signed links: a way in for a body without an account.

The link goes by e-mail, the code by paper or phone; neither opens anything alone. A link names its unit
under a signature, so that only that unit's scope is ever opened, and its code is kept as a slow hash.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from participants.enums import AgreementState, LinkPurpose, ReferralSource
from participants.models import Agreement, Referral, SignedLink
from participants.notice_kinds.portal import LINK_MAILS
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.notices.services import write_to
from reintegration.notices.sms import Handover, hand_over
from reintegration.tenancy.scope import current_scope

CODE_DIGITS = 9
MOST_ATTEMPTS = 5
LONGEST_DAYS = 60
SESSION = timedelta(minutes=30)

_ADDRESS = Signer(salt="participants.link", sep=".")
_VISIT = TimestampSigner(salt="participants.link.visit", sep=".")


@dataclass(frozen=True, slots=True)
class Named:
    """What the address of a link names, once its signature holds."""

    unit_id: UUID
    link_id: UUID


def token_of(link: SignedLink) -> str:
    """The address part of a link: its unit and its key, signed."""
    raw = base64.urlsafe_b64encode(link.unit_id.bytes + link.pk.bytes).decode().rstrip("=")
    return _ADDRESS.sign(raw)


def read_token(token: str) -> Named | None:
    """What an address names; nothing when we did not sign it."""
    try:
        raw = base64.urlsafe_b64decode(_ADDRESS.unsign(token) + "==")
        return Named(UUID(bytes=raw[:16]), UUID(bytes=raw[16:]))
    except (BadSignature, ValueError):
        return None


def issue_link(
    *,
    purpose: str,
    body_name: str,
    body_kind: str,
    email: str,
    body_id: UUID | None = None,
    body_place: str = "",
    phone: str = "",
    referral_id: UUID | None = None,
    agreement_id: UUID | None = None,
    days: int = 14,
) -> tuple[SignedLink, Handover]:
    """Issue a link and its code. The code is given back once: nobody can read it later."""
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(f"Odnośnik działa od 1 do {LONGEST_DAYS} dni.", field="days")
    if not clean(body_name):
        raise InputError("Wpisz, dla kogo jest odnośnik.", field="body_name")
    wanted = LinkPurpose(purpose)
    now = clock.now()
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    link: SignedLink = SignedLink.objects.create(
        purpose=wanted,
        referral=_referral(wanted, referral_id),
        agreement=_agreement(wanted, agreement_id),
        body_name=clean(body_name),
        body_id=body_id,
        body_place=body_place,
        body_kind=ReferralSource(body_kind),
        email=email,
        code_hash=make_password(code),
        made_at=now,
        made_by_id=current_scope().user_id,
        expires_at=now + timedelta(days=days),
    )
    write_to(
        kind=LINK_MAILS[wanted].key,
        address=email,
        link=reverse("participants:link", args=[token_of(link)]),
        key=str(link.pk),
    )
    return link, hand_over(phone=phone, code=code, key=str(link.pk))


def _referral(purpose: LinkPurpose, referral_id: UUID | None) -> Referral | None:
    """A link follows a referral of a body that has no account; the others look at theirs at home."""
    if purpose is not LinkPurpose.FOLLOW:
        return None
    found: Referral | None = Referral.objects.filter(pk=referral_id, sender__isnull=True).first()
    if found is None:
        raise InputError("Wybierz skierowanie podmiotu bez konta.", field="referral")
    return found


def _agreement(purpose: LinkPurpose, agreement_id: UUID | None) -> Agreement | None:
    if purpose is not LinkPurpose.AGREE:
        return None
    rows = Agreement.objects.filter(sender__isnull=True, state=AgreementState.ASKED)
    found: Agreement | None = rows.filter(pk=agreement_id).first()
    if found is None:
        raise InputError("Wybierz program, który czeka na uzgodnienie.", field="agreement")
    return found


def revoke_link(*, link_id: UUID) -> SignedLink:
    """End a link at once, also for whoever is inside."""
    link: SignedLink = SignedLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
    return link


# Coming in, in the scope of the link's unit


def works(link: SignedLink) -> bool:
    """Whether the link may still be used by who has given its code.

    Wrong codes lock the door and put nobody out: somebody's guessing must not stop who is inside.
    """
    return link.revoked_at is None and link.expires_at > clock.now()


def try_code(*, link_id: UUID, code: str) -> SignedLink | None:
    """Compare a code, one attempt at a time; a wrong one counts, and after the last none is compared."""
    link = SignedLink.objects.select_for_update(of=("self",)).filter(pk=link_id).first()
    typed = "".join(sign for sign in code if sign.isdigit())
    if link is None or link.attempts >= MOST_ATTEMPTS:
        waste_time(typed)
        return None
    if not check_password(typed, link.code_hash):
        link.attempts += 1
        link.save(update_fields=["attempts"])
        return None
    if works(link):
        link.attempts = 0
        link.used_at = link.used_at or clock.now()
        link.save(update_fields=["attempts", "used_at"])
    found: SignedLink = link
    return found


def waste_time(code: str) -> None:
    """Take as long as comparing does, so that an address that names nothing answers no sooner."""
    make_password(code)


def visit_of(link: SignedLink) -> str:
    """What the browser carries after the code: this link only, and not for long."""
    return _VISIT.sign(f"{link.pk.hex}:{_fingerprint(link)}")


def is_visit(link: SignedLink, carried: str) -> bool:
    """Whether what the browser carries is a visit of this very link."""
    try:
        told = _VISIT.unsign(carried, max_age=SESSION)
    except BadSignature:
        return False
    return constant_time_compare(told, f"{link.pk.hex}:{_fingerprint(link)}")


def _fingerprint(link: SignedLink) -> str:
    return salted_hmac("participants.link.visit", link.code_hash, algorithm="sha256").hexdigest()[:32]
