"""This room's places in the navigation."""

from reintegration.law import perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

UNIT = frozenset({OrganisationKind.UNIT})
OPERATOR = frozenset({OrganisationKind.OPERATOR})
OTHERS = frozenset(OrganisationKind) - UNIT - OPERATOR

# The group of places differs by who looks; the page is the same.
for key, group, kinds in (
    ("law", "unit", UNIT),
    ("law_operator", "operator", OPERATOR),
    ("law_others", "main", OTHERS),
):
    register(
        NavItem(key, "Prawo", "scale", "law:parameters", perms.LAW_LIST, group=group, order=80, kinds=kinds)
    )
register(
    NavItem(
        "readings",
        "Odczyty ustawy",
        "adjustments",
        "law:readings",
        perms.READING_LIST,
        group="unit",
        order=82,
    )
)
