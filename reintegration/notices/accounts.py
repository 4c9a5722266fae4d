"""What the room of accounts needs of mails and jobs, which stand above it.

Its mails go the way of all mails: stored with the business, one job each, never twice. Its leftovers go by
night.
"""

from typing import Any

from reintegration.accounts import cleaning, mails
from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind
from reintegration.notices.services import write_to
from reintegration.tenancy.models import Organisation


def deliver(mail: mails.Mail) -> None:
    write_to(kind=mail.kind.key, address=mail.to, link=mail.link, key=mail.key)


for kind in mails.KINDS:
    notice_kind(kind.key, title=kind.title, lead=kind.lead, by_mail=ByMail.ALWAYS, personal=True)
mails.deliver_by(deliver)


@job_handler("accounts.forget", title="Usuwanie starych sesji i formularzy", in_steps=True, priority=9)
def forget(work: Work) -> dict[str, Any]:
    """Each organisation by itself: a form that waits is somebody's personal data in that organisation."""
    now, removed = clock.now(), 0
    for organisation in Organisation.objects.order_by("pk"):
        with work.step(organisation.pk):
            removed += cleaning.forget_forms(now=now)
    with work.step():
        removed += cleaning.forget_sessions(now=now)
    return {"removed": removed}
