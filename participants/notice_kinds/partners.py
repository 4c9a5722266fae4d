"""Mails to partners: which unit asks, and for what kind of help. Of the person they say nothing."""

from participants.enums import HelpKind
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind

REQUEST_MAILS = {
    kind: notice_kind(
        f"participants.partner_{kind.value}",
        title=f"Prośba o pomoc: {kind.label}",
        lead=f"Jedna z osób, z którymi pracujemy, potrzebuje pomocy: {kind.label}."
        " Prosimy o odpowiedź, czy i od kiedy mogą Państwo pomóc. O szczegółach porozmawiamy.",
        by_mail=ByMail.ALWAYS,
        personal=True,
        outside=True,
    )
    for kind in HelpKind
}
