"""The places of this room in the navigation: of a unit, and of a voivode's office."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from reintegration.administration.settings_places import SettingsPlace, settings_place
from reintegration.shell.nav import NavItem, register
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.navigation import Covered
from reintegration.tenancy.principal import Principal
from reporting import perms
from reporting.models import ClubNotice, StatusApplication
from reporting.queries import procedures
from reporting.queries.graduates import to_issue
from reporting.queries.season import waiting_for_office

UNIT = frozenset({OrganisationKind.UNIT})
OFFICE = frozenset({OrganisationKind.VOIVODE_OFFICE})
OPERATOR = frozenset({OrganisationKind.OPERATOR})


def waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return to_issue()


def notices_waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return procedures.waiting(ClubNotice)


def applications_waiting(principal: Principal, today: date) -> QuerySet[Any]:
    return procedures.waiting(StatusApplication)


def marked(key: str) -> Covered:
    """One address shows entries of both registers, or is opened by both sides: its view says where it
    belongs."""

    def covers(request: Any) -> list[str]:
        return [request.path] if getattr(request, "nav_place", "") == key else []

    return covers


def to_check(principal: Principal, today: date) -> QuerySet[Any]:
    return waiting_for_office()


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
        group="registers", order=10, kinds=OFFICE, phone=True, covers=marked("cis_register"),
    )
)  # fmt: skip
register(
    NavItem(
        "kis_register", "Rejestr KIS", "home", "reporting:kis_register", perms.REGISTER_SHOW,
        group="registers", order=20, kinds=OFFICE, phone=True, covers=marked("kis_register"),
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
        "notices", "Zgłoszenia KIS", "inbox", "reporting:notices", perms.PROCEDURE_LIST,
        group="registers", order=40, kinds=OFFICE, count=notices_waiting, covers=marked("notices"),
    )
)  # fmt: skip
register(
    NavItem(
        "applications", "Wnioski CIS", "writing", "reporting:applications", perms.PROCEDURE_LIST,
        group="registers", order=50, kinds=OFFICE, count=applications_waiting, covers=marked("applications"),
    )
)  # fmt: skip
register(
    NavItem(
        "letters", "Pisma nadzoru", "gavel", "reporting:letters", perms.LETTER_LIST,
        group="oversight", order=10, kinds=OFFICE, covers=marked("letters"),
    )
)  # fmt: skip
register(
    NavItem(
        "inspections", "Kontrole", "clipboard-check", "reporting:inspections", perms.INSPECTION_LIST,
        group="oversight", order=15, kinds=OFFICE, covers=marked("inspections"),
    )
)  # fmt: skip
register(
    NavItem(
        "season", "Sprawozdania", "report", "reporting:season", perms.SEASON_SHOW,
        group="oversight", order=10, kinds=OFFICE, phone=True, count=to_check,
    )
)  # fmt: skip
register(
    NavItem(
        "collectives", "Sprawozdania zbiorcze", "file-text", "reporting:collectives", perms.COLLECTIVE_SHOW,
        group="oversight", order=20, kinds=OFFICE,
    )
)  # fmt: skip
register(
    NavItem(
        "statistics", "Statystyka", "chart-bar", "reporting:statistics", perms.STATISTICS_SHOW,
        group="unit", order=60, kinds=UNIT,
        covers=lambda request: ["reporting:statistics_years"],
    )
)  # fmt: skip
register(
    NavItem(
        "platform_years", "Liczby jednostek", "chart-bar", "reporting:platform_years", perms.YEARS_OF_ALL,
        group="operator", order=86, kinds=OPERATOR,
    )
)  # fmt: skip
register(
    NavItem(
        "layouts", "Wzory sprawozdań", "file-spreadsheet", "reporting:layouts", perms.LAYOUT_LIST,
        group="operator", order=85, kinds=OPERATOR,
    )
)  # fmt: skip
register(
    NavItem(
        "reports", "Sprawozdania", "file-text", "reporting:reports", perms.REPORT_SHOW,
        group="unit", order=55, kinds=UNIT,
    )
)  # fmt: skip
settings_place(
    SettingsPlace(
        "Wpis w rejestrze", "Co o jednostce mówi rejestr wojewody i do kiedy jest status.",
        "building-community", "reporting:own_entry", perms.REGISTER_OWN, "organisation", UNIT,
    )
)  # fmt: skip
