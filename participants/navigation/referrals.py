"""A unit's place for referrals, and the tab of a file that came of one."""

from typing import Any

from django.urls import reverse

from participants.perms import referrals as perms
from participants.queries.referrals import to_take
from reintegration.core import slots
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import NavItem, register

register(
    NavItem(
        "referrals", "Skierowania", "inbox", "participants:referral_list", perms.LIST,
        order=15, phone=True, kinds=frozenset({OrganisationKind.UNIT}), count=to_take, hotkey="S",
    )
)  # fmt: skip


def tab(request: Any, case: Any) -> tuple[str, str] | None:
    """Only a file that came of a referral has the tab."""
    if case.referral_id is None or not request.may(perms.SHOW):
        return None
    return ("Skierowanie", reverse("participants:file_referral", args=[case.pk]))


slots.fill("participants.file_tabs", tab, order=10)
