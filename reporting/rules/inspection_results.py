"""What follows an inspection: when objections are in time, when recommendations may be given and checked.

The unit objects to the protocol in a term that runs from its receipt. The office gives its recommendations
once nothing of that is open: the protocol was received, the term has passed or the unit objected, and the
office took a stand. Each recommendation leaves the unit some days; before its term nobody says that it was
not carried out.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# How long a unit has at least to say what it did, and what the form proposes.
LEAST_DAYS: Final = 14
PROPOSED_DAYS: Final = 30
MOST_RECOMMENDATIONS: Final = 40
# In as many days a letter is delivered by post (art. 44 § 4 of the code), so then a receipt is asked about.
RECEIPT_DAYS: Final = 14


class Waits(StrEnum):
    """What recommendations wait for."""

    NOTHING = ""
    RECEIPT = "receipt"
    TERM = "term"
    STAND = "stand"


def settling_waits(today: date, *, due: date | None, objected: bool, replied: bool) -> Waits:
    """What keeps the office from giving its recommendations; `due` is the last day for objections."""
    if objected:
        return Waits.NOTHING if replied else Waits.STAND
    if due is None:
        return Waits.RECEIPT
    return Waits.TERM if today <= due else Waits.NOTHING


def in_time(objected: date, due: date | None) -> bool:
    """Whether objections of a day came in their term; before a receipt there is none."""
    return due is None or objected <= due


def handed_before(today: date) -> date:
    """A protocol handed over before this day without a receipt is asked about."""
    return today - timedelta(days=RECEIPT_DAYS)


def earliest_term(given: date) -> date:
    """The first day that a recommendation given on a day may name as its term."""
    return given + timedelta(days=LEAST_DAYS)


def proposed_term(today: date) -> date:
    return today + timedelta(days=PROPOSED_DAYS)


def may_fail(today: date, *, due: date, answered: bool) -> bool:
    """Whether somebody may say that a recommendation was not carried out: after an answer, or its term."""
    return answered or today > due


def is_late(today: date, *, due: date, waits: bool) -> bool:
    """Whether a recommendation that waits for an answer is past its term."""
    return waits and today > due


def all_checked(checked: Iterable[bool]) -> bool:
    """Whether an inspection may be closed: the office has checked every recommendation, or gave none."""
    return all(checked)
