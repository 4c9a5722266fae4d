"""Ways to the forms of a voivode's office: an entry in the right state, and what a person types."""

from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from ipzs.imports.table import TEXT
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from reintegration.documents.files import store_bytes
from reporting.services import registers
from tests.cast import World
from tests.reporting.made import club_file, entered, register_file

Way = Callable[[World, Client], str]

TABLES: dict[str, Callable[[], bytes]] = {
    "reporting.cis_register": register_file,
    "reporting.kis_register": club_file,
}


def _entry(name: str, unit_type: str = "CIS") -> Way:
    def way(world: World, client: Client) -> str:
        with world.scope("office", "maria"):
            return reverse(f"reporting:{name}", args=[entered(unit_type, number="R-1").pk])

    return way


def _linked(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        entry = entered(number="R-1")
        registers.link(entry_id=entry.pk, unit_id=world.cis.pk)
        return reverse("reporting:entry_unlink", args=[entry.pk])


def _file(world: World, client: Client) -> str:
    with world.scope("office", "maria"):
        kept = store_bytes(register_file(), name="plik.csv", media_type=TEXT, kind="reporting.cis_register")
    return reverse("reporting:register_import_run", args=[kept.pk])


REPORTING_WAYS: dict[str, Way] = {
    **{
        f"reporting:entry{name}": _entry(f"entry{name}")
        for name in ("", "_change", "_prolong", "_note", "_link")
    },
    "reporting:entry_end": _entry("entry_end", "KIS"),
    "reporting:entry_unlink": _linked,
    "reporting:register_import_run": _file,
}


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_NUMBERS: Mapping[str, Any] = {
    "founder_postcode": ["22-010"],
    "founder_nip": ["1234563218"],
    "founder_regon": ["123456785"],
    "founder_krs": ["0000123456"],
}
REPORTING_TYPED: dict[str, dict[str, Any]] = {
    "reporting:cis_enter": {**_NUMBERS, "decided_on": _day, "since": _day},
    "reporting:kis_enter": {**_NUMBERS, "decided_on": _day},
    "reporting:entry_change": {**_NUMBERS, "since": _day},
    "reporting:entry_prolong": {"decided_on": _day},
    "reporting:entry_end": {"decided_on": _day, "since": _day},
}
