"""How long the data of a person are kept (art. 8b ust. 5; for a KIS art. 18f names no term)."""

from datetime import date
from typing import Final

YEARS: Final = 10


def keep_until(ended_on: date, *, years: int = YEARS) -> date:
    """The last day of keeping: 31 December, ten years after the year in which services ended.

    Art. 8b ust. 5 counts from the end of the calendar year, so that January and December are alike.
    """
    return date(ended_on.year + years, 12, 31)


def may_be_erased(kept_until: date | None, *, today: date, held: bool = False) -> bool:
    """Tell whether the term has passed; a legal hold stops the clock's effect, not the clock."""
    return kept_until is not None and today > kept_until and not held
