"""Rules about the entering of law: what must have been entered by a day."""

from collections.abc import Iterable
from datetime import date

# The allowance is indexed from 1 June each year.
INDEXATION_MONTH = 6


def last_indexation(today: date) -> date:
    """The last 1 June that has passed; on the day itself it has not."""
    this_year = date(today.year, INDEXATION_MONTH, 1)
    return this_year if today > this_year else this_year.replace(year=today.year - 1)


def missing_indexation(today: date, values: Iterable[date]) -> date | None:
    """The 1 June that passed without the allowance being entered or confirmed for it, or None.

    `values` are the first days of the confirmed values, confirmations without a change included. The
    last value stays in force meanwhile, so that nothing stops; but nobody can say that it is right.
    """
    due = last_indexation(today)
    return None if due in set(values) else due
