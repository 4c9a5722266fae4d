"""How an entry of a register stands on a day: what was decided, for how long, and what may come next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from reintegration.core.dates import ONE_DAY, add_months
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date

STATUS_MONTHS: Final = 60
# The board of statuses that run out: months ahead, the nearest first.
HORIZONS: Final = (3, 6, 12)


class DecisionKind(StrEnum):
    GRANTED = "granted"
    PROLONGED = "prolonged"
    LOST = "lost"
    ENTERED = "entered"
    DELETED = "deleted"
    REVERSED = "reversed"


class Standing(StrEnum):
    AHEAD = "ahead"
    ACTIVE = "active"
    EXPIRED = "expired"
    LOST = "lost"
    DELETED = "deleted"


BEGINS: Final = frozenset({DecisionKind.GRANTED, DecisionKind.PROLONGED, DecisionKind.ENTERED})
OVER: Final = frozenset({Standing.EXPIRED, Standing.LOST, Standing.DELETED})
ENDS: Final = {DecisionKind.LOST: Standing.LOST, DecisionKind.DELETED: Standing.DELETED}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: from a day, and where the act sets a term, until a day.

    An end that was reversed on appeal never came: the status stands again from before.
    """

    kind: DecisionKind
    since: date
    until: date | None = None
    reversed: bool = False


def last_day_of_status(since: date) -> date:
    """A status is given, and prolonged, for five years. Art. 5 ust. 2, art. 5a."""
    return add_months(since, STATUS_MONTHS) - ONE_DAY


def standing_on(decisions: Iterable[Decided], day: date) -> Standing:
    """How an entry stood on a day, from everything decided about it. Art. 5, 5a, 6, 18a."""
    known = sorted((one for one in decisions if one.since <= day), key=lambda one: one.since)
    for one in known:
        if one.kind in ENDS and not one.reversed:
            return ENDS[one.kind]
    begun = [one for one in known if one.kind in BEGINS]
    if not begun:
        return Standing.AHEAD
    return (
        Standing.ACTIVE if any(one.until is None or day <= one.until for one in begun) else Standing.EXPIRED
    )


def valid_until(decisions: Iterable[Decided]) -> date | None:
    """The last day of the last term; an entry without a term has none."""
    ends = [one.until for one in decisions if one.kind in BEGINS and one.until is not None]
    return max(ends, default=None)


def days_from(decisions: Sequence[Decided], day: date) -> int:
    """How many days a day is from the time in which an entry stood in the register."""
    standing = standing_on(decisions, day)
    if standing is Standing.ACTIVE:
        return 0
    if standing is Standing.AHEAD:
        begun = [one.since for one in decisions if one.kind in BEGINS]
        return (min(begun, default=date.max) - day).days
    over = [one.since for one in decisions if one.kind in ENDS and not one.reversed]
    ends = [one for one in (*over, valid_until(decisions)) if one is not None]
    return (day - min(ends)).days


def prolongation_from(decisions: Iterable[Decided]) -> date:
    """A prolongation takes over on the day after the term that it prolongs. Art. 5a."""
    last = valid_until(decisions)
    if last is None:
        raise InputError("Ten wpis nie ma terminu, więc nie ma czego przedłużać.")
    return last + ONE_DAY


def check_prolonged_in_time(decisions: Iterable[Decided], decided_on: date) -> None:
    """A status is prolonged while it lasts; once its term ran out, a new one is applied for. Art. 5a."""
    last = valid_until(decisions)
    if last is not None and decided_on > last:
        raise InputError(
            f"Status skończył się {format_table_date(last)}, a przedłuża się tylko taki, który trwa. "
            "Jednostka składa nowy wniosek o status. (art. 5a)",
            field="decided_on",
        )


def check_end(decisions: Sequence[Decided], day: date) -> None:
    """A status is lost after it began, and nothing is decided to begin afterwards."""
    begun = [one.since for one in decisions if one.kind in BEGINS]
    if begun and day < min(begun):
        raise InputError(f"Status zaczął się {format_table_date(min(begun))}. Wpisz późniejszy dzień.")


def horizon_of(last: date, today: date) -> int | None:
    """How many months ahead a status that runs out stands on the board; None when it is far off or over."""
    if last < today:
        return None
    return next((months for months in HORIZONS if last <= add_months(today, months)), None)
