"""Writing what a list says: its statements and corrections anew, as today's facts make them."""

import secrets
from collections import defaultdict
from typing import Any
from uuid import UUID

from benefits.cases import document_of, document_of_balances, written
from benefits.models import Correction, PayrollList, Statement
from benefits.queries import integrity
from benefits.queries.bankable import address_of_person
from benefits.queries.drafts import Line, lines_of
from benefits.rules.corrections import Applied
from benefits.rules.month import PARTS
from benefits.rules.tax import Together
from reintegration.core import clock
from reintegration.core.dates import Month


def redraw(row: PayrollList, *, freeze: bool = False) -> list[Statement]:
    """Throw the draft of an open list away and count it again; the caller holds the list.

    Frozen, each statement is stored with its digests at once.
    """
    month = Month.of(row.month)
    for model in (Correction, Statement):
        # Without reading them first: nothing hangs on the rows of a draft.
        drawn = model.objects.filter(payroll_list=row)
        drawn._raw_delete(drawn.db)
    statements: list[Statement] = []
    corrections: defaultdict[UUID, list[Correction]] = defaultdict(list)
    for position, line in enumerate(lines_of(month), 1):
        made = statement_of(row, position, line, month)
        statements.append(made)
        if not made.blocked:
            corrections[made.pk] = [_correction(row, made, one, line) for one in line.applied]
        if freeze:
            made.sealed_digest = integrity.sealed_digest(made)
            made.digest = integrity.statement_digest(made, corrections[made.pk])
    Statement.objects.bulk_create(statements)
    Correction.objects.bulk_create([one for some in corrections.values() for one in some])
    row.counted_at = clock.now()
    return statements


def statement_of(row: PayrollList, position: int, line: Line, month: Month) -> Statement:
    """What a list says of one person, not stored yet."""
    way = line.way(month)
    made = Statement(
        payroll_list=row,
        participation=line.file,
        person_id=line.file.person_id,
        position=position,
        blocked=bool(line.blocked),
        first=line.first,
        leaves=line.leaves,
        method=way.method if way is not None else "",
        account=way.account if way is not None else "",
        document=_document(line),
    )
    if not made.blocked:
        _put_amounts(made, line)
    return made


def _put_amounts(made: Statement, line: Line) -> None:
    counted = line.counted
    if counted is not None:
        made.benefit, made.premium = counted.benefit, counted.premium
        for name in PARTS:
            setattr(made, name, getattr(counted.contributions, name))
    made.corrected, made.tax = line.corrected, line.tax
    made.to_pay = made.benefit + made.corrected + made.premium - made.tax


def _document(line: Line) -> dict[str, Any]:
    """What is kept of a person for ever with the list; the salt makes its digest tell nothing."""
    return {
        "salt": secrets.token_hex(16),
        "person": address_of_person(line.file.person),
        "basis": document_of(line.basis) if line.basis is not None else None,
        "balances": document_of_balances(line.balances)
        if line.basis is not None and line.balances is not None
        else None,
        "pit2": line.relief.pit2.holds,
        # Left by participation, and taken by other payments of the month.
        "pit2_over": line.relief.pit2.over,
        "reduction_used": str(line.relief.used),
        "together": _together(line.together),
        "rows": written(line.counted)["rows"] if line.counted is not None else [],
        "blocked": [list(pair) for pair in line.blocked],
        "corrected": {
            str(one.due.month): [
                [what.change.value, [str(day) for day in what.added], [str(day) for day in what.removed]]
                for what in one.due.differs
            ]
            for one in line.applied
        },
    }


def _together(found: Together | None) -> dict[str, str] | None:
    return {"income": str(found.income), "tax": str(found.tax)} if found is not None else None


def _correction(row: PayrollList, made: Statement, one: Applied, line: Line) -> Correction:
    return Correction(
        payroll_list=row,
        statement=made,
        participation=line.file,
        month=one.due.month.first,
        difference=one.due.difference,
        benefit=one.benefit,
        recovery=line.recovery if one.benefit < 0 else None,
        **{name: getattr(one.contributions, name) for name in PARTS},
    )
