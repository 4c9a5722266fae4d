"""What a referring body, a visitor and whoever holds a signed link may do; and who publishes places."""

from participants.perms import CASE, LEADS
from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import BODY_ROLES, Role

# A visitor, with no account and nothing stored
PRECHECK = public_action("participants.precheck.do", "Sprawdzenie, czy osoba może przyjść")
PLACE_READ = public_action("participants.place.read", "Wolne miejsca dla wszystkich")
LINK_USE = public_action("participants.link.use", "Wejście przez odnośnik z kodem")
# Named in the events that a link leaves behind; nobody reaches an address by them.
LINK_SEND = public_action("participants.link.send", "Skierowanie wysłane przez odnośnik")
LINK_FOLLOW = public_action("participants.link.follow", "Podgląd skierowania przez odnośnik")
LINK_OPINION = public_action("participants.link.opinion", "Opinia dodana przez odnośnik")
LINK_AGREE = public_action("participants.link.agree", "Uzgodnienie programu przez odnośnik")
LINK_READ = public_action("participants.link.read", "Lista albo rozliczenie przez odnośnik")
LINK_CODE = public_action("participants.link.code", "Próba kodu do odnośnika")

# A referring body
OWN_LIST = action("participants.own_referral.list", "Lista własnych skierowań", roles=BODY_ROLES)
OWN_SHOW = action("participants.own_referral.show", "Własne skierowanie", roles=BODY_ROLES)
OWN_WRITE = action("participants.own_referral.write", "Pisanie skierowania", roles=BODY_ROLES)
OWN_SEND = action("participants.own_referral.send", "Wysłanie skierowania", roles=BODY_ROLES)
OWN_WITHDRAW = action("participants.own_referral.withdraw", "Wycofanie skierowania", roles=BODY_ROLES)
OWN_REOPEN = action("participants.own_referral.reopen", "Otwarcie skierowania na nowo", roles=BODY_ROLES)
OWN_MESSAGE = action("participants.own_referral.message", "Wiadomość do jednostki", roles=BODY_ROLES)
OWN_OPINION = action("participants.own_referral.opinion", "Opinia po wywiadzie w domu", roles=BODY_ROLES)
OWN_ATTACH = action("participants.own_referral.attach", "Załącznik do skierowania", roles=BODY_ROLES)
OPENED_READ = action(
    "participants.body_access.read", "Lista albo rozliczenie z konta podmiotu", roles=BODY_ROLES
)
NOTICE_READ = action("participants.ops_notice.read", "Zawiadomienia z urzędów pracy", roles=BODY_ROLES)
NOTICE_TICK = action("participants.ops_notice.tick", "Zawiadomienie: przeczytane", roles=BODY_ROLES)
PLACE_LIST = action("participants.place.list", "Wolne miejsca w okolicy", roles=BODY_ROLES)

# The unit
PUBLISHERS = LEADS | {Role.OFFICE}
OFFER_LIST = action("participants.offer.list", "Lista ogłoszonych miejsc", roles=PUBLISHERS)
OFFER_EDIT = action("participants.offer.edit", "Ogłoszenie wolnych miejsc", roles=PUBLISHERS)
LINK_LIST = action("participants.link.list", "Lista odnośników z kodem", roles=CASE)
LINK_ISSUE = action("participants.link.issue", "Wydanie odnośnika z kodem", roles=CASE)
LINK_REVOKE = action("participants.link.revoke", "Cofnięcie odnośnika z kodem", roles=CASE)
ACCESS_LIST = action("participants.body_access.list", "Lista podmiotów, które czytają z konta", roles=CASE)
ACCESS_CLOSE = action("participants.body_access.close", "Zamknięcie dostępu z konta", roles=CASE)
