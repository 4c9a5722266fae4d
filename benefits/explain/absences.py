"""What one more absence in the month would do: asked of the calculator, never reckoned here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from benefits.explain.languages import LANGUAGES
from benefits.explain.texts import Say
from benefits.rules.codes import RowCode
from benefits.rules.days import days_left, trial_end
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.month import Counted, count_month
from reintegration.core.dates import DateSpan
from reintegration.core.money import ZERO


class Absence(StrEnum):
    UNEXCUSED = "unexcused"
    SICK = "sick"
    FREE = "free"


_WHAT: Final = MappingProxyType(
    {Absence.UNEXCUSED: Say.NEXT_UNEXCUSED, Absence.SICK: Say.NEXT_SICK, Absence.FREE: Say.NEXT_FREE}
)


@dataclass(frozen=True, slots=True)
class NextAbsence:
    """The benefit of the month with one more day away."""

    kind: Absence
    # The class day that was tried.
    day: date
    benefit: Decimal
    # Below zero when it costs something.
    difference: Decimal
    forfeits: bool


def next_absences(basis: Basis, law: Law) -> Sequence[NextAbsence]:
    """What one more unexcused, sick or free day would do on the first class day that is left.

    Nothing is told of a month in which no class day is left, or that is lost already. A free day is
    tried after the trial only (art. 15 ust. 6a).
    """
    # The premium does not change the benefit, and a cap on it must not refuse the question.
    basis = replace(basis, premium=ZERO)
    before = count_month(basis, law)
    if _is_lost(before):
        return ()
    return tuple(_tried(kind, day, basis, law, before) for kind, day in _possible(basis))


def on_day(day: date, basis: Basis, law: Law) -> Sequence[NextAbsence]:
    """What each absence on this day would do, whatever stands on the day now.

    Nothing is told of a day that is not due or has no classes, that a leave covers, or of a month that is
    lost without it.
    """
    bare = _without(day, basis)
    if day not in days_left(bare):
        return ()
    before = count_month(bare, law)
    if _is_lost(before):
        return ()
    kinds = [Absence.UNEXCUSED, Absence.SICK]
    if day > trial_end(bare):
        kinds.append(Absence.FREE)
    return tuple(_tried(kind, day, bare, law, before) for kind in kinds)


def next_unexcused(day: date, basis: Basis, law: Law) -> NextAbsence | None:
    """What an unexcused day after this one would do, if any class day of the month is left."""
    basis = replace(basis, premium=ZERO)
    left = [one for one in days_left(basis) if one > day]
    before = count_month(basis, law)
    return _tried(Absence.UNEXCUSED, left[0], basis, law, before) if left and not _is_lost(before) else None


def _without(day: date, basis: Basis) -> Basis:
    """The month as if nothing was said of this day; a leave of several days stays."""
    return replace(
        basis,
        premium=ZERO,
        unexcused=tuple(one for one in basis.unexcused if one != day),
        free=tuple(one for one in basis.free if one != day),
        excused=tuple(one for one in basis.excused if one.day != day),
    )


def told_absences(found: Sequence[NextAbsence], language: str) -> Sequence[str]:
    """One sentence for each absence."""
    texts = LANGUAGES[language]

    def told(one: NextAbsence) -> str:
        if one.forfeits:
            say, amount = Say.FORFEITS, one.difference
        elif not one.difference:
            say, amount = Say.SAME, ZERO
        else:
            say, amount = (Say.LESS if one.difference < 0 else Say.MORE), abs(one.difference)
        return texts.say(say, what=texts.say(_WHAT[one.kind]), amount=texts.grammar.amount(amount))

    return tuple(map(told, found))


def _possible(basis: Basis) -> Iterator[tuple[Absence, date]]:
    left = days_left(basis)
    if not left:
        return
    yield Absence.UNEXCUSED, left[0]
    yield Absence.SICK, left[0]
    trial = trial_end(basis)
    for day in left:
        if day > trial:
            yield Absence.FREE, day
            return


def _tried(kind: Absence, day: date, basis: Basis, law: Law, before: Counted) -> NextAbsence:
    if kind is Absence.UNEXCUSED:
        changed = replace(basis, unexcused=(*basis.unexcused, day))
    elif kind is Absence.SICK:
        changed = replace(basis, sick=(*basis.sick, DateSpan.single(day)))
    else:
        changed = replace(basis, free=(*basis.free, day))
    after = count_month(changed, law)
    return NextAbsence(kind, day, after.benefit, after.benefit - before.benefit, _is_lost(after))


def _is_lost(counted: Counted) -> bool:
    return any(row.code is RowCode.FORFEITED for row in counted.rows)
