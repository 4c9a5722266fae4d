"""This room's place in the navigation."""

from reintegration.audit import perms
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register

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
