"""Who may do what with the money of a CIS."""

from participants.perms import CASE, HELPERS, MANAGER
from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import BODY_ROLES, Role

# They prepare what is paid: they need the account and PIT-2, which nobody else in the unit does.
PAYERS = frozenset({Role.MANAGER, Role.ACCOUNTANT, Role.OFFICE})

PAY_SHOW = action("benefits.pay.show", "Świadczenie osoby: wgląd", roles=PAYERS | CASE)
APPLY = action("benefits.grant.apply", "Świadczenie: wniosek osoby i wycofanie", roles=PAYERS | CASE)
DECIDE = action("benefits.grant.decide", "Świadczenie: przyznanie i odmowa", roles=MANAGER)
DECISION_ISSUE = action("benefits.grant.paper", "Świadczenie: decyzja na papierze", roles=PAYERS | CASE)
PAY_DATA = action("benefits.pay.write", "Dane do wypłaty: konto, PIT-2, ubezpieczenie", roles=PAYERS)
SETTINGS = action("benefits.settings.edit", "Ustawienia wypłat", roles=MANAGER)
FORECAST = action("benefits.first_payment.show", "Pierwsza wypłata: prognoza", roles=PAYERS | CASE)
WHAT_IF = action("benefits.what_if.show", "Świadczenie: co by było, gdyby", roles=PAYERS | CASE)
FORECAST_PRINT = action("benefits.first_payment.print", "Pierwsza wypłata: wydruk", roles=PAYERS | CASE)
BODY_FORECAST = action(
    "benefits.first_payment.told", "Pierwsza wypłata: prognoza dla kierującego", roles=BODY_ROLES
)
APPLICATION_PRINT = action("benefits.grant.print", "Wniosek o świadczenie: wydruk", roles=PAYERS | CASE)

CLOSE_SHOW = action("benefits.close.show", "Rozliczenie miesiąca: kroki", roles=PAYERS)
LIST_SHOW = action("benefits.list.show", "Listy wypłat: wgląd", roles=PAYERS)
LIST_COUNT = action("benefits.list.count", "Lista wypłat: przeliczenie", roles=PAYERS)
LIST_LOCK = action("benefits.list.lock", "Lista wypłat: oddanie do podpisów", roles=PAYERS)
# The second of the three hands is the accountant's: a manager approves.
LIST_CHECK = action("benefits.list.check", "Lista wypłat: sprawdzenie", roles={Role.ACCOUNTANT}, reauth=True)
LIST_APPROVE = action("benefits.list.approve", "Lista wypłat: zatwierdzenie", roles=MANAGER, reauth=True)
LIST_PAY = action("benefits.list.pay", "Lista wypłat: potwierdzenie wypłaty", roles=MANAGER, reauth=True)
LIST_RETURN = action("benefits.list.return", "Lista wypłat: zwrot i porzucenie", roles=PAYERS)
LIST_SETTLE = action(
    "benefits.list.settle", "Lista wypłat: rozliczenie", roles={Role.MANAGER, Role.ACCOUNTANT}, reauth=True
)
LIST_CLOSE = action("benefits.list.close", "Lista wypłat: zamknięcie", roles=MANAGER, reauth=True)
STATEMENT_SHOW = action("benefits.statement.show", "Skąd ta kwota: wgląd", roles=PAYERS | CASE)
SIGNING_SHOW = action("benefits.signing.show", "Zasady podpisów: wgląd", roles=PAYERS)
STATEMENT_ISSUE = action("benefits.statement.issue", "Skąd ta kwota: na papierze", roles=PAYERS | CASE)
LIST_PAPERS = action("benefits.list.papers", "Lista wypłat: rozliczenia na papierze", roles=PAYERS)
SIGNING = action("benefits.signing.propose", "Zasady podpisów: zmiana", roles=MANAGER)
SIGNING_CONFIRM = action(
    "benefits.signing.confirm", "Zasady podpisów: potwierdzenie", roles=PAYERS, reauth=True
)
SIGNING_WITHDRAW = action("benefits.signing.withdraw", "Zasady podpisów: wycofanie propozycji", roles=PAYERS)
STANDING = action("benefits.standing.list", "Wyrównania: zestawienie", roles=PAYERS)
RECOVERY = action("benefits.recovery.write", "Podstawa potrącenia", roles=PAYERS)

PREMIUM_SHOW = action("benefits.premium.show", "Premie: kto ma propozycję", roles=HELPERS | PAYERS)
PREMIUM_PROPOSE = action(
    "benefits.premium.propose", "Premia: propozycja, jej zmiana i wycofanie", roles=HELPERS
)
PREMIUM_DECIDE = action(
    "benefits.premium.decide", "Premia: przyznanie, odmowa i cofnięcie", roles=MANAGER, reauth=True
)
# Whoever may print a decision sees all amounts and reasons; others see what they proposed themselves.
PREMIUM_PRINT = action(
    "benefits.premium.print", "Premie: wszystkie kwoty, powody i decyzje", roles=PAYERS | CASE
)

TRANSFER_SHOW = action("benefits.transfer.show", "Przelewy i kasa: wgląd i wydruki", roles=PAYERS)
TRANSFER_MAKE = action(
    "benefits.transfer.make", "Przelewy: zrobienie pliku", roles={Role.MANAGER, Role.ACCOUNTANT}, reauth=True
)
TRANSFER_TAKE = action(
    "benefits.transfer.take", "Przelewy: pobranie pliku", roles={Role.MANAGER, Role.ACCOUNTANT}
)
ANSWER_SHOW = action("benefits.answer.show", "Wyciągi: wgląd i tabele", roles=PAYERS)
ANSWER_TAKE_IN = action("benefits.answer.take_in", "Wyciągi: wczytanie pliku z banku", roles=PAYERS)
ANSWER_DECIDE = action("benefits.answer.decide", "Wyciągi: dopasowanie i odłożenie operacji", roles=PAYERS)
LINE_SHOW = action("benefits.line.show", "Płatności z listy: wgląd i tabele", roles=PAYERS)
# What came back is paid again or left by whoever may send money.
LINE_DECIDE = action(
    "benefits.line.decide",
    "Płatności z listy: potwierdzenie, zwrot i co dalej",
    roles={Role.MANAGER, Role.ACCOUNTANT},
    reauth=True,
)
LEDGER_SHOW = action("benefits.ledger.show", "Księga: wgląd i tabele", roles={Role.MANAGER, Role.ACCOUNTANT})

CONTRIBUTION_SHOW = action("benefits.contribution.show", "Składki ZUS: wgląd i wydruki", roles=PAYERS)
CONTRIBUTION_TAKE = action("benefits.contribution.take", "Składki ZUS: plik dla Płatnika", roles=PAYERS)

# How somebody is insured is for whoever leads the case or prepares money; an instructor sees nothing of it.
HEALTH_SHOW = action("benefits.health.show", "Ubezpieczenie zdrowotne: wgląd i listy", roles=PAYERS | CASE)
HEALTH_WRITE = action("benefits.health.write", "Ubezpieczenie zdrowotne: wpisy", roles=PAYERS | CASE)
HEALTH_TELL = action("benefits.health.tell", "Ubezpieczenie zdrowotne: przekazanie OPS", roles=PAYERS | CASE)
HEALTH_PRINT = action("benefits.health.print", "Ubezpieczenie zdrowotne: pisma i lista", roles=PAYERS | CASE)
BODY_LINK = action("benefits.body_link.issue", "Odnośnik dla OPS i urzędu pracy: wydanie", roles=MANAGER)
BODY_OPEN = action(
    "benefits.body_access.open", "Dostęp z konta dla OPS i urzędu pracy: otwarcie", roles=MANAGER
)
HEALTH_ASKED = action("benefits.health.asked", "Zgłoszenia zdrowotne: lista OPS", roles=BODY_ROLES)
HEALTH_ANSWER = action("benefits.health.answer", "Zgłoszenia zdrowotne: dzień zgłoszenia", roles=BODY_ROLES)

# What went to an office is the word of whoever pays it: it changes what is owed.
PUBLIC_PAY = action(
    "benefits.public_payment.write",
    "Zapłaty do ZUS i urzędu skarbowego: zapis i wycofanie",
    roles={Role.MANAGER, Role.ACCOUNTANT},
    reauth=True,
)
TAX_SHOW = action("benefits.tax.show", "Podatek: wgląd i wydruki", roles=PAYERS)
TAX_ISSUE = action("benefits.tax.issue", "PIT-11: wydanie i doręczenie", roles=PAYERS)

FUND_SHOW = action("benefits.fund.show", "Fundusz Pracy: wgląd i wydruki", roles=PAYERS)
FUND_PREPARE = action(
    "benefits.fund.prepare", "Fundusz Pracy: umowy, wnioski robocze, odpowiedzi urzędu", roles=PAYERS
)
FUND_MONEY = action(
    "benefits.fund.money",
    "Fundusz Pracy: wysłanie wniosku, wpłaty, zwroty i rozliczenie",
    roles={Role.MANAGER, Role.ACCOUNTANT},
    reauth=True,
)

SUPPORTED_LIST = action(
    "benefits.supported.list", "Zatrudnienie wspierane: zestawienie i refundacje", roles=PAYERS | CASE
)
SUPPORTED_SHOW = action("benefits.supported.show", "Zatrudnienie wspierane: wgląd", roles=PAYERS | CASE)
SUPPORTED_WRITE = action(
    "benefits.supported.write", "Zatrudnienie wspierane: wniosek, umowa, praca", roles=CASE
)
SUPPORTED_REFUND = action(
    "benefits.supported.refund", "Zatrudnienie wspierane: refundacje dla pracodawcy", roles=PAYERS | CASE
)
SUPPORTED_PRINT = action(
    "benefits.supported.print", "Zatrudnienie wspierane: dokumenty dla pracodawcy", roles=PAYERS | CASE
)
