"""What is told about referrals, on both sides. Nothing of a person goes by e-mail."""

from participants.perms import CASE, LEADS
from reintegration.notices.enums import Urgency
from reintegration.notices.registry import notice_kind, task_kind
from reintegration.tenancy.enums import BODY_ROLES, Role

WORKERS = frozenset({Role.BODY_WORKER})

# To the unit
CAME = notice_kind(
    "participants.referral_came",
    title="Nowe skierowanie",
    lead="Do Twojej jednostki przyszło skierowanie. Odbierz je po zalogowaniu.",
    roles=LEADS,
)
CHANGED = notice_kind(
    "participants.referral_changed",
    title="Zmiana w skierowaniu",
    lead="Podmiot kierujący dopisał coś w skierowaniu albo je wycofał.",
    roles=LEADS,
)
STALE = notice_kind(
    "participants.referral_stale",
    title="Skierowania bez ruchu",
    lead="Są skierowania, w których od dawna nic się nie dzieje. Sprawdź, czy są aktualne.",
    roles=LEADS,
)

# To the sender
STEP = notice_kind(
    "participants.referral_step",
    title="Nowy krok w Twoim skierowaniu",
    lead="Jednostka zapisała kolejny krok w skierowaniu, które wysłałeś lub wysłałaś.",
    roles=BODY_ROLES,
)
DECIDED = notice_kind(
    "participants.referral_decided",
    title="Rozstrzygnięto Twoje skierowanie",
    lead="Jednostka rozstrzygnęła skierowanie. Wynik i uzasadnienie przeczytasz po zalogowaniu.",
    roles=BODY_ROLES,
)
RETURNED = notice_kind(
    "participants.referral_returned",
    title="Skierowanie wróciło do uzupełnienia",
    lead="Jednostka zwróciła skierowanie. Czego brakuje, przeczytasz po zalogowaniu.",
    roles=BODY_ROLES,
)
OPINION_LATE = notice_kind(
    "participants.opinion_late",
    title="Minął termin opinii",
    lead="Skierowanie czeka na opinię pracownika socjalnego. Dodaj ją po zalogowaniu.",
    roles=WORKERS,
)

# To a welfare centre that a labour office told
OPS_TAKEN_BACK = notice_kind(
    "participants.ops_taken_back",
    title="Zawiadomienie z urzędu pracy cofnięte",
    lead="Urząd pracy wskazał w skierowaniu inny ośrodek. Które zawiadomienie, przeczytasz po zalogowaniu.",
    roles=BODY_ROLES,
)

# On the desk of the unit
NEW = task_kind(
    "participants.referral_new", label="Nowe skierowanie", roles=LEADS, icon="inbox", action="Odbierz"
)
ANSWER_DUE = task_kind(
    "participants.referral_answer", label="Termin odpowiedzi na skierowanie", roles=CASE, icon="clock"
)
INTERVIEW = task_kind(
    "participants.referral_interview",
    label="Rozmowa z kandydatem",
    roles=CASE,
    icon="message",
    action="Zapisz wynik",
)
TRIAL_START = task_kind(
    "participants.referral_trial", label="Początek okresu próbnego", roles=CASE, icon="player-play"
)
OPINION_MISSING = task_kind(
    "participants.opinion_missing",
    label="Brak opinii w terminie",
    roles=CASE,
    urgency=Urgency.BAD,
    icon="writing",
)
# On the desk of the sender
OPINION_DUE = task_kind(
    "participants.opinion_due",
    label="Opinia pracownika socjalnego",
    roles=WORKERS,
    icon="writing",
    action="Dodaj opinię",
)
OPS_TOLD = task_kind(
    "participants.ops_told",
    label="Zawiadomienie z urzędu pracy",
    roles=BODY_ROLES,
    icon="mail",
    action="Przeczytaj",
)
TO_COMPLETE = task_kind(
    "participants.referral_to_complete",
    label="Skierowanie do uzupełnienia",
    roles=WORKERS,
    icon="arrow-back-up",
    action="Uzupełnij",
)
