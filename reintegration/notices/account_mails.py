"""The mails about accounts go the way of all mails: stored with the business, one job each, never twice."""

from reintegration.accounts import mails
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind
from reintegration.notices.services import write_to


def deliver(mail: mails.Mail) -> None:
    write_to(kind=mail.kind.key, address=mail.to, link=mail.link, key=mail.key)


for kind in mails.KINDS:
    notice_kind(kind.key, title=kind.title, lead=kind.lead, by_mail=ByMail.ALWAYS, personal=True)
mails.deliver_by(deliver)
