"""The advance on tax of what a list pays, as it is on the day on which the money goes out.

Other payments of the same month have taken their part of the reduction. Counted are lists that were paid in
the month, and lists that were counted for it, are signed or wait for their payment and were handed over
earlier: money leaves in that order, and two lists that wait at once must not both take the whole. A list with
a file for the bank pays on the day of its file until somebody says otherwise. Whether another one that waits
longer than its month was paid nobody has said: it is looked at when somebody does. What came back from the
bank stays counted, for its first payment is the one that tax goes by; a draft or an abandoned list pays
nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from benefits.enums import ListState, TransferPurpose
from benefits.models import PayrollList, Statement, TaxStatement, TransferFile
from benefits.models.lists import AFTER_PAYMENT
from benefits.rules.law import Law
from benefits.rules.month import advance
from benefits.rules.tax import Relief, Said, pit2_on, used_by
from benefits.transitions import UNDER_WAY
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.money import ZERO
from reintegration.law.book import law_book

_INCOME = F("benefit") + F("corrected") + F("premium")


@dataclass(frozen=True, slots=True)
class OtherTax:
    """A person of a list whose tax is another one on the day of the payment."""

    # The first one of the person.
    statement_id: UUID
    counted: Decimal
    due: Decimal


def payment_day(month: Month) -> date:
    """When a list of the month pays that is counted today: money goes out after its last day."""
    return max(month.last, clock.today())


def reliefs_of(
    person_ids: Iterable[UUID], day: date, law: Law, *, row: PayrollList | None = None
) -> Mapping[UUID, Relief]:
    """Of everybody on a list, be it a draft, in two queries."""
    keys = list(set(person_ids))
    said, used = said_of(keys), _used(keys, Month.of(day), law, row)
    return {key: Relief(pit2_on(day, said[key]), used[key]) for key in keys}


def taxed_otherwise(row: PayrollList, day: date) -> list[OtherTax]:
    """Whose tax would be another one if the list were paid on this day, in the order of the list.

    Where several payments share the reduction each has rounded its tax, so a złoty is no difference. Of
    whoever was erased nobody knows any more what was said.
    """
    rows = Statement.objects.filter(payroll_list=row, blocked=False, document__isnull=False)
    found: dict[UUID, tuple[UUID, Decimal, Decimal]] = {}
    for key, person, income, tax in rows.order_by("position").values_list("pk", "person_id", _INCOME, "tax"):
        first, before, taxed = found.get(person, (key, ZERO, ZERO))
        found[person] = first, before + income, taxed + tax
    law, month = Law(law_book()), Month.of(day)
    reliefs = reliefs_of(found, day, law, row=row)
    others = []
    for person, (first, income, taxed) in found.items():
        relief = reliefs[person]
        due = advance(income, pit2=relief.pit2.holds, month=month, law=law, used=relief.used)
        if abs(due - taxed) > (1 if relief.used else 0):
            others.append(OtherTax(first, taxed, due))
    return others


def said_of(person_ids: Sequence[UUID]) -> Mapping[UUID, list[Said]]:
    """What people said of PIT-2, in whatever files."""
    rows = TaxStatement.objects.filter(person__in=person_ids).order_by("since", "pk")
    found: defaultdict[UUID, list[Said]] = defaultdict(list)
    for key, *said in rows.values_list(
        "person_id", "since", "pit2", "filed_on", "participation__opened_on", "participation__ended_on"
    ):
        found[key].append(Said(*said))
    return found


def _used(
    person_ids: Sequence[UUID], month: Month, law: Law, row: PayrollList | None
) -> Mapping[UUID, Decimal]:
    """What other payments of the month take of the reduction: one tax a list, whatever files it pays."""
    rows = _others(month, row).filter(person__in=person_ids, blocked=False)
    lists: defaultdict[tuple[UUID, UUID], tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for key, of_list, income, tax in rows.order_by("pk").values_list(
        "person_id", "payroll_list_id", _INCOME, "tax"
    ):
        before = lists[key, of_list]
        lists[key, of_list] = before[0] + income, before[1] + tax
    found: defaultdict[UUID, Decimal] = defaultdict(lambda: ZERO)
    for (key, _), (income, tax) in lists.items():
        found[key] += used_by(income, tax, month, law)
    return found


def _others(month: Month, row: PayrollList | None) -> "QuerySet[Statement]":
    """Of lists that are paid in the month, and of those that were counted for it and are still to be paid."""
    files = TransferFile.objects.filter(
        payroll_list=OuterRef("payroll_list"), purpose=TransferPurpose.PAYMENT
    )
    sent = Q(
        Exists(files.filter(day__range=(month.first, month.last))), payroll_list__state=ListState.APPROVED
    )
    paid = Q(payroll_list__state__in=AFTER_PAYMENT, payroll_list__paid_on__range=(month.first, month.last))
    begins, ends = (datetime.combine(day, time.min, clock.WARSAW) for day in (month.first, month.next.first))
    waiting = Q(
        Q(payroll_list__month=month.first) | Q(payroll_list__locked_at__gte=begins),
        ~Exists(files),
        payroll_list__state__in=[*UNDER_WAY, ListState.APPROVED],
        payroll_list__month__lte=month.first,
        payroll_list__locked_at__lt=ends,
    )
    if row is not None and row.locked_at is not None:
        # Of two of one instant the one that was begun first.
        before = Q(payroll_list__locked_at=row.locked_at, payroll_list__lt=row.pk)
        waiting &= Q(payroll_list__locked_at__lt=row.locked_at) | before
    rows: QuerySet[Statement] = Statement.objects.filter(paid | sent | waiting)
    return rows.exclude(payroll_list=row) if row is not None else rows
