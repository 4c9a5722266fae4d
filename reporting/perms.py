"""Who may do what with registers, reports and what is counted from the files."""

from participants.perms import CASE, MANAGER
from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import OFFICE_ROLES, Role

# The voivode's office: whoever keeps a register changes it, whoever inspects reads it.
OFFICE = OFFICE_ROLES
REGISTRAR = frozenset({Role.REGISTRAR})

# Who left and what became of them is for those who lead cases; the manager issues (art. 13 ust. 5a).
GRADUATE_LIST = action("reporting.graduate.list", "Absolwenci: lista", roles=CASE)
CERTIFICATE_SHOW = action("reporting.certificate.show", "Zaświadczenie: wgląd i podgląd druku", roles=CASE)
CERTIFICATE_LIST = action("reporting.certificate.list", "Wydane zaświadczenia: lista", roles=CASE)
CERTIFICATE_ISSUE = action(
    "reporting.certificate.issue", "Zaświadczenie: wydanie, duplikat i korekta", roles=MANAGER
)
OUTCOME_NOTE = action("reporting.outcome.note", "Efekty udziału: zapis", roles=CASE)

# Numbers name nobody; who was counted is for those who lead cases.
COUNTERS = CASE | {Role.OFFICE, Role.ACCOUNTANT}
STATISTICS_SHOW = action("reporting.statistics.show", "Statystyka: wgląd, tabele i wydruk", roles=COUNTERS)
STATISTICS_PEOPLE = action("reporting.statistics.people", "Statystyka: kogo policzono", roles=CASE)
REGISTER_SHOW = action("reporting.register.show", "Rejestry CIS i KIS: wgląd", roles=OFFICE)
REGISTER_WRITE = action("reporting.register.write", "Rejestry CIS i KIS: wpisy i dane", roles=REGISTRAR)
REGISTER_DECIDE = action(
    "reporting.register.decide", "Rejestry CIS i KIS: przedłużenie, utrata, wykreślenie", roles=REGISTRAR
)
REGISTER_IMPORT = action("reporting.register.import", "Rejestry CIS i KIS: wczytanie pliku", roles=REGISTRAR)
REGISTER_READ = public_action("reporting.register.read", "Rejestr CIS i KIS dla wszystkich")
REGISTER_OWN = action(
    "reporting.register.own", "Wpis jednostki w rejestrze wojewody: wgląd", roles=CASE | {Role.OFFICE}
)
