"""This room's place in the navigation."""

from reintegration.audit import perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

register(
    NavItem(
        "journal",
        "Dziennik zdarzeń",
        "history",
        "audit:journal",
        perms.JOURNAL,
        "unit",
        80,
        kinds=frozenset(OrganisationKind) - {OrganisationKind.OPERATOR},
    )
)
register(
    NavItem(
        "platform_journal",
        "Dziennik zdarzeń",
        "history",
        "audit:journal",
        perms.JOURNAL,
        "operator",
        80,
        kinds=frozenset({OrganisationKind.OPERATOR}),
    )
)
