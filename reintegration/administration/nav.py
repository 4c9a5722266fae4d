"""This room's places in the navigation."""

from reintegration.administration import perms
from reintegration.administration.settings_places import url_names
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

UNIT = frozenset({OrganisationKind.UNIT})
OPERATOR = frozenset({OrganisationKind.OPERATOR})
OTHERS = frozenset(OrganisationKind) - UNIT - OPERATOR

register(
    NavItem(
        "organisations", "Organizacje", "building", "administration:organisation_list",
        perms.ORGANISATION_LIST, group="operator", order=10,
    )
)  # fmt: skip

for key, group, kinds in (
    ("settings", "unit", UNIT),
    ("settings_operator", "operator", OPERATOR),
    ("settings_others", "main", OTHERS),
):
    register(
        NavItem(
            key, "Ustawienia", "settings", "administration:settings", perms.SETTINGS,
            group=group, order=95, kinds=kinds, covers=url_names,
        )
    )  # fmt: skip
