"""This room's place in the navigation; other organisations reach the journal through their settings."""

from reintegration.audit import perms
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register

register(
    NavItem(
        "journal", "Dziennik zdarzeń", "history", "audit:journal", perms.JOURNAL,
        group="operator", order=80, kinds=frozenset({OrganisationKind.OPERATOR}),
    )
)  # fmt: skip
