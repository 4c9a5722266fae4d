"""Where the close of the month stands."""

from ipzs.perms import months as perms
from reintegration.administration.settings_places import UNIT
from reintegration.shell.nav import NavItem, register

register(
    NavItem(
        "attendance_months", "Zamknięcie obecności", "lock", "ipzs:month_list", perms.LIST,
        group="money", order=10, kinds=UNIT,
    )
)  # fmt: skip
