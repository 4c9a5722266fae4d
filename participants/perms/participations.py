"""Who may do what with files: who reads them, who leads them, who agrees to a programme."""

from participants.perms import CASE, KEEPERS, LEADS, MANAGER, TEAM
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import BODY_ROLES, Role

LIST = action("participants.participation.list", "Uczestnicy: lista", roles=TEAM)
SHOW = action("participants.participation.show", "Sprawa uczestnika: przegląd", roles=TEAM)
OPEN = action("participants.participation.open", "Sprawa uczestnika: otwarcie", roles=KEEPERS)
ELSEWHERE = action(
    "participants.participation.elsewhere", "Pytanie, czy osoba jest w innej jednostce", roles=CASE
)
PERIODS = action("participants.period.set", "Okresy uczestnictwa: wpisanie i zmiana", roles=CASE)
END = action("participants.participation.end", "Sprawa uczestnika: zakończenie", roles=CASE)
CORRECT = action("participants.participation.correct", "Zakończenie sprawy: poprawienie", roles=LEADS)
REOPEN = action("participants.participation.reopen", "Sprawa uczestnika: ponowne otwarcie", roles=LEADS)
CERTIFICATE = action("participants.certificate.note", "Zaświadczenie: dzień wydania", roles=CASE)
ASSIGN = action("participants.case_manager.assign", "Opiekun: wybór", roles=CASE)
TEAM_ADD = action("participants.team.add", "Zespół uczestnika: dodanie osoby", roles=CASE)
TEAM_END = action("participants.team.end", "Zespół uczestnika: zakończenie pracy", roles=CASE)
HAND_OVER = action("participants.caseload.hand_over", "Przekazanie wszystkich spraw", roles=LEADS)
AGREEMENT_RECORD = action(
    "participants.agreement.record", "Uzgodnienie programu: odpowiedź na piśmie", roles=CASE
)
SETTINGS = action("participants.intake_settings.edit", "Terminy i obszar przyjęć", roles=MANAGER)

AGREEMENT_LIST = action("participants.agreement.list", "Do uzgodnienia: lista", roles=BODY_ROLES)
AGREEMENT_SHOW = action("participants.agreement.show", "Do uzgodnienia: program", roles=BODY_ROLES)
AGREEMENT_FILE = action("participants.agreement.file", "Do uzgodnienia: plik programu", roles=BODY_ROLES)
AGREEMENT_ANSWER = action(
    "participants.agreement.answer", "Do uzgodnienia: odpowiedź", roles=frozenset({Role.BODY_HEAD})
)
