"""Entries of registers, made by the services themselves; names are invented."""

from datetime import date
from typing import Any

from reintegration.tenancy.enums import UnitType
from reporting.models import RegisterEntry
from reporting.services import registers

GRANTED = date(2022, 5, 1)
OFFICE = {"office": "maria", "other_office": "dorota"}

DATA: dict[str, Any] = {
    "name": "CIS „Stary Młyn”",
    "street": "ul. Młyńska 3",
    "postcode": "22-010",
    "town": "Wierzbowiec",
    "gmina": "Wierzbowiec",
    "powiat": "powiat wierzbowiecki",
    "phone": "810000001",
    "email": "biuro@starymlyn.example",
    "activity": "usługi stolarskie",
    "starts_on": GRANTED,
    "founder_name": "Fundacja Koło",
    "founder_kind": "ngo",
    "founder_town": "Wierzbowiec",
}


def entered(unit_type: str = "CIS", number: str = "1", since: date = GRANTED, **data: Any) -> RegisterEntry:
    return registers.enter(
        unit_type=UnitType(unit_type),
        number=number,
        decision=f"PS.{number}.{since.year}",
        decided_on=since,
        since=since,
        **{**DATA, **data},
    )
