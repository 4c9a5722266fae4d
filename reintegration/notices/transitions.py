"""How a mail passes from state to state: it leaves `sending` by an answer of the server, or a person's."""

from enum import StrEnum
from uuid import UUID

from reintegration.core import clock
from reintegration.notices.enums import MailState
from reintegration.notices.models import Mail

S = MailState


class Transition(StrEnum):
    BEGIN = "begin"
    DELIVER = "deliver"
    PUT_BACK = "put_back"
    FAIL = "fail"
    LOSE = "lose"
    RESEND = "resend"
    ACCEPT = "accept"


TABLE: dict[Transition, tuple[frozenset[MailState], MailState]] = {
    Transition.BEGIN: (frozenset({S.QUEUED}), S.SENDING),
    # A slow server's late answer is still an answer.
    Transition.DELIVER: (frozenset({S.SENDING, S.UNCLEAR}), S.SENT),
    Transition.PUT_BACK: (frozenset({S.SENDING}), S.QUEUED),
    Transition.FAIL: (frozenset({S.QUEUED, S.SENDING}), S.FAILED),
    Transition.LOSE: (frozenset({S.SENDING}), S.UNCLEAR),
    # Only a person decides these two.
    Transition.RESEND: (frozenset({S.UNCLEAR, S.FAILED}), S.QUEUED),
    Transition.ACCEPT: (frozenset({S.UNCLEAR, S.FAILED}), S.SENT),
}


class Refused(RuntimeError):
    """The mail is not in a state from which this may happen."""


def locked(mail_id: UUID) -> Mail:
    found: Mail = Mail.objects.select_for_update(of=("self",)).get(pk=mail_id)
    return found


def turn(transition: Transition, mail_id: UUID, *, error: str = "") -> Mail:
    """Lock, check, write; inside the caller's scope."""
    mail = locked(mail_id)
    sources, to = TABLE[transition]
    if mail.state not in sources:
        message = f"A mail that is {mail.state} cannot {transition}."
        raise Refused(message)
    mail.state = to
    mail.error = error[:200]
    if to is S.SENT:
        mail.sent_at = clock.now()
        mail.address = None
        mail.link = None
    mail.save()
    return mail
