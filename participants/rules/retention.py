"""How long the data of a person are kept (art. 8b ust. 5; for a KIS art. 18f names no term)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from participants.rules.codes import UnitType

YEARS: Final = 10


def keep_until(ended_on: date, *, unit_type: UnitType, kis_years: int = YEARS) -> date:
    """The last day of keeping: 31 December, ten years after the year in which services ended.

    Art. 8b ust. 5 counts from the end of the calendar year, so that January and December are alike.
    For a KIS the controller chooses the years; the ten of a CIS are no choice.
    """
    if kis_years < 1:
        raise ValueError("Data are kept for at least a year.")
    years = kis_years if unit_type is UnitType.KIS else YEARS
    return date(ended_on.year + years, 12, 31)


def keep_all_until(
    ends: Iterable[date | None], *, unit_type: UnitType, kis_years: int = YEARS
) -> date | None:
    """The last day of keeping for a person with several participations; None while one is open.

    Who came back is kept from the end of the last time, because the services ended only then.
    """
    days = list(ends)
    if not days:
        raise ValueError("A person without any participation has no services that could end.")
    ended = [day for day in days if day is not None]
    if len(ended) < len(days):
        return None
    return keep_until(max(ended), unit_type=unit_type, kis_years=kis_years)


def may_be_erased(kept_until: date | None, *, today: date, held: bool = False) -> bool:
    """Tell whether the term has passed; a legal hold stops the clock's effect, not the clock."""
    return kept_until is not None and today > kept_until and not held
