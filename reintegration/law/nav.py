"""This room's places in the navigation."""

from reintegration.law import perms
from reintegration.shell.nav import NavItem, register

register(NavItem("law", "Prawo", "scale", "law:parameters", perms.LAW_LIST, group="unit", order=80))
register(
    NavItem(
        "law_unit",
        "Odczyty ustawy",
        "adjustments",
        "law:readings",
        perms.READING_LIST,
        group="unit",
        order=82,
    )
)
