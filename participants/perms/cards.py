"""The counselling card: who writes in it, who reads and prints it, and who asks how people fare later."""

from participants.perms import CASE, HELPERS
from reintegration.tenancy.actions import action

CARD_SHOW = action("participants.card.show", "Karta usług doradczych", roles=HELPERS)
CARD_ADD = action("participants.card.add", "Karta usług doradczych: wpis", roles=HELPERS)
CARD_STRIKE = action("participants.card.strike", "Karta usług doradczych: skreślenie wpisu", roles=HELPERS)
CARD_RESTORE = action(
    "participants.card.restore", "Karta usług doradczych: cofnięcie skreślenia", roles=HELPERS
)
CARD_PRINT = action("participants.card.print", "Karta usług doradczych: wydruk", roles=HELPERS)

FOLLOW_UP_LIST = action("participants.follow_up.list", "Rozmowy po zakończeniu: lista", roles=CASE)
FOLLOW_UP_PLAN = action("participants.follow_up.plan", "Rozmowa po zakończeniu: zaplanowanie", roles=CASE)
FOLLOW_UP_RECORD = action("participants.follow_up.record", "Rozmowa po zakończeniu: zapis", roles=CASE)
FOLLOW_UP_MISS = action("participants.follow_up.miss", "Rozmowa po zakończeniu: brak kontaktu", roles=CASE)
FOLLOW_UP_MOVE = action("participants.follow_up.move", "Rozmowa po zakończeniu: zmiana terminu", roles=CASE)
