"""What goes out on paper of a referral."""

from participants.enums import ReferralSource
from participants.models import Referral
from participants.queries.portal import reason_label
from reintegration.core import clock
from reintegration.documents.papers import Letterhead, SignatureBox, render_pdf
from reintegration.documents.services import letterhead


def refusal_pdf(referral: Referral) -> bytes:
    """The refusal for the person and for who referred: the reason, and what comes of it."""
    by = "podpis osoby, która prowadzi sprawę"
    return render_pdf(
        "participants/referrals/paper/refusal.html",
        {
            "referral": referral,
            "sender": referral.sender_name or referral.get_source_display(),
            "reason": reason_label(referral.state, referral.reason),
            "boxes": [SignatureBox(by)],
        },
        title="Odmowa przyjęcia",
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def notifies(referral: Referral) -> bool:
    """Whether a labour office refers, which tells the welfare centre of it (art. 12 ust. 3)."""
    return (
        referral.source == ReferralSource.PUP
        and bool(referral.ops_name)
        and referral.ops_notified_on is not None
    )


def notice_pdf(referral: Referral, *, office: Letterhead) -> bytes:
    """The labour office's notice to the welfare centre, in the name of the office."""
    return render_pdf(
        "participants/referrals/paper/notice.html",
        {
            "referral": referral,
            "unit": referral.unit.organisation.name,
            "boxes": [SignatureBox("podpis pracownika urzędu", name=referral.sender_person)],
        },
        title="Zawiadomienie o skierowaniu",
        made_at=clock.now(),
        letterhead=office,
    )
