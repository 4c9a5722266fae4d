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


HEADINGS = (
    "numer w rejestrze;nazwa;ulica i numer;kod pocztowy;miejscowość;prowadzący;rodzaj prowadzącego;"
    "prowadzący: miejscowość;status od;status do"
)


def register_file(*lines: str) -> bytes:
    """A register as an office kept it; without lines, one unit."""
    usual = "7;CIS „Spichlerz”;Rynek 2;22-020;Rokitowo;Gmina Rokitowo;jednostka samorządu terytorialnego;"
    rows = lines or (f"{usual}Rokitowo;1.07.2016;30.06.2026",)
    return "\r\n".join([HEADINGS, *rows, ""]).encode()


def club_file() -> bytes:
    """The register of clubs: one unit, with the day of its entry."""
    headings, line, *_ = register_file().decode().split("\r\n")
    return "\r\n".join([headings.replace("status od", "dzień wpisu"), line, ""]).encode()
