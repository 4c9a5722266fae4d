"""Bands of age in which people are counted."""

from datetime import date
from typing import Final

from reintegration.core.dates import full_years

UNKNOWN: Final = ""
# The youngest age of each band.
AGES: Final = (15, 25, 35, 45, 55, 65)


def age_band(birth_date: date | None, on: date) -> str:
    """The youngest age of the band in which somebody is on a day, as a key."""
    if birth_date is None:
        return UNKNOWN
    years = full_years(birth_date, on)
    return str(max((least for least in AGES if least <= years), default=AGES[0]))
