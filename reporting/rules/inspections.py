"""An inspection of a unit by its voivode's office: how long it may look, at whose files, and its terms.

**Access** lasts from a day to a day, both included, and never without an end. **The sample** is drawn so that
anybody can draw it again: every key of the frame gets the SHA-256 of the seed with the key, and the files
with the lowest ones are taken. So the order in which the keys were read changes nothing, and a larger sample
of the same seed begins with the smaller one.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from hashlib import sha256
from math import isqrt
from typing import Final
from uuid import UUID

from reintegration.core.calendar_pl import is_working_day
from reintegration.core.dates import ONE_DAY

# Days of access as an authorisation gives them, and with all that extends them.
MOST_DAYS: Final = 60
MOST_EXTENDED: Final = 120
# Art. 40 ust. 1 of the act on inspection in the government's administration: working days from the receipt.
OBJECTION_DAYS: Final = 7
MOST_OBJECTION_DAYS: Final = 30
LEAST_FILES: Final = 5
MOST_FILES: Final = 50


def latest_end(since: date, *, extended: bool = False) -> date:
    """The last day on which access that began on a day may end."""
    return since + timedelta(days=(MOST_EXTENDED if extended else MOST_DAYS) - 1)


def may_look(today: date, *, since: date, until: date, ended: bool) -> bool:
    """Whether a day is one of access, which an act may have ended before its last day."""
    return not ended and since <= today <= until


def days_left(today: date, until: date) -> int:
    """How many days of access are left, today among them."""
    return max((until - today).days + 1, 0)


def proposed_size(frame: int) -> int:
    """How many files of a frame are looked at when nobody says otherwise: their square root, rounded up."""
    root = isqrt(frame)
    return min(max(root + (root * root < frame), LEAST_FILES), MOST_FILES, frame)


def draw(frame: Iterable[UUID], *, size: int, seed: str) -> list[UUID]:
    """The files of a frame that a seed draws, in the order in which they are drawn."""
    ranked = sorted({key: sha256(f"{seed}:{key}".encode()).digest() for key in frame}.items(), key=_rank)
    return [key for key, _ in ranked[:size]]


def digest_of(frame: Collection[UUID]) -> str:
    """What the frame was: the SHA-256 of its keys in order, each on its own line."""
    return sha256("\n".join(sorted(str(key) for key in set(frame))).encode()).hexdigest()


def objections_due(received: date, days: int = OBJECTION_DAYS) -> date:
    """Until when the unit objects to a protocol: working days from the day after its receipt."""
    due = received
    while days:
        due += ONE_DAY
        days -= is_working_day(due)
    return due


def _rank(one: tuple[UUID, bytes]) -> tuple[bytes, str]:
    return one[1], str(one[0])
