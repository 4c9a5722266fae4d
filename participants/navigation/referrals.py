"""A unit's place for referrals."""

from participants.perms import referrals as perms
from participants.queries.referrals import to_take
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register

register(
    NavItem(
        "referrals", "Skierowania", "inbox", "participants:referral_list", perms.LIST,
        order=15, phone=True, kinds=frozenset({OrganisationKind.UNIT}), count=to_take, hotkey="S",
    )
)  # fmt: skip
