"""The places of this room in the navigation."""

from typing import Any

from django.db.models import QuerySet

from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reporting import perms
from reporting.queries.graduates import to_issue

UNIT = frozenset({OrganisationKind.UNIT})


def waiting(request: Any) -> QuerySet[Any]:
    return to_issue()


register(
    NavItem(
        "graduates", "Absolwenci", "certificate", "reporting:graduates", perms.GRADUATE_LIST,
        group="unit", order=41, kinds=UNIT, count=waiting,
        covers=lambda request: ["reporting:certificates"],
    )
)  # fmt: skip
