"""A statement as it was locked, in words: nothing is counted anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.cases import balances_of, basis_of
from benefits.explain.absences import next_absences, told_absences
from benefits.explain.balances import told_balances
from benefits.explain.lines import Belongs, corrections_explained, explained, not_taken
from benefits.explain.shown import Line, Named
from benefits.explain.totals import Settled
from benefits.models import Correction, PayrollList, Statement
from benefits.queries.contribution_rules import month_of_list, rule_of, rules
from benefits.rules.checks import BadBasis
from benefits.rules.codes import RowCode
from benefits.rules.corrections import Applied, Change, Differs, Due
from benefits.rules.facts import Basis
from benefits.rules.law import Law
from benefits.rules.month import PARTS, Contributions, Counted
from benefits.rules.rows import Row
from benefits.rules.tax import Pit2, Relief, Together
from benefits.zus.facts import CountedBy
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on a statement in one language."""

    lines: Sequence[Line]
    not_taken: Sequence[str]
    # Days left at the end of the month, and what one absence more would have done.
    balances: Sequence[Named] = ()
    next: Sequence[str] = ()


def told_of(statement: Statement, language: str) -> Told:
    """The same with its corrections read."""
    corrections = Correction.objects.filter(statement=statement).order_by("month")
    return told(statement, list(corrections), language)


def told(statement: Statement, corrections: Sequence[Correction], language: str) -> Told:
    """The stored rows in words, with the corrections of months before and what is paid."""
    document = statement.document or {}
    month = Month.of(statement.payroll_list.month)
    law = Law(law_book().as_kept(statement.payroll_list.law))
    basis = basis_of(document["basis"]) if document.get("basis") else None
    settled = Settled(
        tax=statement.tax,
        to_pay=statement.to_pay,
        relief=_relief(document),
        premium=statement.premium,
        corrections=[_applied(one, document) for one in corrections],
        together=_together(document),
    )
    belongs, later = belongs_of(statement.payroll_list), any(one.benefit for one in corrections)
    if basis is None:
        kept = not_taken(None, language, belongs, corrected=later)
        return Told(corrections_explained(settled, month, law, language), kept)
    counted = counted_of(statement)
    return Told(
        explained(counted, basis, law, language, paid=settled),
        not_taken(counted, language, belongs, corrected=later),
        _left(document, basis, language),
        _next(basis, law, language),
    )


def belongs_of(row: PayrollList) -> Belongs:
    """To which month the contributions of a list belong, by the unit's rule of its month."""
    known = rules()
    by_payment = rule_of(Month.of(row.month), known).counted_by == CountedBy.PAID
    return Belongs(by_payment, month_of_list(row, known))


def _left(document: Mapping[str, Any], basis: Basis, language: str) -> Sequence[Named]:
    """The balances that were stored with the list."""
    stored = document.get("balances")
    return told_balances(balances_of(stored), basis.readings.unexcused_over_limit, language) if stored else ()


def _next(basis: Basis, law: Law, language: str) -> Sequence[str]:
    try:
        return told_absences(next_absences(basis, law), language)
    except BadBasis:
        # Whoever is blocked because the facts contradict one another has nothing to be told of.
        return ()


def counted_of(statement: Statement) -> Counted:
    """The month as it was counted when the list was drawn."""
    rows = (statement.document or {}).get("rows", ())
    return Counted(
        rows=tuple(_row(one) for one in rows),
        benefit=statement.benefit,
        premium=statement.premium,
        contributions=Contributions(*(getattr(statement, name) for name in PARTS)),
        tax=statement.tax,
    )


def _row(stored: dict[str, Any]) -> Row:
    return Row(
        RowCode(stored["code"]), stored["quantity"], Decimal(stored["rate"]), Decimal(stored["amount"])
    )


def _applied(row: Correction, document: dict[str, Any]) -> Applied:
    month = Month.of(row.month)
    differs = tuple(
        Differs(Change(change), _days(added), _days(removed))
        for change, added, removed in document.get("corrected", {}).get(str(month), ())
    )
    parts = Contributions(*(getattr(row, name) for name in PARTS))
    return Applied(Due(month, row.difference, differs), row.benefit or ZERO, parts)


def _relief(document: Mapping[str, Any]) -> Relief:
    """Lists of before know neither an end of PIT-2 nor other payments of the month."""
    pit2 = Pit2(document.get("pit2", False), document.get("pit2_over", False))
    return Relief(pit2, Decimal(document.get("reduction_used", ZERO)))


def _together(document: Mapping[str, Any]) -> Together | None:
    found = document.get("together")
    return Together(Decimal(found["income"]), Decimal(found["tax"])) if found else None


def _days(texts: Sequence[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)
