"""Where partners stand: beside what goes on after and outside the unit."""

from participants.perms import partners as perms
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind

register(
    NavItem(
        "partners", "Partnerzy", "heart-handshake", "participants:partner_list", perms.PARTNER_LIST,
        group="unit", order=44, kinds=frozenset({OrganisationKind.UNIT}),
    )
)  # fmt: skip
