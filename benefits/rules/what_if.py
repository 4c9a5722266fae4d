"""A month as it would be, had something been different: another basis for the one calculator.

Nothing is counted here, and nothing of the answer is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from benefits.rules.checks import BadBasis
from benefits.rules.days import days_left, trial_end
from benefits.rules.facts import Basis
from reintegration.core.dates import ONE_DAY, DateSpan
from reintegration.core.formats import counted


@dataclass(frozen=True, slots=True)
class Question:
    """What may be different: absences as numbers, because nobody asks on which days they would be."""

    start: date
    granted_from: date | None
    unexcused: int
    sick: int
    free: int
    pit2: bool
    premium: Decimal


def question_of(basis: Basis) -> Question:
    """The month as it stands."""
    return Question(
        start=basis.participation.start,
        granted_from=basis.granted_from,
        unexcused=len(_inside(basis.unexcused, basis)),
        sick=len(_sick_days(basis)),
        free=len(_inside(basis.free, basis)),
        pit2=basis.pit2,
        premium=basis.premium,
    )


def asked(basis: Basis, question: Question) -> Basis:
    """The basis that answers a question.

    The first absences of the month stay as many as are asked for; more of them come on its first class days
    without one. An absence that a later first day leaves outside goes.
    """
    made = _begun(basis, question)
    made = replace(
        made,
        unexcused=_inside(made.unexcused, made)[: question.unexcused],
        free=_inside(made.free, made)[: question.free],
        sick=_with_sick(made, _sick_days(made)[: question.sick]),
    )
    more = _more(made, question.unexcused - len(made.unexcused), made.participation.start)
    made = replace(made, unexcused=(*made.unexcused, *more))
    days = _sick_days(made)
    more = _more(made, question.sick - len(days), made.participation.start)
    made = replace(made, sick=_with_sick(made, (*days, *more)))
    more = _more(made, question.free - len(made.free), trial_end(made) + ONE_DAY)
    return replace(made, free=(*made.free, *more))


def _begun(basis: Basis, question: Question) -> Basis:
    """The same from another first day, without what would lie outside."""
    made = replace(
        basis,
        participation=replace(basis.participation, start=question.start),
        granted_from=question.granted_from,
        pit2=question.pit2,
        premium=question.premium,
    )
    trial, since = trial_end(made), DateSpan(question.start)
    leaves = (span.clip(since) for span in made.sick)
    return replace(
        made,
        free=tuple(day for day in made.free if day > trial),
        excused=tuple(one for one in made.excused if one.day in made.participation),
        sick=tuple(span for span in leaves if span is not None),
    )


def _inside(days: Sequence[date], basis: Basis) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day in basis.month and day in basis.participation))


def _sick_days(basis: Basis) -> tuple[date, ...]:
    return _inside([day for span in basis.sick for day in span.clip(_until(basis)) or ()], basis)


def _until(basis: Basis) -> DateSpan:
    return DateSpan(date.min, basis.month.last)


def _with_sick(basis: Basis, days: Sequence[date]) -> tuple[DateSpan, ...]:
    """Leaves of months before as they are, and these days of the month."""
    if tuple(days) == _sick_days(basis):
        return basis.sick
    before = DateSpan(date.min, basis.month.first - ONE_DAY)
    earlier = (span.clip(before) for span in basis.sick)
    kept = [span for span in earlier if span is not None]
    return (*kept, *(DateSpan.single(day) for day in sorted(days)))


def _more(basis: Basis, count: int, since: date) -> Sequence[date]:
    """The first class days without an absence; refused where the month has not so many."""
    if count <= 0:
        return ()
    left = [day for day in days_left(basis) if day >= since]
    if len(left) < count:
        days = counted(len(left), "dzień", "dni", "dni")
        raise BadBasis(f"W tym miesiącu nie ma tylu dni zajęć: bez wpisu zostaje {days}.")
    return left[:count]
