"""Diagnoses, opinions of specialists, and the unit's own versions of the surveys."""

from participants.perms import CASE, HELPERS, LEADS
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# They fill a diagnosis and read its sensitive answers; an instructor reads the rest of it.
FILLERS = CASE | {Role.SPECIALIST}

DIAGNOSIS_LIST = action("participants.diagnosis.list", "Diagnozy osoby", roles=HELPERS)
DIAGNOSIS_START = action("participants.diagnosis.start", "Diagnoza: rozpoczęcie", roles=FILLERS)
DIAGNOSIS_FILL = action("participants.diagnosis.fill", "Diagnoza: wypełnianie", roles=FILLERS)
DIAGNOSIS_FINISH = action("participants.diagnosis.finish", "Diagnoza: zakończenie", roles=FILLERS)
DIAGNOSIS_DROP = action("participants.diagnosis.drop", "Diagnoza: usunięcie niedokończonej", roles=FILLERS)
DIAGNOSIS_SHOW = action("participants.diagnosis.show", "Diagnoza: wynik", roles=HELPERS)
DIAGNOSIS_COMPARE = action("participants.diagnosis.compare", "Diagnozy: porównanie", roles=HELPERS)
DIAGNOSIS_PRINT = action("participants.diagnosis.print", "Diagnoza: wydruk", roles=HELPERS)

OPINION_ADD = action("participants.specialist_opinion.add", "Opinia specjalisty: napisanie", roles=HELPERS)
OPINION_EDIT = action(
    "participants.specialist_opinion.edit", "Opinia specjalisty: zmiana szkicu", roles=HELPERS
)
OPINION_SIGN = action("participants.specialist_opinion.sign", "Opinia specjalisty: podpisanie", roles=HELPERS)
OPINION_DROP = action(
    "participants.specialist_opinion.drop", "Opinia specjalisty: usunięcie szkicu", roles=HELPERS
)
OPINION_SHOW = action("participants.specialist_opinion.show", "Opinia specjalisty", roles=HELPERS)
OPINION_PRINT = action("participants.specialist_opinion.print", "Opinia specjalisty: wydruk", roles=HELPERS)
OPINION_GRANT = action(
    "participants.specialist_opinion.grant", "Opinia specjalisty: otwarcie dla innej osoby", roles=HELPERS
)
OPINION_GRANT_END = action(
    "participants.specialist_opinion.grant_end", "Opinia specjalisty: odebranie dostępu", roles=HELPERS
)

TEMPLATE_LIST = action("participants.diagnosis_template.list", "Ankiety diagnozy", roles=CASE)
TEMPLATE_SHOW = action("participants.diagnosis_template.show", "Ankieta diagnozy: pytania", roles=CASE)
TEMPLATE_COPY = action("participants.diagnosis_template.copy", "Ankieta diagnozy: nowa wersja", roles=LEADS)
TEMPLATE_EDIT = action("participants.diagnosis_template.edit", "Ankieta diagnozy: zmiana pytań", roles=LEADS)
TEMPLATE_PUBLISH = action(
    "participants.diagnosis_template.publish", "Ankieta diagnozy: oddanie do użytku", roles=LEADS
)
TEMPLATE_DROP = action(
    "participants.diagnosis_template.drop", "Ankieta diagnozy: usunięcie szkicu", roles=LEADS
)
TEMPLATE_RETIRE = action(
    "participants.diagnosis_template.retire", "Ankieta diagnozy: wycofanie własnej", roles=LEADS
)
