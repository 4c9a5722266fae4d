"""What is owed to ZUS and to the tax office by month, what was paid, and what is left."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from benefits.enums import PublicKind
from benefits.models import PublicPayment
from benefits.queries import contributions, tax
from benefits.queries.contribution_rules import month_of_list, rule_of, rules
from benefits.queries.forecast import pay_settings
from benefits.queries.granted import STANDS
from benefits.queries.lists import list_of
from benefits.rules.tax_year import by_month, due_on
from reintegration.core.dates import Month
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Owed:
    """One month with one office. Nothing is known of a month before the payment that makes it."""

    kind: PublicKind
    month: Month
    amount: Decimal
    due: date
    payments: Sequence[PublicPayment] = ()
    # What of this month was counted to other months.
    counted_away: Sequence[PublicPayment] = ()

    @property
    def paid(self) -> Decimal:
        came = sum((one.amount for one in self.payments), ZERO)
        return came - sum((one.amount for one in self.counted_away), ZERO)

    @property
    def left(self) -> Decimal:
        """Still to be paid; below zero where more was paid than is owed."""
        return self.amount - self.paid

    @property
    def over(self) -> Decimal:
        """What was paid too much."""
        return max(-self.left, ZERO)

    def is_overdue(self, today: date) -> bool:
        return self.left > 0 and self.due < today


def months_of(kind: PublicKind, *, since: Month | None = None) -> list[Owed]:
    """Every month in which something is owed or was paid, the latest first; or those from one on."""
    owed = _zus(since) if kind == PublicKind.ZUS else _tax(since)
    payments, away = _payments(kind, since)
    until = _due_days(kind)
    return [
        Owed(kind, month, owed.get(month, ZERO), until(month), payments.get(month, ()), away.get(month, ()))
        for month in sorted({*owed, *payments, *away}, reverse=True)
        if since is None or month >= since
    ]


def month_with(kind: PublicKind, month: Month) -> Owed:
    """One month, also one of which nothing is known."""
    found = next((one for one in months_of(kind, since=month) if one.month == month), None)
    return found or Owed(kind, month, ZERO, _due_days(kind)(month))


def waiting(kind: PublicKind) -> list[Owed]:
    """The months that still owe something, the earliest first."""
    return [one for one in reversed(months_of(kind)) if one.left > ZERO]


def most_counted(source: Owed, target: Owed) -> Decimal:
    """So much of what one month has too much can be counted to another."""
    return min(source.over, max(target.left, ZERO))


def of_month(month: Month) -> list[Owed]:
    """What the list of a month brings about with both offices; what waits for its payment is left out.

    A month of contributions may hold other lists too: what is owed of it is all of it.
    """
    row = list_of(month)
    if row is None or row.state not in STANDS:
        return []
    of_zus = month_of_list(row)
    found = [month_with(PublicKind.ZUS, of_zus)] if of_zus is not None else []
    if row.paid_on is not None:
        found.append(month_with(PublicKind.TAX, Month.of(row.paid_on)))
    return found


def account_of(kind: PublicKind) -> str:
    """The unit's own account in the office; empty where nobody has written it down."""
    own = pay_settings()
    return own.zus_account if kind == PublicKind.ZUS else own.tax_account


def _zus(since: Month | None) -> Mapping[Month, Decimal]:
    """The whole sum of each month as its last set of documents says it."""
    sets = contributions.all_sets(contributions.standing_lists(since))
    return {one.month: one.total.total for one in sorted(sets, key=lambda one: (one.month, one.number))}


def _tax(since: Month | None) -> Mapping[Month, Decimal]:
    return {one.month: one.tax for one in by_month(tax.paid(since=since))}


def _payments(kind: PublicKind, since: Month | None) -> tuple[Mapping[Month, list[PublicPayment]], ...]:
    """By the month that has the money, and by the month of whose overpayment it is."""
    found: defaultdict[Month, list[PublicPayment]] = defaultdict(list)
    away: defaultdict[Month, list[PublicPayment]] = defaultdict(list)
    rows = PublicPayment.objects.filter(kind=kind).select_related("made_by")
    if since is not None:
        rows = rows.filter(Q(month__gte=since.first) | Q(counted_from__gte=since.first))
    for one in rows.order_by("paid_on", "pk"):
        found[Month.of(one.month)].append(one)
        if one.counted_from is not None:
            away[Month.of(one.counted_from)].append(one)
    return found, away


def _due_days(kind: PublicKind) -> Callable[[Month], date]:
    if kind == PublicKind.TAX:
        return due_on
    known = rules()
    return lambda month: contributions.due_on(month, rule_of(month, known))
