"""What stands with the Labour Fund: applications by line, agreements by year, and what the journal says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from benefits.enums import (
    FundAdvanceState,
    FundAgreementState,
    FundApplicationState,
    FundLineKind,
    FundReceiptKind,
    LedgerAccount,
)
from benefits.models import (
    BankBooking,
    Correction,
    FundAdvance,
    FundAgreement,
    FundApplication,
    FundBudget,
    FundLine,
    FundReceipt,
    PayrollList,
    Posting,
    Statement,
)
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries.lists import name_of
from benefits.rules import fund
from benefits.rules.month import PARTS
from reintegration.core.dates import DateSpan, Month
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO

# What was sent, and stands.
CLAIMED: Final = (FundApplicationState.SENT, FundApplicationState.SETTLED)
LIVE: Final = (FundApplicationState.DRAFT, *CLAIMED)
# Agreements that hold or held on their days.
IN_FORCE: Final = (FundAgreementState.SIGNED, FundAgreementState.ENDED)
_AMOUNT: Final = F("benefit") + F("contributions")


def agreement_of(month: Month) -> FundAgreement | None:
    """The one that holds at the end of a month, else the last one that held in it."""
    return in_force(month.span).first()


def in_force(span: DateSpan) -> "QuerySet[FundAgreement]":
    """Those that hold or held on a day of a span, the latest first."""
    rows = FundAgreement.objects.filter(state__in=IN_FORCE, since__lte=span.last, until__gte=span.first)
    return rows.order_by("-since")


def agreement_on(day: date) -> FundAgreement | None:
    rows = FundAgreement.objects.filter(state__in=IN_FORCE, since__lte=day, until__gte=day)
    return rows.order_by("-since").first()


def applications() -> "QuerySet[FundApplication]":
    return FundApplication.objects.select_related("agreement", "payroll_list", "sent_by", "closed_by")


def lists_to_apply(first: Month | None = None) -> "QuerySet[PayrollList]":
    """Paid lists in whose month an agreement held, that nobody has applied for yet; the earliest first."""
    live = FundApplication.objects.filter(state__in=LIVE)
    rows = PayrollList.objects.filter(state__in=AFTER_PAYMENT).exclude(pk__in=live.values("payroll_list"))
    if first is not None:
        rows = rows.filter(month__gte=first.first)
    return rows.order_by("month")


def lines_of(row: FundApplication) -> "QuerySet[FundLine]":
    """People in the order of their names, the benefit of the month before what was put right later."""
    rows = FundLine.objects.filter(application=row).select_related(
        "person", "statement", "participation", "carried_from__application"
    )
    return rows.order_by("person__name_order", "participation", "-month", "pk")


def name_on(line: FundLine) -> str:
    """As the list says it, whatever the person is called today; what is carried has no list of its own."""
    return name_of(line.statement) if line.statement is not None else str(line.person)


def carried(lines: Iterable[FundLine]) -> Mapping[UUID, str]:
    """By line, the number of the application that asks for the rest of it again.

    One that was withdrawn asks for nothing, but what it had carried may have been carried on.
    """
    found: dict[UUID, str] = {}
    asked = {one.pk: one.pk for one in lines}
    while asked:
        rows = FundLine.objects.filter(carried_from__in=asked).order_by("pk")
        below, asked = asked, {}
        for key, source, number, state in rows.values_list(
            "pk", "carried_from", "application__number", "application__state"
        ):
            if state == FundApplicationState.WITHDRAWN:
                asked[key] = below[source]
            else:
                found[below[source]] = number
    return found


@dataclass(frozen=True, slots=True)
class ToCarry:
    """What the next application asks for again."""

    # The last one of its way, to which the new line is tied, and the one of which something is left.
    line: FundLine
    source: FundLine

    @property
    def rest(self) -> Decimal:
        return self.source.refused if self.source.asked else self.source.amount


def to_carry() -> list[ToCarry]:
    """What was not given or asked and is to be asked for again, also by way of withdrawn applications.

    Whatever these decided about it does not count: it is as the line says from which it had been carried.
    """
    left = Q(carry=True, application__state__in=CLAIMED)
    again = Q(kind=FundLineKind.CARRIED, application__state=FundApplicationState.WITHDRAWN)
    rows = FundLine.objects.filter(left | again, carried_to__isnull=True).select_related("application")
    ordered = list(rows.order_by("month", "participation", "pk"))
    sources = _sources(ordered)
    found = [ToCarry(one, sources[one.pk]) for one in ordered]
    return [one for one in found if one.source.application.state in CLAIMED and one.source.carry]


def _sources(lines: Iterable[FundLine]) -> Mapping[UUID, FundLine]:
    """From where each line was carried, past the applications that were withdrawn."""
    found = {one.pk: one for one in lines}
    while above := {
        key: one.carried_from_id
        for key, one in found.items()
        if one.carried_from_id is not None and one.application.state == FundApplicationState.WITHDRAWN
    }:
        rows = FundLine.objects.filter(pk__in=above.values()).select_related("application")
        by_key = {one.pk: one for one in rows.order_by("pk")}
        found |= {key: by_key[source] for key, source in above.items()}
    return found


@dataclass(frozen=True, slots=True)
class OfList:
    """One row that a paid list gives to ask for."""

    statement: Statement
    kind: FundLineKind
    month: Month
    benefit: Decimal
    contributions: Decimal


def asked_of(row: PayrollList) -> list[OfList]:
    """Benefits and corrections of a list with their contributions; rows of nothing are left out."""
    found = []
    later = defaultdict(list)
    for one in Correction.objects.filter(payroll_list=row).order_by("month"):
        later[one.statement_id].append(one)
    for statement in Statement.objects.filter(payroll_list=row, blocked=False).order_by("position"):
        own = OfList(statement, FundLineKind.OWN, Month.of(row.month), statement.benefit, parts_of(statement))
        found.append(own)
        found += [
            OfList(statement, FundLineKind.CORRECTION, Month.of(one.month), one.benefit, parts_of(one))
            for one in later[statement.pk]
        ]
    return [one for one in found if one.benefit or one.contributions]


def parts_of(row: Statement | Correction) -> Decimal:
    return sum((getattr(row, name) for name in PARTS), ZERO)


@dataclass(frozen=True, slots=True)
class Standing:
    """An application, how it stands, and by when the office was to pay."""

    row: FundApplication
    found: fund.Standing

    @property
    def month(self) -> Month:
        return Month.of(self.row.payroll_list.month)

    @property
    def due(self) -> date | None:
        if self.row.sent_on is None:
            return None
        return self.row.sent_on + timedelta(days=self.row.agreement.pays_within)

    def over(self, today: date) -> int:
        """Days past the term of an application of which money is still to come."""
        waits = self.row.state == FundApplicationState.SENT and self.found.open > 0
        return fund.days_over(self.due, today) if waits and self.due is not None else 0


@dataclass(frozen=True, slots=True)
class Account:
    """An agreement with its applications, what an advance of it still holds, and what the office owes."""

    agreement: FundAgreement
    applications: Sequence[Standing]
    # What came as an advance and covers nothing that was sent.
    free: Decimal

    @property
    def balance(self) -> Decimal:
        """What the office owes; below zero the unit holds its money."""
        sent = (one.found for one in self.applications if one.row.state in CLAIMED)
        return sum((one.open for one in sent), ZERO) - self.free

    def of(self, row: FundApplication) -> Standing:
        return next(one for one in self.applications if one.row.pk == row.pk)

    @property
    def open_ones(self) -> list[Standing]:
        return [one for one in self.applications if one.row.state == FundApplicationState.SENT]


def accounts(agreements: Iterable[FundAgreement]) -> list[Account]:
    """The accounts of some agreements, in three queries."""
    rows = list(agreements)
    keys = [one.pk for one in rows]
    lines = defaultdict(list)
    of_lines = FundLine.objects.filter(application__agreement__in=keys).order_by("pk")
    for key, benefit, contributions, asked, granted in of_lines.values_list(
        "application", "benefit", "contributions", "asked", "granted"
    ):
        lines[key].append(fund.Line(benefit + contributions, asked, granted))
    money: defaultdict[UUID, Decimal] = defaultdict(lambda: ZERO)
    receipts = FundReceipt.objects.filter(agreement__in=keys, taken_back_on__isnull=True).order_by("pk")
    for key, application, kind, amount in receipts.values_list("agreement", "application", "kind", "amount"):
        money[application or key] += -amount if kind == FundReceiptKind.GIVEN_BACK else amount
    found = defaultdict(list)
    for row in applications().filter(agreement__in=keys).order_by("sent_on", "number"):
        found[row.agreement_id].append(Standing(row, fund.standing(lines[row.pk], money[row.pk])))
    return [_account(one, found[one.pk], money[one.pk]) for one in rows]


def _account(agreement: FundAgreement, rows: Sequence[Standing], advance: Decimal) -> Account:
    """Settled applications keep what covered them; those that were sent are covered in their order."""
    settled = sum((one.row.from_advance for one in rows), ZERO)
    sent = [one for one in rows if one.row.state == FundApplicationState.SENT]
    parts = fund.cover(advance - settled, [one.found.open for one in sent])
    covered = {one.row.pk: part for one, part in zip(sent, parts, strict=True)}
    shown = [
        Standing(one.row, one.found.covered(covered.get(one.row.pk, one.row.from_advance))) for one in rows
    ]
    return Account(agreement, shown, advance - settled - sum(parts, ZERO))


def account_of(agreement: FundAgreement) -> Account:
    return accounts([agreement])[0]


def spent(agreement: FundAgreement, year: int) -> Mapping[Month, Decimal]:
    """What the applications of a year ask for, by the month of the list, without what was refused."""
    rows = FundLine.objects.filter(
        application__agreement=agreement,
        application__state__in=CLAIMED,
        application__sent_on__year=year,
        asked=True,
    )
    sums = (
        rows.values_list("application__payroll_list__month")
        .annotate(asked=Sum(_AMOUNT), given=Sum("granted"), answered=_answered())
        .order_by("application__payroll_list__month")
    )
    return {
        Month.of(day): asked - (answered or ZERO) + (given or ZERO) for day, asked, given, answered in sums
    }


def _answered() -> Any:
    return Sum(_AMOUNT, filter=Q(granted__isnull=False))


def budget_of(agreement: FundAgreement, year: int) -> FundBudget | None:
    return FundBudget.objects.filter(agreement=agreement, year=year).first()


def left_of(agreement: FundAgreement, year: int) -> Decimal | None:
    """What of a year's amount nobody has asked for; nothing is known without the amount."""
    budget = budget_of(agreement, year)
    if budget is None:
        return None
    left: Decimal = budget.amount - sum(spent(agreement, year).values(), ZERO)
    return left


def people_of(lines: Iterable[FundLine]) -> int:
    """Who takes a place in the month of the list: whoever asks for a benefit of the month itself."""
    return len(
        {one.participation_id for one in lines if one.asked and one.kind == FundLineKind.OWN and one.benefit}
    )


def refusals(row: FundApplication, lines: Sequence[FundLine], on: date) -> list[str]:
    """Why it cannot be sent on a day as it is."""
    return fund.refusals(
        people=people_of(lines),
        places=row.agreement.places,
        asked=sum((one.amount for one in lines if one.asked), ZERO),
        left=left_of(row.agreement, on.year),
        year=on.year,
    )


@dataclass(frozen=True, slots=True)
class Open:
    """What a movement on the bank's statement may be of, and how much of it is open."""

    row: FundApplication | FundAdvance | FundAgreement
    amount: Decimal


def open_for(booking: BankBooking) -> list[Open]:
    """What money may be of that came from the office, or went back; those of just this amount first."""
    size = abs(booking.amount)
    found = accounts(FundAgreement.objects.filter(state__in=IN_FORCE).order_by("since"))
    sent = [one for account in found for one in account.open_ones]
    rows: list[Open] = []
    if booking.amount > ZERO:
        early = [one for one in sent if one.row.sent_on is not None and one.row.sent_on <= booking.day]
        rows += [Open(one.row, max(one.found.open, ZERO)) for one in early]
        asked = FundAdvance.objects.filter(state=FundAdvanceState.ASKED, asked_on__lte=booking.day)
        rows += [Open(one, one.amount) for one in asked.order_by("asked_on", "number")]
    else:
        rows += [Open(one.row, one.found.overpaid) for one in sent if one.found.overpaid >= size]
        rows += [Open(one.agreement, one.free) for one in found if one.free >= size]
    return sorted(rows, key=lambda one: one.amount != size)


def posted(agreement: FundAgreement) -> Decimal:
    """What the office owes by the journal."""
    rows = Posting.objects.filter(entry__agreement=agreement, account=LedgerAccount.LABOUR_FUND)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def faults(found: Account) -> list[str]:
    """Where the journal says another amount than the applications; nothing when they agree."""
    said = posted(found.agreement)
    if said == found.balance:
        return []
    return [
        f"w księdze urząd jest winien {format_money(said)}, a z wniosków wynika {format_money(found.balance)}"
    ]


@dataclass(frozen=True, slots=True)
class OfMonth:
    """The application of a month for the close: how it stands, and what is missing."""

    # Without an agreement for the month there is nothing to ask for.
    agreement: FundAgreement | None
    standing: Standing | None
    due: date | None
    # Whether the list is paid, so that an application can be made.
    ready: bool

    @property
    def missing(self) -> str:
        """What is to be done next, in words; nothing when it is settled."""
        if self.agreement is None:
            return "Na ten miesiąc nie ma umowy z urzędem pracy."
        if self.standing is None:
            return "Nie ma jeszcze wniosku o refundację." if self.ready else ""
        state, found = self.standing.row.state, self.standing.found
        if state == FundApplicationState.DRAFT:
            return "Wniosek nie jest wysłany."
        if state == FundApplicationState.SETTLED:
            return ""
        if found.unanswered:
            return "Urząd jeszcze nie odpowiedział."
        return (
            f"Do wyjaśnienia: {format_money(found.awaited)}."
            if found.awaited
            else "Wniosek czeka na rozliczenie."
        )


def is_refunded(row: PayrollList) -> bool:
    """Whether the office owes nothing more for a list; a list of nothing but premiums asks for nothing."""
    rows = FundApplication.objects.filter(payroll_list=row, state=FundApplicationState.SETTLED)
    return rows.exists() or not asked_of(row)


def of_month(month: Month) -> OfMonth:
    """What the close of a month asks about its refund."""
    row = applications().filter(payroll_list__month=month.first, state__in=LIVE).first()
    agreement = row.agreement if row is not None else agreement_of(month)
    ready = PayrollList.objects.filter(month=month.first, state__in=AFTER_PAYMENT).exists()
    if agreement is None:
        return OfMonth(None, None, None, ready)
    standing = account_of(agreement).of(row) if row is not None else None
    return OfMonth(agreement, standing, fund.application_due(month, agreement.apply_by), ready)
