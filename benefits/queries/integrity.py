"""Whether a list still says what was locked: digests of its content against those that stand on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from benefits.models import Correction, PayrollList, Statement
from benefits.rules import digests
from benefits.rules.month import PARTS
from benefits.transitions import UNSIGNED
from reintegration.audit.models import Change
from reintegration.core.crypto import Refused

AMOUNTS = (
    "position",
    "benefit",
    "corrected",
    "premium",
    "tax",
    "to_pay",
    *PARTS,
    "blocked",
    "first",
    "leaves",
    "method",
)
OF_CORRECTION = ("month", "difference", "benefit", *PARTS, "recovery_id")
HEAD = ("unit_id", "number", "month", "hands", "second_above", "locked_by_id", "law")


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
    return by_statement(corrections_in(row.pk))


def corrections_in(list_id: UUID) -> QuerySet[Correction]:
    rows: QuerySet[Correction] = Correction.objects.filter(payroll_list=list_id)
    return rows.order_by("month")


def by_statement(rows: Iterable[Correction]) -> Mapping[UUID, list[Correction]]:
    found: defaultdict[UUID, list[Correction]] = defaultdict(list)
    for one in rows:
        found[one.statement_id].append(one)
    return found


def faults(row: PayrollList) -> list[str]:
    """What does not agree; nothing when the list is as it was locked."""
    if row.state in UNSIGNED:
        return []
    statements, corrections = statements_of(row), corrections_of(row)
    found = [
        f"pozycja {one.position}: {fault}"
        for one in statements
        for fault in _faults_of(one, corrections[one.pk])
    ]
    if list_digest(row, statements) != row.digest:
        found.append("skrót listy jest inny niż jej treść")
    # Whoever changes a list and counts its digests anew has not written history, whose chain has keys.
    if _digest_of_history(row) != row.digest:
        found.append("skrót listy jest inny niż w historii zmian")
    return found


def _digest_of_history(row: PayrollList) -> str:
    """The digest that the last change of it wrote."""
    changes = Change.objects.filter(
        table_name=PayrollList._meta.db_table, row_id=row.pk, values__has_key="digest"
    )
    last = changes.order_by("-id").first()
    return str(last.values["digest"][1]) if last is not None else ""


def _faults_of(row: Statement, corrections: Iterable[Correction]) -> Iterator[str]:
    if not _opens(row):
        yield "zmienione konto, podstawa albo wyliczenie"
    if statement_digest(row, corrections) != row.digest:
        yield "zmienione kwoty"


def _opens(row: Statement) -> bool:
    """Whether account and document are those of the digest; of an erased person there is nothing left."""
    try:
        return row.document is None or sealed_digest(row) == row.sealed_digest
    except Refused:
        return False
