"""A unit's place for referrals."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from participants.perms import referrals as perms
from participants.queries.referrals import to_take
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register
from reintegration.tenancy.principal import Principal


def waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return to_take()


register(
    NavItem(
        "referrals", "Skierowania", "inbox", "participants:referral_list", perms.LIST,
        order=15, phone=True, kinds=frozenset({OrganisationKind.UNIT}), count=waiting, hotkey="S",
    )
)  # fmt: skip
