"""A month that was paid and is counted differently today (benefit specification, section 5).

What was paid never changes. The difference to what today's facts give stands on the next list: more is paid
out, less is taken back only on a ground, and what is not done on one list is still the difference on the
next, so nothing has to be carried by hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.month import NO_CONTRIBUTIONS, Contributions, contributions_of
from reintegration.core.dates import Month
from reintegration.core.money import ZERO


class Change(StrEnum):
    """What became known or was put right after a month was paid."""

    NOT_PAID = "not_paid"
    PARTICIPATION = "participation"
    GRANT = "grant"
    UNEXCUSED = "unexcused"
    SICK = "sick"
    EXCUSED = "excused"
    FREE = "free"
    CLASS_DAYS = "class_days"
    OPENING = "opening"
    READINGS = "readings"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that differs, with the days that came and those that went."""

    change: Change
    added: tuple[date, ...] = ()
    removed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Granted:
    """Everything that the lists so far gave for a month, corrections included."""

    benefit: Decimal = ZERO
    contributions: Contributions = NO_CONTRIBUTIONS


@dataclass(frozen=True, slots=True)
class Due:
    """A month before that is not as it was paid: what would make it right."""

    month: Month
    difference: Decimal
    differs: tuple[Differs, ...]
    # By another title on all its days, as a basis says it.
    insured_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """How much of a difference a list does."""

    due: Due
    benefit: Decimal
    contributions: Contributions


def differences(paid: Basis | None, today: Basis | None) -> tuple[Differs, ...]:
    """What differs between the basis that was paid and today's; the law, when the facts are the same."""
    if paid is None:
        return (Differs(Change.NOT_PAID),)
    if today is None:
        return (Differs(Change.PARTICIPATION, (), tuple(paid.participation.days_in(paid.month) or ())),)
    found = tuple(_facts(paid, today))
    return found or (Differs(Change.LAW),)


def _facts(paid: Basis, today: Basis) -> Iterator[Differs]:
    month = today.month
    before, after = paid.participation.days_in(month), today.participation.days_in(month)
    yield from _days(Change.PARTICIPATION, before or (), after or ())
    if _extension(paid) != _extension(today):
        yield Differs(Change.PARTICIPATION)
    if paid.granted_from != today.granted_from:
        yield Differs(Change.GRANT)
    yield from _days(Change.UNEXCUSED, paid.unexcused, today.unexcused)
    yield from _days(Change.SICK, _ill(paid), _ill(today))
    # A day whose rule changed is one that went and one that came.
    if gone_or_come := set(paid.excused) ^ set(today.excused):
        came = tuple(sorted(one.day for one in gone_or_come & set(today.excused)))
        went = tuple(sorted(one.day for one in gone_or_come & set(paid.excused)))
        yield Differs(Change.EXCUSED, came, went)
    yield from _days(Change.FREE, paid.free, today.free)
    yield from _days(Change.CLASS_DAYS, paid.class_days, today.class_days)
    if paid.opening != today.opening:
        yield Differs(Change.OPENING)
    if paid.readings != today.readings:
        yield Differs(Change.READINGS)


def _days(change: Change, paid: Iterable[date], today: Iterable[date]) -> Iterator[Differs]:
    before, after = set(paid), set(today)
    if before != after:
        yield Differs(change, tuple(sorted(after - before)), tuple(sorted(before - after)))


def _ill(basis: Basis) -> Iterable[date]:
    """Earlier sick days count too: they use up the pool."""
    return (day for span in basis.sick for day in span if day <= basis.month.last)


def _extension(basis: Basis) -> date | None:
    begins = basis.participation.extension_from
    return begins if begins is not None and begins <= basis.month.last else None


def apply(
    found: Sequence[tuple[Due, Granted]],
    *,
    benefit: Decimal,
    law: Law,
    grounded: bool,
    at_most: Decimal | None,
) -> tuple[Applied, ...]:
    """What a list does of the differences: all that is to be paid out, and of the rest what may be taken.

    Taken is only with a ground (consent or decision), from the benefit and what is paid out besides, never
    from the premium, and from the oldest month first. What is left stands on the next list again.
    """
    more = sum((due.difference for due, _ in found if due.difference > 0), ZERO)
    room = benefit + more if grounded else ZERO
    if at_most is not None:
        room = min(room, at_most)
    applied = []
    for due, granted in sorted(found, key=lambda pair: pair[0].month):
        part = due.difference
        if part < 0:
            part = -min(-part, room)
            room += part
        after = (
            NO_CONTRIBUTIONS
            if due.insured_elsewhere
            else contributions_of(granted.benefit + part, due.month, law)
        )
        applied.append(Applied(due, part, after - granted.contributions if part else NO_CONTRIBUTIONS))
    return tuple(applied)
