"""Who has to be registered with ZUS or taken off, and until when (art. 36 ust. 4, 11 of the SUS act)."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reintegration.core.dates import ONE_DAY


@dataclass(frozen=True, slots=True)
class Event:
    """A title that begins, or has ended; `day` is the first day with the new state."""

    key: Hashable
    begins: bool
    day: date
    until: date
    done_on: date | None

    @property
    def is_late(self) -> bool:
        return self.done_on is not None and self.done_on > self.until

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and today > self.until


@dataclass(frozen=True, slots=True)
class Span:
    """A title by the benefit, and when ZUS was told of its two ends."""

    key: Hashable
    since: date
    ended_on: date | None
    registered_on: date | None
    deregistered_on: date | None


def events(spans: Iterable[Span], days: int) -> list[Event]:
    """Both ends of each title, in the order of their terms."""
    found = []
    for one in spans:
        found.append(Event(one.key, True, one.since, one.since + timedelta(days=days), one.registered_on))
        if one.ended_on is not None:
            off = one.ended_on + ONE_DAY
            found.append(Event(one.key, False, off, off + timedelta(days=days), one.deregistered_on))
    return sorted(found, key=lambda one: (one.until, not one.begins))
