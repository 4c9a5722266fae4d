"""Duties of a unit towards somebody who takes part (art. 14 ust. 2-4): done, running out, missing.

The newest entry of a duty counts: a doctor who shortens a term has the last word, as has a training that was
repeated early.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reintegration.core.dates import ONE_DAY, add_months
from reintegration.core.formats import format_table_date


class Effect(StrEnum):
    """Whether somebody without it may come to the first classes."""

    BLOCKS = "blocks"
    WARNS = "warns"
    OFF = "off"


class State(StrEnum):
    VALID = "valid"
    ENDING = "ending"
    EXPIRED = "expired"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a unit takes a duty: `months` of validity unless a paper says otherwise."""

    effect: Effect
    months: int | None = None
    remind_days: int = 30


@dataclass(frozen=True, slots=True)
class Done:
    """A duty done on a day, or something handed out; without `valid_until` it does not run out."""

    done_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a duty stands on a day."""

    state: State
    done: Done | None = None

    @property
    def is_missing(self) -> bool:
        return self.state in {State.MISSING, State.EXPIRED}

    @property
    def until(self) -> date | None:
        return self.done.valid_until if self.done is not None else None

    def sentence(self, name: str) -> str:
        """What is wrong, in a sentence; nothing when all is well."""
        until = format_table_date(self.until) if self.until is not None else ""
        if self.state is State.MISSING:
            return f"Brakuje wpisu: {name}."
        if self.state is State.EXPIRED:
            return f"Po terminie: {name}, ważne do {until}."
        return f"Kończy się: {name}, ważne do {until}." if self.state is State.ENDING else ""


def last_valid_day(done_on: date, months: int | None) -> date | None:
    """The last day of something that is valid for so many months."""
    return add_months(done_on, months) - ONE_DAY if months else None


def standing(rule: Rule, entries: Iterable[Done], issued: Iterable[Done], day: date) -> Standing:
    """How a duty stands on a day: by its newest entry, or by what was handed out and not given back.

    Of several things in use the one that wears out first says until when.
    """
    found = _newest(entries, day)
    things = [one for one in issued if one.done_on <= day]
    if things:
        ends = min((one.valid_until for one in things if one.valid_until), default=None)
        in_use = Done(max(one.done_on for one in things), ends)
        if found is None or _ends_later(in_use, found):
            found = in_use
    if found is None:
        return Standing(State.MISSING)
    if found.valid_until is None:
        return Standing(State.VALID, found)
    if found.valid_until < day:
        return Standing(State.EXPIRED, found)
    soon = found.valid_until - timedelta(days=rule.remind_days) <= day
    return Standing(State.ENDING if soon else State.VALID, found)


def _newest(entries: Iterable[Done], day: date) -> Done | None:
    return max((one for one in entries if one.done_on <= day), key=lambda one: one.done_on, default=None)


def _ends_later(one: Done, other: Done) -> bool:
    return (one.valid_until or date.max) >= (other.valid_until or date.max)
