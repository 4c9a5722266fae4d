"""Writing the journal: each event once, in the transaction that makes it happen."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from benefits.enums import PayMethod
from benefits.models import Correction, FundAgreement, JournalEntry, PayrollList, Posting, Statement
from benefits.rules import ledger
from benefits.rules.month import PARTS
from participants.services.participations.common import actor, stored
from reintegration.core import clock
from reintegration.core.money import ZERO
from reintegration.documents.kinds import series
from reintegration.documents.numbers import next_number

NUMBERS = series("DK", "księgowania").code
_CONTRIBUTIONS = sum((F(name) for name in PARTS[1:]), start=F(PARTS[0]))


def post_entitlement(row: PayrollList, *, day: date) -> JournalEntry | None:
    """What an approved list gives; nothing is written of a list that gives nothing."""
    later = dict(
        Correction.objects.filter(payroll_list=row)
        .values_list("statement")
        .annotate(total=Sum(_CONTRIBUTIONS))
        .order_by("statement")
    )
    people = (
        ledger.Entitled(key, benefit + corrected, premium, own + later.get(pk, ZERO))
        for pk, key, benefit, corrected, premium, own in _paid(row)
        .annotate(own=_CONTRIBUTIONS)
        .values_list("pk", "participation", "benefit", "corrected", "premium", "own")
    )
    return _of_list(row, ledger.Event.ENTITLEMENT, day, ledger.entitlement(people))


def post_payment(row: PayrollList, *, day: date) -> JournalEntry | None:
    """What the manager says was sent and handed out."""
    people = (
        ledger.Paid(key, amount, tax, in_cash=method == PayMethod.CASH)
        for key, amount, tax, method in _paid(row).values_list("participation", "to_pay", "tax", "method")
    )
    return _of_list(row, ledger.Event.PAYMENT, day, ledger.payment(people))


def _paid(row: PayrollList) -> "QuerySet[Statement]":
    rows: QuerySet[Statement] = Statement.objects.filter(payroll_list=row, blocked=False)
    return rows.order_by("position")


def _of_list(
    row: PayrollList, event: ledger.Event, day: date, lines: Sequence[ledger.Post]
) -> JournalEntry | None:
    return write(event, lines, source=row.pk, day=day, payroll_list=row)


def write(
    event: ledger.Event,
    lines: Sequence[ledger.Post],
    *,
    source: UUID,
    day: date,
    payroll_list: PayrollList | None = None,
    agreement: FundAgreement | None = None,
) -> JournalEntry | None:
    """One entry of an event that happened to `source`; nothing is written of nothing."""
    if not lines:
        return None
    entry = stored(
        JournalEntry(
            number=next_number(NUMBERS, on=day),
            day=day,
            event=event.value,
            payroll_list=payroll_list,
            agreement=agreement,
            source=source,
            made_at=clock.now(),
            made_by_id=actor(),
        )
    )
    Posting.objects.bulk_create(
        Posting(entry=entry, account=one.account.value, amount=one.amount, participation_id=one.participation)
        for one in lines
    )
    return entry


def reverse(entry: JournalEntry, *, day: date) -> JournalEntry | None:
    """Take an entry back by one with the same lines the other way round; it is done once."""
    rows = Posting.objects.filter(entry=entry).order_by("pk")
    lines = [ledger.Post(ledger.Account(one.account), -one.amount, one.participation_id) for one in rows]
    return write(
        ledger.Event.STORNO,
        lines,
        source=entry.pk,
        day=day,
        payroll_list=entry.payroll_list,
        agreement=entry.agreement,
    )
