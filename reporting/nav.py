"""The places of this room in the navigation: of a unit, and of a voivode's office."""

from typing import Any

from django.db.models import QuerySet

from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reporting import perms
from reporting.queries.graduates import to_issue

UNIT = frozenset({OrganisationKind.UNIT})
OFFICE = frozenset({OrganisationKind.VOIVODE_OFFICE})


def waiting(request: Any) -> QuerySet[Any]:
    return to_issue()


register(
    NavItem(
        "graduates", "Absolwenci", "certificate", "reporting:graduates", perms.GRADUATE_LIST,
        group="unit", order=41, kinds=UNIT, count=waiting,
        covers=lambda request: ["reporting:certificates"],
    )
)  # fmt: skip
register(
    NavItem(
        "cis_register", "Rejestr CIS", "building-community", "reporting:cis_register", perms.REGISTER_SHOW,
        group="registers", order=10, kinds=OFFICE, phone=True,
    )
)  # fmt: skip
register(
    NavItem(
        "kis_register", "Rejestr KIS", "home", "reporting:kis_register", perms.REGISTER_SHOW,
        group="registers", order=20, kinds=OFFICE, phone=True,
    )
)  # fmt: skip
register(
    NavItem(
        "expiry", "Kończące się statusy", "hourglass", "reporting:expiry", perms.REGISTER_SHOW,
        group="registers", order=30, kinds=OFFICE,
    )
)  # fmt: skip
register(
    NavItem(
        "statistics", "Statystyka", "chart-bar", "reporting:statistics", perms.STATISTICS_SHOW,
        group="unit", order=60, kinds=UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Wpis w rejestrze", "Co o jednostce mówi rejestr wojewody i do kiedy jest status.",
        "building-community", "reporting:own_entry", perms.REGISTER_OWN, "organisation", UNIT,
    )
)  # fmt: skip
