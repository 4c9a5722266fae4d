"""Sending mail and text messages, one job a message; and carrying out what the operator decided about one."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.urls import reverse

from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import JobError, Work
from reintegration.notices import kinds, mailing, postman, services
from reintegration.notices.enums import MailChannel, MailState
from reintegration.notices.models import Mail
from reintegration.notices.registry import TEXTS, NotWanted, TaskKind, title_of
from reintegration.notices.sms import text_sender
from reintegration.notices.transitions import Refused, Transition, locked, turn
from reintegration.tenancy.scope import OPERATOR_ID

NO_RECEIVER = "Nie ma do kogo wysłać: odbiorca odszedł, a nikt go nie zastępuje."
SILENCE = {
    MailChannel.MAIL: "Serwer poczty zamilkł po przyjęciu treści.",
    MailChannel.SMS: "Bramka SMS zamilkła po przyjęciu treści.",
}
REFUSAL = {
    MailChannel.MAIL: "Serwer poczty nie przyjął wiadomości ({}).",
    MailChannel.SMS: "Bramka SMS nie przyjęła wiadomości ({}).",
}
CRASH = "Program przerwano w trakcie wysyłania."
RESEND = "resend"
ACCEPT = "accept"


@job_handler(
    services.MAIL_JOB, title="Wysłanie e-maila albo SMS-a", priority=0, max_attempts=10, in_steps=True
)
def send_mail(work: Work) -> None:
    """Say „sending” and commit, speak to the server, write down the answer.

    Whoever finds a mail in `sending` knows that somebody began and did not come back; nobody can know
    whether it went, so it is not sent again.
    """
    mail_id = UUID(work.payload["mail"])
    with work.step():
        mail = locked(mail_id)
        begun = mail.state == MailState.SENDING
        deliver: Callable[[], None] | None = None
        failure = ""
        if begun:
            turn(Transition.LOSE, mail_id, error=CRASH)
        elif mail.state == MailState.QUEUED:
            try:
                deliver = _ready(mail)
            except mailing.NoReceiver:
                failure = NO_RECEIVER
                turn(Transition.FAIL, mail_id, error=failure)
            except NotWanted as refused:
                # Somebody's wish, and nothing for an operator to mend.
                turn(Transition.FAIL, mail_id, error=str(refused))
            else:
                turn(Transition.BEGIN, mail_id)
    if begun:
        tell_operator(work, kinds.MAIL_UNCLEAR, mail_id, mail.kind, CRASH)
    if failure:
        tell_operator(work, kinds.MAIL_FAILED, mail_id, mail.kind, failure)
    if deliver is None:
        return
    channel = MailChannel(mail.channel)
    silence = SILENCE[channel]
    try:
        deliver()
    except postman.Unclear:
        with work.step():
            turn(Transition.LOSE, mail_id, error=silence)
        tell_operator(work, kinds.MAIL_UNCLEAR, mail_id, mail.kind, silence)
    except postman.NotDelivered as error:
        reason = REFUSAL[channel].format(error.reason)
        with work.step():
            turn(Transition.PUT_BACK if error.again else Transition.FAIL, mail_id, error=reason)
        if error.again:
            raise JobError(reason) from None
        tell_operator(work, kinds.MAIL_FAILED, mail_id, mail.kind, reason)
    else:
        with work.step():
            turn(Transition.DELIVER, mail_id)


def _ready(mail: Mail) -> Callable[[], None]:
    """Everything but the sending, while a message that cannot go can still be put right."""
    if mail.channel == MailChannel.MAIL:
        return partial(postman.deliver, mailing.compose(mail))
    text = TEXTS[mail.kind].words(mail.key)
    return partial(text_sender().send, phone=text.phone, words=text.words, key=str(mail.pk))


@job_handler("notices.decide", title="Decyzja o niepewnej wiadomości", priority=0)
def decide(work: Work) -> None:
    """The operator's decision, carried out in the organisation whose mail it is."""
    mail_id = UUID(work.payload["mail"])
    try:
        if work.payload["decision"] == RESEND:
            services.resend_mail(mail_id=mail_id)
        else:
            services.accept_mail(mail_id=mail_id)
    except Refused:
        # The server's answer came in the meantime; there is nothing left to decide.
        return


def tell_operator(work: Work, kind: TaskKind, mail_id: UUID, notice: str, reason: str) -> None:
    """Put the decision on the operator's desk: what kind of mail, and no word of whose."""
    with work.step(OPERATOR_ID):
        services.raise_task(
            kind=kind.key,
            key=str(mail_id),
            title=f"{kind.label}: {title_of(notice)}",
            text=reason,
            link=reverse(
                "notices:mail_decide", kwargs={"organisation_id": work.organisation_id, "mail_id": mail_id}
            ),
        )
