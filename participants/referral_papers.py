"""What goes out on paper of a referral."""

from participants.models import Referral
from participants.queries.portal import reason_label
from reintegration.core import clock
from reintegration.documents.papers import SignatureBox, render_pdf
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
