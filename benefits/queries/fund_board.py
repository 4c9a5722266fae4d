"""The board of the Labour Fund: what is waited for, how full the agreement is, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from benefits.enums import FundAgreementState, FundApplicationState, GrantState
from benefits.models import FundAgreement, PayrollList
from benefits.queries import fund as queries
from benefits.rules import fund
from participants.models import Participation
from reintegration.core.dates import Month
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Year:
    """What an agreement gives for a year, and what it goes on."""

    year: int
    amount: Decimal
    spent: Decimal
    forecast: fund.Forecast | None

    @property
    def left(self) -> Decimal:
        return self.amount - self.spent

    @property
    def percent(self) -> int:
        return int(self.spent * 100 / self.amount)

    @property
    def words(self) -> str:
        return f"{format_money(self.spent)} z {format_money(self.amount)}, zostało {format_money(self.left)}"

    @property
    def short(self) -> Decimal:
        """By how much the amount will not do until the end of the year."""
        return max(ZERO, self.forecast.expected - self.amount) if self.forecast is not None else ZERO


@dataclass(frozen=True, slots=True)
class Current:
    """The agreement that holds today."""

    account: queries.Account
    used: int
    year: Year | None

    @property
    def agreement(self) -> FundAgreement:
        return self.account.agreement

    @property
    def free(self) -> int:
        return max(0, self.agreement.places - self.used)

    @property
    def over(self) -> int:
        return max(0, self.used - self.agreement.places)


@dataclass(frozen=True, slots=True)
class ToApply:
    """A paid list that nobody has applied for."""

    row: PayrollList
    agreement: FundAgreement

    @property
    def month(self) -> Month:
        return Month.of(self.row.month)

    @property
    def due(self) -> date:
        return fund.application_due(self.month, self.agreement.apply_by)


@dataclass(frozen=True, slots=True)
class Board:
    agreements: Sequence[FundAgreement]
    current: Current | None
    to_apply: Sequence[ToApply]
    accounts: Sequence[queries.Account]
    # Rows of earlier applications that the next one asks for again.
    to_carry: int

    @property
    def waiting(self) -> list[FundAgreement]:
        return [one for one in self.agreements if one.state == FundAgreementState.ASKED]

    @property
    def others(self) -> list[FundAgreement]:
        return [one for one in self.agreements if one.state != FundAgreementState.ASKED]

    def in_state(self, state: FundApplicationState) -> list[queries.Standing]:
        return [one for found in self.accounts for one in found.applications if one.row.state == state]

    @property
    def drafts(self) -> list[queries.Standing]:
        return self.in_state(FundApplicationState.DRAFT)

    @property
    def unpaid(self) -> list[queries.Standing]:
        """What was sent and is not settled, the earliest first."""
        return self.in_state(FundApplicationState.SENT)


def places_on(day: date) -> QuerySet[Participation]:
    """Who takes a place on a day: takes part, and was granted the benefit by then."""
    rows = Participation.objects.filter(
        periods__since__lte=day,
        periods__until__gte=day,
        grants__state=GrantState.GRANTED,
        grants__granted_from__lte=day,
    )
    return rows.select_related("person").order_by("person__name_order", "pk").distinct()


def people_on(day: date) -> int:
    return places_on(day).count()


def year_of(agreement: FundAgreement, year: int) -> Year | None:
    budget = queries.budget_of(agreement, year)
    if budget is None or agreement.until is None:
        return None
    spent = queries.spent(agreement, year)
    return Year(
        year,
        budget.amount,
        sum(spent.values(), ZERO),
        fund.forecast(year, spent, until=agreement.until),
    )


def to_apply(rows: Sequence[FundAgreement]) -> list[ToApply]:
    """Paid lists of months in which an agreement held."""
    held = sorted(
        (one for one in rows if one.state in queries.IN_FORCE),
        key=lambda one: one.since or date.min,
        reverse=True,
    )
    if not held:
        return []
    found = []
    for row in queries.lists_to_apply(Month.of(held[-1].since)):
        month = Month.of(row.month)
        here = [one for one in held if one.since <= month.last and one.until >= month.first]
        if here:
            found.append(ToApply(row, here[0]))
    return found


def board(today: date) -> Board:
    agreements = list(FundAgreement.objects.order_by("-asked_on", "pk"))
    accounts = queries.accounts([one for one in agreements if one.state in queries.IN_FORCE])
    here = queries.agreement_on(today)
    current = None
    if here is not None:
        account = next(one for one in accounts if one.agreement.pk == here.pk)
        current = Current(account, people_on(today), year_of(here, today.year))
    return Board(agreements, current, to_apply(agreements), accounts, len(queries.to_carry()))
