"""This room's place in the navigation; other organisations reach the law through their settings."""

from reintegration.law import perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

register(
    NavItem(
        "law", "Prawo", "scale", "law:parameters", perms.LAW_LIST,
        group="operator", order=80, kinds=frozenset({OrganisationKind.OPERATOR}),
    )
)  # fmt: skip
