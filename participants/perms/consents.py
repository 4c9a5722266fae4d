"""Consents, what rests on them, what is known of one person, and until when it is kept."""

from participants.perms import CASE, KEEPERS, LEADS, MANAGER
from reintegration.tenancy.actions import action

CONSENT_LIST = action("participants.consent.list", "Zgody osoby", roles=KEEPERS)
CONSENT_GIVE = action("participants.consent.give", "Zgoda: zapisanie", roles=CASE)
CONSENT_PAPER = action("participants.consent.paper", "Zgoda: dołączenie podpisanego pisma", roles=KEEPERS)
CONSENT_CONFIRM = action("participants.consent.confirm", "Zgoda opiekuna na przekazanie karty", roles=CASE)
CONSENT_WITHDRAW = action("participants.consent.withdraw", "Zgoda: cofnięcie", roles=CASE)
CONSENT_HEED = action("participants.consent.heed", "Cofnięta zgoda: wstrzymanie", roles=CASE)
CONSENT_FORM = action("participants.consent.form", "Zgoda: wzór do podpisu", roles=KEEPERS)
NOTICE_PRINT = action("participants.notice.print", "Informacja o danych: wydruk", roles=KEEPERS)
CARD_SHARE = action("participants.card.share", "Przekazanie karty odbiorcy", roles=CASE)

TRANSFER_LIST = action("participants.transfer.list", "Przekazane sprawy: lista", roles=CASE)
TRANSFER_SHOW = action("participants.transfer.show", "Przekazana sprawa", roles=CASE)
TRANSFER_SEND = action("participants.transfer.send", "Przekazanie sprawy innej jednostce", roles=CASE)
TRANSFER_ACCEPT = action("participants.transfer.accept", "Przekazana sprawa: odebranie", roles=CASE)
TRANSFER_REFUSE = action("participants.transfer.refuse", "Przekazana sprawa: odmowa", roles=CASE)
TRANSFER_CANCEL = action("participants.transfer.cancel", "Przekazana sprawa: cofnięcie", roles=CASE)

# Everything about one person, the confidential included: as a rule the answer to a request under RODO.
PERSON_EXPORT = action(
    "participants.person.export",
    "Wszystkie dane jednej osoby (art. 15 i 20 RODO)",
    roles=MANAGER,
    reauth=True,
)
EXPORT_SHOW = action("participants.export.show", "Wszystkie dane jednej osoby: odbiór", roles=MANAGER)
RETENTION_LIST = action("participants.retention.list", "Przechowywanie danych: terminy", roles=LEADS)
