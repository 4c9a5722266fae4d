"""What a basis may not say: each refusal names the date at fault (benefit specification, section 2).

A benefit is not guessed from facts that contradict one another; whoever typed them is asked.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from benefits.rules.days import calendar_of, trial_end
from benefits.rules.facts import Basis
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.money import grosz

_TWO: Final = "Dzień {day} ma dwie nieobecności. Zostaw jedną."


class BadBasis(InputError):
    """Facts that contradict one another or the act; the sentence names the date."""

    def __init__(self, sentence: str, day: date | None = None) -> None:
        super().__init__(sentence.format(day=format_table_date(day)) if day is not None else sentence)


def refuse_contradictions(basis: Basis) -> None:
    """Refuse a basis that contradicts itself or the act; every date is looked at, whatever its month."""
    calendar = calendar_of(basis.class_days)
    _course(basis)
    _two_on_a_day(basis)
    trial = trial_end(basis)
    for day in basis.unexcused:
        if day not in basis.participation:
            raise BadBasis("Nieobecność nieusprawiedliwiona {day} jest poza uczestnictwem.", day)
        if not calendar.is_class_day(day):
            raise BadBasis("Nieobecność nieusprawiedliwiona {day}: tego dnia nie ma zajęć.", day)
    for day in basis.free:
        if day not in basis.participation:
            raise BadBasis("Dzień wolny {day} jest poza uczestnictwem.", day)
        if day <= trial:
            raise BadBasis("Dzień wolny {day} jest w okresie próbnym. (art. 15 ust. 6a)", day)
    if basis.premium < 0:
        raise BadBasis("Premia nie może być mniejsza od zera.")
    if grosz(basis.premium) != basis.premium:
        raise BadBasis("Premia ma część mniejszą od grosza.")


def _course(basis: Basis) -> None:
    taking = basis.participation
    if taking.end is not None and taking.end < taking.start:
        raise BadBasis("Uczestnictwo kończy się {day}, przed swoim początkiem.", taking.end)
    if taking.extension_from is None:
        return
    if taking.extension_from <= trial_end(basis):
        raise BadBasis(
            "Przedłużenie od {day} zaczyna się przed końcem okresu próbnego.", taking.extension_from
        )
    if taking.end is not None and taking.extension_from > taking.end:
        raise BadBasis("Przedłużenie od {day} zaczyna się po końcu uczestnictwa.", taking.extension_from)


def _two_on_a_day(basis: Basis) -> None:
    """One absence a day at most, and one leave a day."""
    leaves = sorted(basis.sick, key=_first)
    for earlier, later in pairwise(leaves):
        if earlier.last is None or later.first <= earlier.last:
            raise BadBasis(_TWO, later.first)
    taken: set[date] = set()
    for day in _single_days(basis):
        if day in taken or any(day in leave for leave in leaves):
            raise BadBasis(_TWO, day)
        taken.add(day)


def _single_days(basis: Basis) -> Iterator[date]:
    yield from basis.unexcused
    yield from basis.free
    for one in basis.excused:
        yield one.day


def _first(span: DateSpan) -> date:
    return span.first
