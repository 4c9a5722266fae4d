"""Rows with traits, for tests that speak of what a row is and not of its fields.

    staff("Anna Lawenda", "volunteer", "left")
    site("Stolarnia", "closed")

Each is stored in the current scope; a trait is a name for the values that make it true.
"""

from datetime import date, timedelta
from typing import Any

from reintegration.core import clock
from reintegration.tenancy.models import Site, StaffMember, UnitAccount, UnitCalendar

BEGAN = date(2024, 1, 1)
# The bank with the number zero does not exist; the check digits are right.
NUMBER = "54000000000000000000001234"

Values = dict[str, Any]


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _traits_of_staff() -> dict[str, Values]:
    return {
        "manager": {"kind": "manager"},
        "half_time": {"fte": "0.5"},
        "volunteer": {"kind": "volunteer", "basis": "volunteering", "fte": "0.1"},
        "left": {"until": _yesterday()},
        "coming": {"since": clock.today() + timedelta(days=1)},
    }


def _traits_of_site() -> dict[str, Values]:
    return {
        "closed": {"closed_on": _yesterday()},
        "coming": {"opened_on": clock.today() + timedelta(days=1)},
    }


def _with(traits: dict[str, Values], named: tuple[str, ...], values: Values) -> Values:
    for name in named:
        values |= traits[name]
    return values


def staff(name: str, *traits: str, **given: Any) -> StaffMember:
    first_name, _, last_name = name.partition(" ")
    values: Values = {
        "first_name": first_name,
        "last_name": last_name,
        "kind": "instructor",
        "basis": "employment",
        "fte": 1,
        "since": BEGAN,
    }
    return StaffMember.objects.create(**_with(_traits_of_staff(), traits, values) | given)


def site(name: str, *traits: str, **given: Any) -> Site:
    values: Values = {
        "name": name,
        "street": "ul. Klonowa 4",
        "postcode": "22-001",
        "town": "Modrzewno",
        "opened_on": BEGAN,
    }
    return Site.objects.create(**_with(_traits_of_site(), traits, values) | given)


def ready_unit() -> None:
    """What the first steps of a unit leave behind, as far as they need no second person."""
    site("Stolarnia")
    UnitCalendar.objects.create(since=BEGAN, weekdays=[1, 2, 3, 4, 5])
    UnitAccount.objects.create(since=BEGAN, number=NUMBER, bank="Bank Wymyślony")
