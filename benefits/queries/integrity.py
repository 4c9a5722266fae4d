"""Whether a list still says what was locked: digests of its content against those that stand on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from benefits.enums import ListState
from benefits.models import Correction, PayrollList, Statement
from benefits.rules import digests

AMOUNTS = (
    "position",
    "benefit",
    "corrected",
    "premium",
    "tax",
    "to_pay",
    "pension_insured",
    "pension_payer",
    "disability_insured",
    "disability_payer",
    "blocked",
    "first",
    "leaves",
    "method",
)
OF_CORRECTION = (
    "month",
    "difference",
    "benefit",
    "pension_insured",
    "pension_payer",
    "disability_insured",
    "disability_payer",
    "recovery_id",
)
HEAD = ("unit_id", "number", "month", "hands", "second_above", "locked_by_id")


def sealed_digest(row: Statement) -> str:
    return digests.digest(row.account, row.document)


def statement_digest(row: Statement, corrections: Iterable[Correction]) -> str:
    amounts = [row.participation_id, *(getattr(row, name) for name in AMOUNTS)]
    ordered = sorted(corrections, key=lambda one: one.month)
    return digests.of_statement(
        row.sealed_digest, amounts, [[getattr(one, name) for name in OF_CORRECTION] for one in ordered]
    )


def list_digest(row: PayrollList, statements: Iterable[Statement]) -> str:
    return digests.of_list([getattr(row, name) for name in HEAD], [one.digest for one in statements])


def statements_of(row: PayrollList) -> Sequence[Statement]:
    return list(Statement.objects.filter(payroll_list=row).order_by("position"))


def corrections_of(row: PayrollList) -> Mapping[UUID, list[Correction]]:
    found: defaultdict[UUID, list[Correction]] = defaultdict(list)
    for one in Correction.objects.filter(payroll_list=row).order_by("month"):
        found[one.statement_id].append(one)
    return found


def faults(row: PayrollList) -> list[str]:
    """What does not agree; nothing when the list is as it was locked."""
    if row.state in {ListState.OPEN, ListState.ABANDONED}:
        return []
    statements, corrections = statements_of(row), corrections_of(row)
    found = [
        f"pozycja {one.position}: {fault}"
        for one in statements
        for fault in _faults_of(one, corrections[one.pk])
    ]
    if list_digest(row, statements) != row.digest:
        found.append("skrót listy jest inny niż jej treść")
    return found


def _faults_of(row: Statement, corrections: Iterable[Correction]) -> Iterable[Any]:
    # Of an erased person there is nothing left to compare with the first digest.
    if row.document is not None and sealed_digest(row) != row.sealed_digest:
        yield "zmienione konto, podstawa albo wyliczenie"
    if statement_digest(row, corrections) != row.digest:
        yield "zmienione kwoty"
