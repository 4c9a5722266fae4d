"""Who in a unit may do what with the referrals that came to it."""

from participants.perms import CASE, KEEPERS, LEADS
from reintegration.tenancy.actions import action

LIST = action("participants.referral.list", "Skierowania: lista i oczekujący", roles=KEEPERS)
SHOW = action("participants.referral.show", "Skierowanie: podgląd z wpisami", roles=KEEPERS)
FILE = action("participants.referral.file", "Skierowanie: otwarcie załącznika", roles=KEEPERS)
ENTER = action("participants.referral.enter", "Skierowanie: wpisanie wniosku z papieru", roles=KEEPERS)
RECEIVE = action("participants.referral.receive", "Skierowanie: odebranie", roles=KEEPERS)
STUDY = action("participants.referral.study", "Skierowanie: rozpatrywanie", roles=CASE)
INVITE = action("participants.referral.invite", "Skierowanie: zaproszenie na rozmowę", roles=CASE)
WAIT = action("participants.referral.wait", "Skierowanie: lista oczekujących", roles=CASE)
OFFER = action("participants.referral.offer", "Skierowanie: zaproszenie na okres próbny", roles=CASE)
ACCEPT = action("participants.referral.accept", "Skierowanie: przyjęcie osoby", roles=CASE)
REFUSE = action("participants.referral.refuse", "Skierowanie: odmowa", roles=CASE)
REFUSAL_PRINT = action("participants.referral.refusal_print", "Skierowanie: odmowa na papierze", roles=CASE)
RETURN = action("participants.referral.return", "Skierowanie: zwrot do uzupełnienia", roles=CASE)
OBSOLETE = action("participants.referral.obsolete", "Skierowanie: zamknięcie nieaktualnego", roles=CASE)
WITHDRAW = action(
    "participants.referral.withdraw", "Skierowanie bez konta kierującego: wycofanie", roles=CASE
)
REOPEN = action("participants.referral.reopen", "Skierowanie: ponowne otwarcie", roles=LEADS)
HAND_OVER = action(
    "participants.referral.hand_over", "Skierowanie: przekazanie jednostce tego samego podmiotu", roles=LEADS
)
MESSAGE = action("participants.referral.message", "Skierowanie: wiadomość do kierującego", roles=CASE)
OPINION = action("participants.referral.opinion", "Skierowanie: wpisanie opinii z papieru", roles=CASE)
ATTACH = action("participants.referral.attach", "Skierowanie: załącznik", roles=KEEPERS)
NOTE = action("participants.referral.note", "Skierowanie: notatka dla zespołu", roles=CASE)
ASSIGN = action("participants.referral.assign", "Skierowanie: kto prowadzi", roles=CASE)
BULK = action("participants.referral.bulk", "Skierowania: krok dla zaznaczonych", roles=CASE)
