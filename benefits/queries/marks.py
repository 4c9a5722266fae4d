"""What the marks of one day do to money: the month of each file, counted with that day changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from benefits.explain.absences import Absence, next_unexcused, on_day
from benefits.queries.basis import told_of
from benefits.rules.checks import BadBasis
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from ipzs.enums import MarkKind
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.law.book import law_book

KINDS: Mapping[Absence, MarkKind] = {
    Absence.UNEXCUSED: MarkKind.UNEXCUSED,
    Absence.SICK: MarkKind.SICK,
    Absence.FREE: MarkKind.FREE,
}
# As the screen asks for it: what the next unexcused day would take.
NEXT = "next"


def said_of_marks(participation_ids: Iterable[UUID], day: date) -> Mapping[UUID, Mapping[str, str]]:
    """By file and kind of mark an amount; nothing before the benefit is granted or can be counted."""
    try:
        told = told_of(participation_ids, Month.of(day))
    except InputError:
        # The unit has not chosen a reading, so no amount can be told yet.
        return {}
    law = Law(law_book())
    return {key: _said(one.basis, day, law) for key, one in told.items() if one.basis is not None}


def _said(basis: Basis, day: date, law: Law) -> Mapping[str, str]:
    if basis.granted_from is None or day < basis.granted_from:
        return {}
    try:
        costs = {KINDS[one.kind].value: one.difference for one in on_day(day, basis, law)}
        ahead = next_unexcused(day, basis, law)
    except BadBasis:
        return {}
    found = {kind: format_money(cost) for kind, cost in costs.items() if cost}
    if costs and ahead is not None and ahead.forfeits:
        found[NEXT] = f"Następna NN zabierze {format_money(-ahead.difference)}."
    return found
