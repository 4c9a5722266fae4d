"""Mails with a signed link: who gets one has no account, so nothing in it names a person."""

from participants.enums import LinkPurpose
from reintegration.notices.enums import ByMail
from reintegration.notices.registry import notice_kind

_WORDS = {
    LinkPurpose.REFER: (
        "refer",
        "Odnośnik do wysłania skierowania",
        "Jednostka czeka na skierowanie. Otwórz odnośnik i wpisz kod, który podała osobno.",
    ),
    LinkPurpose.FOLLOW: (
        "follow",
        "Odnośnik do skierowania",
        "Pod odnośnikiem zobaczysz, co dzieje się ze skierowaniem. Kod jednostka podała osobno.",
    ),
    LinkPurpose.AGREE: (
        "agree",
        "Odnośnik do uzgodnienia programu",
        "Jednostka prosi o uzgodnienie programu. Otwórz odnośnik i wpisz kod, który podała osobno.",
    ),
    LinkPurpose.MONTH: (
        "month",
        "Odnośnik do listy miesiąca",
        "Pod odnośnikiem jest lista miesiąca do pobrania. Kod jednostka podała osobno.",
    ),
    LinkPurpose.FUND: (
        "fund",
        "Odnośnik do rozliczenia",
        "Pod odnośnikiem są wnioski jednostki i ich rozliczenie. Kod jednostka podała osobno.",
    ),
}

LINK_MAILS = {
    purpose: notice_kind(
        f"participants.link_{name}", title=title, lead=lead, by_mail=ByMail.ALWAYS, personal=True
    )
    for purpose, (name, title, lead) in _WORDS.items()
}
