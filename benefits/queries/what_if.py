"""A month of a person as it was counted, or of nobody, and what it would be otherwise; nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from benefits.cases import basis_of
from benefits.explain.compare import Pair, compared
from benefits.explain.lines import explained
from benefits.explain.shown import Line
from benefits.models import Statement
from benefits.queries.basis import told_of
from benefits.queries.premiums import granted_premiums
from benefits.rules.facts import Basis, Participation, Readings
from benefits.rules.law import Law
from benefits.rules.month import count_month
from benefits.rules.what_if import Question, asked
from benefits.transitions import UNSIGNED
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book
from reintegration.law.queries import readings_of
from reintegration.tenancy.scope import current_scope

# Long enough ago that the month is one of the main period.
MONTHS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Real:
    """A month as it is, and the list that says so; without one it is what is written down today."""

    basis: Basis | None
    list_number: str = ""
    # What the list does of months before: another month's matter, which is not asked about here.
    corrected: Decimal = ZERO
    # The law that the list was counted by, where one was kept.
    law: Mapping[str, Any] = field(default_factory=dict)


def real_month(participation_id: UUID, month: Month) -> Real:
    """As the list froze it that was handed over for the signatures, else as today's facts make it."""
    rows = Statement.objects.filter(participation=participation_id, payroll_list__month=month.first)
    frozen = rows.exclude(payroll_list__state__in=UNSIGNED)
    row = frozen.select_related("payroll_list").first()
    if row is not None and row.document and row.document.get("basis"):
        return Real(
            basis_of(row.document["basis"]), row.payroll_list.number, row.corrected, row.payroll_list.law
        )
    basis = told_of([participation_id], month)[participation_id].basis
    if basis is None:
        return Real(None)
    return Real(replace(basis, premium=granted_premiums(month).get(participation_id, ZERO)))


def sample_month(month: Month) -> Basis:
    """Somebody in the main period who was never away, by the readings of the unit."""
    start = month.plus(-MONTHS_BEFORE).first
    readings = Readings.of(readings_of(current_scope().organisation_id, month))
    return Basis(month, readings, Participation(start), granted_from=start, pit2=True)


def side_by_side(
    real: Basis, basis: Basis, question: Question, kept: Mapping[str, Any] = MappingProxyType({})
) -> Sequence[Pair]:
    """Lines of the month as it is beside those of what is asked, both by the law that was kept."""
    law = Law(law_book().as_kept(kept))
    return compared(_lines(real, law), _lines(asked(basis, question), law))


def _lines(basis: Basis, law: Law) -> Sequence[Line]:
    return explained(count_month(basis, law), basis, law, "pl")
