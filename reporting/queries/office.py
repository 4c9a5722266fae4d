"""What the desk of a voivode's office says of its registers today, read at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from participants.models import Gmina
from reintegration.core.dates import add_months
from reintegration.tenancy.enums import UnitType
from reporting.enums import Standing
from reporting.queries.registers import on_day, voivodeship
from reporting.rules.registers import HORIZONS

NO_POWIAT = "bez powiatu"


@dataclass(frozen=True, slots=True)
class OfPowiat:
    name: str
    cis: int
    kis: int


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Who works in the voivodeship on a day: numbers, where, and whose status runs out within a year."""

    cis: int
    kis: int
    # Gminas in which a unit works, and how many there are.
    gminas: int
    of_gminas: int
    powiats: Sequence[OfPowiat]
    # The nearest first.
    ending: Sequence[Any]


def cockpit(today: date) -> Cockpit:
    rows = list(on_day(today).filter(standing=Standing.ACTIVE).order_by("valid_until", "name_order", "pk"))
    kinds = Counter(row.entry.unit_type for row in rows)
    places = Counter((row.powiat or NO_POWIAT, row.entry.unit_type) for row in rows)
    last = add_months(today, HORIZONS[-1])
    return Cockpit(
        cis=kinds[UnitType.CIS],
        kis=kinds[UnitType.KIS],
        gminas=len({row.gmina_code or (row.powiat, row.gmina or row.town) for row in rows}),
        of_gminas=Gmina.objects.filter(code__startswith=voivodeship()).count(),
        powiats=[
            OfPowiat(name, places[name, UnitType.CIS], places[name, UnitType.KIS])
            for name in sorted({name for name, _ in places}, key=lambda one: (one == NO_POWIAT, one))
        ],
        ending=[row for row in rows if row.valid_until is not None and row.valid_until <= last],
    )
