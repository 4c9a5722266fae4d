"""What the journal says: balances of the accounts, of people and of lists, and the year month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from benefits.enums import LedgerAccount, LedgerEvent
from benefits.models import FundAgreement, JournalEntry, PayrollList, Posting, Statement
from benefits.queries.granted import STANDS
from participants.models import Participation
from reintegration.core.dates import Month
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Balance:
    """An account over some days: what stood on it, what moved, and what stands."""

    account: LedgerAccount
    before: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def after(self) -> Decimal:
        return self.before + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class OfMonth:
    """One month of the year's summary: turnover by account, credits below zero."""

    month: Month
    amounts: Mapping[LedgerAccount, Decimal]


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def trial_balance(first: date, last: date) -> list[Balance]:
    """Every account that was ever moved, in the order of the chart."""
    here = Q(entry__day__range=(first, last))
    rows = (
        Posting.objects.filter(entry__day__lte=last)
        .values("account")
        .annotate(
            before=_sum(Q(entry__day__lt=first)),
            debit=_sum(here & Q(amount__gt=0)),
            credit=_sum(here & Q(amount__lt=0)),
        )
        .order_by("account")
    )
    found = {row["account"]: row for row in rows}
    return [
        Balance(account, found[account]["before"], found[account]["debit"], -found[account]["credit"])
        for account in LedgerAccount
        if account in found
    ]


def by_month(year: int) -> list[OfMonth]:
    """The months in which something was posted, and what each account turned over on balance."""
    first, last = year_of(year)
    rows = (
        Posting.objects.filter(entry__day__range=(first, last))
        .annotate(of=TruncMonth("entry__day"))
        .values_list("of", "account")
        .annotate(total=Sum("amount"))
        .order_by("of", "account")
    )
    found: dict[Month, dict[LedgerAccount, Decimal]] = {}
    for day, account, total in rows:
        found.setdefault(Month.of(day), {})[LedgerAccount(account)] = total
    return [OfMonth(month, amounts) for month, amounts in found.items()]


def years() -> list[int]:
    """Those with an entry, the latest first."""
    return [day.year for day in JournalEntry.objects.dates("day", "year", order="DESC")]


def entries(first: date, last: date) -> "QuerySet[JournalEntry]":
    """The latest first, each with what it turns over."""
    rows = JournalEntry.objects.filter(day__range=(first, last)).select_related("payroll_list", "made_by")
    return rows.annotate(total=_sum(Q(postings__amount__gt=0), "postings__amount")).order_by("-day", "-pk")


def owed_to_people(last: date) -> Sequence[tuple[Participation, Decimal]]:
    """What each person is still to get, or owes; whoever is even is left out."""
    return _open_by("participation", Participation.objects.select_related("person"), last)


def unpaid_lists(last: date) -> Sequence[tuple[PayrollList, Decimal]]:
    """What of each list has not been paid yet."""
    return _open_by("entry__payroll_list", PayrollList.objects.all(), last)


def open_agreements(last: date) -> Sequence[tuple[FundAgreement, Decimal]]:
    """What the labour office owes by each agreement; below zero the unit holds an advance."""
    found = _open_by("entry__agreement", FundAgreement.objects.all(), last, LedgerAccount.LABOUR_FUND)
    return [(row, -amount) for row, amount in found]


def _open_by(
    key: str, rows: "QuerySet[Any]", last: date, account: LedgerAccount = LedgerAccount.PEOPLE
) -> list[tuple[Any, Decimal]]:
    sums = (
        Posting.objects.filter(account=account, entry__day__lte=last)
        .values_list(key)
        .annotate(total=Sum("amount"))
        .exclude(total=0)
        .order_by(key)
    )
    open_ones: dict[UUID, Decimal] = {pk: -total for pk, total in sums}
    return [(row, open_ones[row.pk]) for row in rows.filter(pk__in=list(open_ones)).order_by("pk")]


def lines_between(first: date, last: date) -> "QuerySet[Posting]":
    """Every line of some days, entry by entry as they were made."""
    rows = Posting.objects.filter(entry__day__range=(first, last)).select_related(
        "entry__payroll_list", "entry__agreement", "participation__person"
    )
    return rows.order_by("entry__day", "entry", "pk")


def lines_of(entry: JournalEntry) -> "QuerySet[Posting]":
    """By person, in the order of the chart within a person; what is of nobody comes last."""
    rows = Posting.objects.filter(entry=entry).select_related("participation__person")
    return rows.order_by("participation__person__name_order", "participation", "pk")


def _sum(condition: Q, of: str = "amount") -> Any:
    return Coalesce(Sum(of, filter=condition), ZERO)


def faults(row: PayrollList) -> list[str]:
    """Where the journal says another amount of a list than the list itself; nothing when they agree."""
    given = Statement.objects.filter(payroll_list=row, blocked=False).aggregate(
        gross=Coalesce(Sum("benefit") + Sum("corrected") + Sum("premium"), ZERO)
    )["gross"]
    people = Posting.objects.filter(entry__payroll_list=row, account=LedgerAccount.PEOPLE)
    posted = dict(people.values_list("entry__event").annotate(total=Sum("amount")).order_by("entry__event"))
    wanted = {LedgerEvent.ENTITLEMENT: -given if row.state in STANDS else ZERO}
    wanted[LedgerEvent.PAYMENT] = given if row.state in STANDS and row.paid_on is not None else ZERO
    return [
        f"w księdze „{event.label}” jest {format_money(posted.get(event.value, ZERO))},"
        f" a z listy wynika {format_money(amount)}"
        for event, amount in wanted.items()
        if posted.get(event.value, ZERO) != amount
    ]
