"""Who may do what in the settings of an organisation, and what the operator may do with organisations."""

from reintegration.tenancy.actions import action
from reintegration.tenancy.enums import ALL_ROLES, OPERATOR_ROLES, UNIT_ROLES, Role

# One role in each kind of organisation answers for it: it invites, gives and takes rights.
LEADS = frozenset({Role.MANAGER, Role.BODY_HEAD, Role.REGISTRAR, Role.OPERATOR})
OWNERS = LEADS - OPERATOR_ROLES
MANAGER = frozenset({Role.MANAGER})
KEEPERS_OF_STAFF = frozenset({Role.MANAGER, Role.OFFICE})
READERS_OF_STAFF = KEEPERS_OF_STAFF | {Role.ACCOUNTANT}
READERS_OF_ACCOUNT = frozenset({Role.MANAGER, Role.ACCOUNTANT})

SETTINGS = action("administration.settings.show", "Ustawienia: spis", roles=ALL_ROLES)
MATRIX = action("administration.matrix.show", "Uprawnienia: kto co może", roles=ALL_ROLES)
START = action("administration.start.show", "Pierwsze kroki jednostki", roles=MANAGER)

OWN_EDIT = action("administration.own.edit", "Dane własnej organizacji: zmiana", roles=OWNERS)
TWO_PEOPLE = action(
    "administration.two_people.set",
    "Zapis, że w jednostce pracują tylko dwie osoby",
    roles=MANAGER,
    reauth=True,
)

MEMBER_LIST = action("administration.member.list", "Osoby z dostępem: lista", roles=LEADS)
MEMBER_SHOW = action("administration.member.show", "Osoby z dostępem: role jednej osoby", roles=LEADS)
ROLE_ADD = action("administration.role.add", "Nadanie roli", roles=LEADS, reauth=True)
ROLE_EDIT = action("administration.role.edit", "Zmiana dat roli", roles=LEADS, reauth=True)
ROLE_REVOKE = action("administration.role.revoke", "Odebranie roli", roles=LEADS, reauth=True)
MEMBER_REVOKE = action("administration.member.revoke", "Odebranie całego dostępu", roles=LEADS, reauth=True)

SITE_LIST = action("administration.site.list", "Miejsca zajęć: lista", roles=UNIT_ROLES)
SITE_OPEN = action("administration.site.open", "Miejsca zajęć: dodanie", roles=MANAGER)
SITE_EDIT = action("administration.site.edit", "Miejsca zajęć: zmiana", roles=MANAGER)
SITE_CLOSE = action("administration.site.close", "Miejsca zajęć: zamknięcie", roles=MANAGER)

STAFF_LIST = action("administration.staff.list", "Kadra i wolontariusze: lista", roles=READERS_OF_STAFF)
STAFF_ADD = action("administration.staff.add", "Kadra i wolontariusze: dodanie", roles=KEEPERS_OF_STAFF)
STAFF_EDIT = action("administration.staff.edit", "Kadra i wolontariusze: zmiana", roles=KEEPERS_OF_STAFF)
STAFF_REMOVE = action(
    "administration.staff.remove", "Kadra i wolontariusze: usunięcie błędnego wpisu", roles=KEEPERS_OF_STAFF
)

CALENDAR_SHOW = action("administration.calendar.show", "Kalendarz zajęć: przegląd", roles=UNIT_ROLES)
WEEK_SET = action("administration.week.set", "Kalendarz zajęć: dni tygodnia", roles=MANAGER)
WEEK_REMOVE = action("administration.week.remove", "Kalendarz zajęć: usunięcie zmiany", roles=MANAGER)
CLOSED_DAY_ADD = action("administration.closed_day.add", "Dni bez zajęć: dodanie", roles=MANAGER)
CLOSED_DAY_REMOVE = action("administration.closed_day.remove", "Dni bez zajęć: usunięcie", roles=MANAGER)

ACCOUNT_SHOW = action("administration.account.show", "Rachunek jednostki: przegląd", roles=READERS_OF_ACCOUNT)
ACCOUNT_SET = action("administration.account.set", "Rachunek jednostki: zmiana", roles=MANAGER, reauth=True)
ACCOUNT_REMOVE = action(
    "administration.account.remove", "Rachunek jednostki: wycofanie zmiany", roles=MANAGER, reauth=True
)

ORGANISATION_LIST = action("administration.organisation.list", "Organizacje: lista", roles=OPERATOR_ROLES)
ORGANISATION_SHOW = action("administration.organisation.show", "Organizacje: podgląd", roles=OPERATOR_ROLES)
ORGANISATION_OPEN = action("administration.organisation.open", "Organizacje: otwarcie", roles=OPERATOR_ROLES)
ORGANISATION_EDIT = action("administration.organisation.edit", "Organizacje: zmiana", roles=OPERATOR_ROLES)
ORGANISATION_CLOSE = action(
    "administration.organisation.close", "Organizacje: zamknięcie", roles=OPERATOR_ROLES, reauth=True
)
ORGANISATION_REOPEN = action(
    "administration.organisation.reopen",
    "Organizacje: ponowne otwarcie",
    roles=OPERATOR_ROLES,
    reauth=True,
)
LEAD_INVITE = action(
    "administration.lead.invite",
    "Organizacje: zaproszenie pierwszej osoby",
    roles=OPERATOR_ROLES,
    reauth=True,
)
LEAD_WITHDRAW = action(
    "administration.lead.withdraw", "Organizacje: wycofanie zaproszenia", roles=OPERATOR_ROLES
)
FOUNDER_LIST = action("administration.founder.list", "Podmioty tworzące: lista", roles=OPERATOR_ROLES)
FOUNDER_ADD = action("administration.founder.add", "Podmioty tworzące: dodanie", roles=OPERATOR_ROLES)
FOUNDER_EDIT = action("administration.founder.edit", "Podmioty tworzące: zmiana", roles=OPERATOR_ROLES)
