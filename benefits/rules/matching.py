"""What a booking of the bank is: a payment that arrived, one that came back, or something to ask about.

A payment is taken by itself only where its reference, its amount and, for what went out, its account agree.
Whatever is less certain is proposed, and a person confirms it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from reintegration.core.money import ZERO
from reintegration.core.text import search_key

# What banks call a transfer that could not be delivered.
_RETURNED = ("zwrot", "zwroc", "niedorecz", "odrzuc", "return")


class Stage(StrEnum):
    """How far a payment is, as the bank may go on with it."""

    WAITS = "waits"
    BOOKED = "booked"
    BACK = "back"


class Why(StrEnum):
    """Why a booking that names a payment of ours is not taken for it."""

    AMOUNT = "amount"
    ACCOUNT = "account"
    BOOKED = "booked"
    BACK = "back"
    SEVERAL = "several"
    FILE = "file"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A transfer that was sent."""

    key: UUID
    reference: str
    amount: Decimal
    account: str
    stage: Stage
    # The file that it went out with; typed at the bank it has none.
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A booking, as far as it tells what it is; above zero money that came."""

    key: UUID
    amount: Decimal
    references: tuple[str, ...] = ()
    account: str = ""
    title: str = ""
    reversal: bool = False

    @property
    def looks_returned(self) -> bool:
        said = search_key(self.title)
        return self.amount > ZERO and (self.reversal or any(word in said for word in _RETURNED))


Group = tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The payments that a booking is, or why it is none, with what a person may confirm."""

    payments: Group = ()
    why: Why | None = None
    proposals: tuple[Group, ...] = ()


def judge(seen: Seen, payments: Sequence[Payment]) -> Verdict:
    """What one booking is among the payments as they stand."""
    return _came_back(seen, payments) if seen.amount > ZERO else _went(seen, payments)


def matched(bookings: Iterable[Seen], payments: Iterable[Payment]) -> Iterator[tuple[Seen, Group]]:
    """What bookings are by themselves, in the order in which they happened; payments go on with them."""
    standing = {one.key: one for one in payments}
    for seen in bookings:
        found = judge(seen, list(standing.values())).payments
        if found:
            yield seen, found
        stage = Stage.BACK if seen.amount > ZERO else Stage.BOOKED
        standing |= {one.key: replace(one, stage=stage) for one in found}


def _went(seen: Seen, payments: Sequence[Payment]) -> Verdict:
    amount = -seen.amount
    waiting = [one for one in payments if one.stage is Stage.WAITS]
    files = _whole_files(payments)
    by_account = [
        (one,) for one in waiting if seen.account and one.account == seen.account and one.amount == amount
    ]
    by_total = [group for group in files.values() if len(group) > 1 and _total(group) == amount]
    proposals = (*by_account, *by_total)
    named = [one for one in payments if one.reference in seen.references]
    if named:
        exact = [one for one in named if one.stage is Stage.WAITS and one.amount == amount]
        right = [one for one in exact if not seen.account or not one.account or one.account == seen.account]
        if len(right) == 1:
            return Verdict((right[0],))
        why = _why(named, amount, exact, right)
        return Verdict((), why, tuple(dict.fromkeys([*((one,) for one in exact), *proposals])))
    told = [group for name, group in files.items() if name in seen.references]
    if len(told) == 1 and _total(told[0]) == amount:
        return Verdict(told[0])
    if told or any(one.file in seen.references for one in payments if one.file):
        return Verdict((), Why.FILE, proposals)
    return Verdict((), Why.UNKNOWN if seen.references else None, proposals)


def _came_back(seen: Seen, payments: Sequence[Payment]) -> Verdict:
    out = [one for one in payments if one.stage is not Stage.BACK and one.amount == seen.amount]
    by_account = [one for one in out if seen.account and one.account == seen.account]
    proposals = tuple((one,) for one in (by_account or (out if seen.looks_returned else [])))
    named = [one for one in payments if one.reference in seen.references]
    if not named:
        return Verdict((), None, proposals)
    exact = [one for one in named if one in out]
    # Several readings of one title; the bank may return from an account of its own, which tells nothing.
    right = exact if len(exact) == 1 else [one for one in exact if one.account == seen.account]
    if len(right) == 1:
        return Verdict((right[0],))
    back = all(one.stage is Stage.BACK for one in named)
    why = Why.BACK if back else Why.SEVERAL if exact else Why.AMOUNT
    return Verdict((), why, tuple(dict.fromkeys([*((one,) for one in exact), *proposals])))


def _why(
    named: Sequence[Payment], amount: Decimal, exact: Sequence[Payment], right: Sequence[Payment]
) -> Why:
    if exact:
        return Why.SEVERAL if right else Why.ACCOUNT
    if any(one.amount == amount for one in named):
        return Why.BOOKED if any(one.stage is Stage.BOOKED for one in named) else Why.BACK
    return Why.AMOUNT


def _whole_files(payments: Sequence[Payment]) -> dict[str, Group]:
    """Files of which nothing is booked yet: as one only all of it can be."""
    found: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in payments:
        if one.file:
            found[one.file].append(one)
    return {
        name: tuple(group) for name, group in found.items() if all(one.stage is Stage.WAITS for one in group)
    }


def _total(group: Iterable[Payment]) -> Decimal:
    return sum((one.amount for one in group), ZERO)
