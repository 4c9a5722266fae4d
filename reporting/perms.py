"""Who may do what with registers, reports and what is counted from the files."""

from participants.perms import CASE, MANAGER
from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import OFFICE_ROLES, OPERATOR_ROLES, Role

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
YEARS_OF_ALL = action("reporting.years.all", "Liczby wszystkich jednostek: lata", roles=OPERATOR_ROLES)
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

# Notices, applications and letters: the unit's side, the office's side, and what both read.
OWNERS = MANAGER | {Role.OFFICE}
PROCEDURE_SHOW = action(
    "reporting.procedure.show", "Sprawy rejestru: wgląd, załączniki i wydruk", roles=CASE | OWNERS | OFFICE
)
PROCEDURE_WRITE = action(
    "reporting.procedure.write", "Sprawy rejestru: zgłoszenie i wniosek jednostki", roles=OWNERS
)
PROCEDURE_SEND = action(
    "reporting.procedure.send", "Sprawy rejestru: wysłanie do urzędu i wycofanie", roles=MANAGER
)
PROCEDURE_LIST = action(
    "reporting.procedure.list", "Zgłoszenia KIS i wnioski CIS w urzędzie: lista", roles=OFFICE
)
PROCEDURE_DECIDE = action(
    "reporting.procedure.decide", "Zgłoszenia KIS i wnioski CIS: wezwanie i rozstrzygnięcie", roles=REGISTRAR
)
PROCEDURE_RECEIVE = action(
    "reporting.procedure.receive", "Sprawy rejestru: odbiór wezwania", roles=MANAGER | REGISTRAR
)
LETTER_SHOW = action("reporting.letter.show", "Pismo nadzoru: wgląd i wydruk", roles=OWNERS | OFFICE)
LETTER_LIST = action("reporting.letter.list", "Pisma nadzoru: lista", roles=OFFICE)
LETTER_WRITE = action("reporting.letter.write", "Pismo nadzoru: napisanie i wysłanie", roles=OFFICE)
LETTER_ANSWER = action("reporting.letter.answer", "Pismo nadzoru: odbiór i odpowiedź", roles=MANAGER | OFFICE)

# Inspections: the office prepares and leads them, those who inspect look; the unit reads its own, and the
# journal of the unit names the look by the same action.
INSPECTION_LIST = action("reporting.inspection.list", "Kontrole: lista", roles=OFFICE)
INSPECTION_SHOW = action("reporting.inspection.show", "Kontrola: wgląd", roles=OWNERS | OFFICE)
INSPECTION_WRITE = action(
    "reporting.inspection.write", "Kontrola: przygotowanie, dostęp i ustalenia", roles=OFFICE
)
INSPECTION_OPEN = action(
    "reporting.inspection.open",
    "Kontrola: otwarcie i przedłużenie dostępu, dołączenie kontrolujących",
    roles=OFFICE,
    reauth=True,
)
INSPECTION_SAMPLE = action("reporting.inspection.sample", "Kontrola: dobór akt do próby", roles=OFFICE)
INSPECTION_LOOK = action("reporting.inspection.look", "Kontrola: wgląd w akta uczestnika", roles=OFFICE)
INSPECTION_RESULT = action(
    "reporting.inspection.result", "Kontrola: protokół, stanowisko i zalecenia", roles=OFFICE
)
INSPECTION_ANSWER = action(
    "reporting.inspection.answer", "Kontrola: odbiór, zastrzeżenia i odpowiedzi", roles=MANAGER | OFFICE
)

# Layouts of the reports are the same for everybody: one operator brings a version, another confirms it.
LAYOUT_LIST = action("reporting.layout.list", "Wzory sprawozdań: lista", roles=OPERATOR_ROLES)
LAYOUT_SHOW = action("reporting.layout.show", "Wzory sprawozdań: podgląd i plik", roles=OPERATOR_ROLES)
LAYOUT_PROPOSE = action("reporting.layout.propose", "Wzory sprawozdań: wgranie wersji", roles=OPERATOR_ROLES)
LAYOUT_CONFIRM = action(
    "reporting.layout.confirm", "Wzory sprawozdań: publikacja wersji", roles=OPERATOR_ROLES, reauth=True
)
LAYOUT_WITHDRAW = action(
    "reporting.layout.withdraw", "Wzory sprawozdań: wycofanie wersji", roles=OPERATOR_ROLES
)

# Annual reports: numbers are for those who count them, whom they count is for those who lead cases.
REPORT_SHOW = action("reporting.report.show", "Sprawozdania roczne: wgląd i pobieranie", roles=COUNTERS)
REPORT_PEOPLE = action("reporting.report.people", "Sprawozdania roczne: kogo policzono", roles=CASE)
REPORT_WRITE = action(
    "reporting.report.write",
    "Sprawozdania roczne: wpisywanie, uwagi i odbiorcy",
    roles=MANAGER | {Role.OFFICE, Role.ACCOUNTANT},
)
REPORT_SEND = action(
    "reporting.report.send", "Sprawozdania roczne: wysłanie, wycofanie i korekta", roles=MANAGER, reauth=True
)
OFFICE_REPORT_SHOW = action("reporting.office_report.show", "Sprawozdania jednostek: wgląd", roles=OFFICE)
OFFICE_REPORT_COMMENT = action(
    "reporting.office_report.comment", "Sprawozdania jednostek: uwagi do komórek", roles=OFFICE
)
OFFICE_REPORT_DECIDE = action(
    "reporting.office_report.decide", "Sprawozdania jednostek: zwrot i przyjęcie", roles=OFFICE
)
OFFICE_REPORT_ATTACH = action(
    "reporting.office_report.attach", "Sprawozdania jednostek: połączenie z wpisem", roles=REGISTRAR
)

# The season of reports in the voivode's office.
SEASON_SHOW = action("reporting.season.show", "Sezon sprawozdań: tablica i zestawienie", roles=OFFICE)
SEASON_REMIND = action("reporting.season.remind", "Sezon sprawozdań: przypomnienia", roles=OFFICE)
TOTALS_SHOW = action("reporting.totals.show", "Sumy ze sprawozdań i statystyka publiczna", roles=OFFICE)
OUTSIDE_WRITE = action(
    "reporting.outside.write", "Sprawozdania spoza programu: wpisanie, wczytanie i przyjęcie", roles=OFFICE
)
COLLECTIVE_SHOW = action("reporting.collective.show", "Sprawozdanie zbiorcze: wgląd i wydruk", roles=OFFICE)
COLLECTIVE_WRITE = action(
    "reporting.collective.write", "Sprawozdanie zbiorcze: przygotowanie", roles=REGISTRAR
)
COLLECTIVE_SEND = action(
    "reporting.collective.send", "Sprawozdanie zbiorcze: wysłanie", roles=REGISTRAR, reauth=True
)
