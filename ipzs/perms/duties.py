"""Who may do what with duties: training, examinations, clothing, accidents."""

from participants.perms import CASE, HELPERS, KEEPERS, LEADS, MANAGER
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import Role

# They hold trainings and hand things out.
GIVERS = KEEPERS | {Role.INSTRUCTOR}
READERS = HELPERS | KEEPERS

DUTY_SHOW = action("ipzs.duty.show", "Obowiązki wobec uczestnika", roles=READERS)
DUTY_LIST = action("ipzs.duty.list", "Obowiązki: co wygasa", roles=GIVERS)
DUTY_RECORD = action("ipzs.duty.record", "Obowiązek: zapisanie", roles=GIVERS)
DUTY_MANY = action("ipzs.duty.record_many", "Obowiązek: zapisanie kilku osobom", roles=GIVERS)
DUTY_CHANGE = action("ipzs.duty.change", "Obowiązek: poprawienie", roles=KEEPERS)
DUTY_REMOVE = action("ipzs.duty.remove", "Obowiązek: usunięcie wpisu", roles=KEEPERS)
# What a doctor wrote is health.
DUTY_SCAN = action("ipzs.duty.scan", "Obowiązek: skan dokumentu", roles=CASE)
DUTY_PRINT = action("ipzs.duty.print", "Karty obowiązków: wydruk", roles=GIVERS)
REFERRAL_PRINT = action("ipzs.medical_referral.print", "Skierowanie na badania: wydruk", roles=KEEPERS)
RULES = action("ipzs.duty_rule.edit", "Obowiązki: zasady jednostki", roles=MANAGER)

ITEM_ISSUE = action("ipzs.item.issue", "Odzież i ochrona: wydanie", roles=GIVERS)
ITEM_RETURN = action("ipzs.item.return", "Odzież i ochrona: zwrot", roles=GIVERS)
ITEM_REMOVE = action("ipzs.item.remove", "Odzież i ochrona: usunięcie wpisu", roles=KEEPERS)

# Whoever saw it writes it down; what came of it is health, and belongs to those who lead cases.
ACCIDENT_REPORT = action("ipzs.accident.report", "Wypadek: zgłoszenie", roles=READERS)
ACCIDENT_LIST = action("ipzs.accident.list", "Rejestr wypadków", roles=CASE)
ACCIDENT_SHOW = action("ipzs.accident.show", "Wypadek", roles=CASE)
ACCIDENT_CHANGE = action("ipzs.accident.change", "Wypadek: uzupełnienie", roles=CASE)
ACCIDENT_EXAMINE = action("ipzs.accident.examine", "Wypadek: ustalenie okoliczności", roles=CASE)
ACCIDENT_PRINT = action("ipzs.accident.print", "Protokół powypadkowy: wydruk", roles=CASE)
ACCIDENT_CONFIRM = action("ipzs.accident.confirm", "Protokół powypadkowy: zatwierdzenie", roles=LEADS)
ACCIDENT_REOPEN = action("ipzs.accident.reopen", "Protokół powypadkowy: wycofanie", roles=LEADS)
ACCIDENT_SEND = action("ipzs.accident.send", "Wypadek: przekazanie do ZUS", roles=LEADS)
