"""How payments stand, and what the bookings of the bank may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from benefits.enums import BookingState, LineState, PayMethod, PayPart
from benefits.models import BankBooking, BankStatement, PaidLine, PayrollList
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries.bankable import in_one_line
from benefits.queries.lists import address_of
from benefits.queries.transfers import Payment as OfSheet
from benefits.queries.transfers import file_of, sheet_of
from benefits.rules.matching import Group, Payment, Seen, Stage, Verdict, Why, judge
from reintegration.core.money import ZERO
from reintegration.core.together import Questions
from reintegration.tenancy.prepared import prepared

# The post says in other words than the bank how its orders stand.
POSTED: Final = {LineState.SENT: "nadana na poczcie", LineState.PAID: "doręczona"}
# Somebody still has to do something about these.
OPEN: Final = frozenset({LineState.PLANNED, LineState.SENT, LineState.RETURNED})


def drawn(row: PayrollList) -> list[PaidLine]:
    """The payments of a list as its confirmation sends them, not stored."""
    sheet, file = sheet_of(row), file_of(row)
    sent = [_drawn(row, one, PayMethod.TRANSFER) for one in sheet.transfers]
    for line in sent:
        line.transfer_file = file
    posted = [_drawn(row, one, PayMethod.POST) for one in sheet.post]
    return sent + posted + [_drawn(row, one, PayMethod.CASH) for one in sheet.cash]


def _drawn(row: PayrollList, one: OfSheet, method: PayMethod) -> PaidLine:
    in_cash = method == PayMethod.CASH
    part = PayPart.PREMIUM if one.is_premium else PayPart.BENEFIT
    return PaidLine(
        payroll_list=row,
        statement=one.statement,
        person_id=one.statement.person_id,
        part=part if method == PayMethod.TRANSFER else PayPart.WHOLE,
        amount=one.amount,
        reference=one.reference,
        method=method,
        # Who confirms a list says that the cash was handed out; of the rest bank and post have the last word.
        state=LineState.PAID if in_cash else LineState.SENT,
        sent_on=row.paid_on,
        booked_on=row.paid_on if in_cash else None,
        moved_by_id=row.paid_by_id,
        moved_at=row.paid_at,
    )


def lines_of(row: PayrollList) -> list[PaidLine]:
    """Every sending of every payment of a list, in the order of the list.

    A list that was paid before sendings were kept says the same as it would have said then.
    """
    if row.state not in AFTER_PAYMENT:
        return []
    rows = PaidLine.objects.filter(payroll_list=row).select_related(
        "statement", "person", "transfer_file", "booking", "return_booking", "moved_by"
    )
    return list(rows.order_by("statement__position", "part", "attempt")) or drawn(row)


def short_lines_of(row: PayrollList) -> list[PaidLine]:
    """The same with no more than how each stands and how much it is."""
    if row.state not in AFTER_PAYMENT:
        return []
    (rows,) = _short(row.pk).answers()
    return rows or drawn(row)


@prepared
def _short(list_id: UUID) -> Questions:
    rows = PaidLine.objects.filter(payroll_list=list_id).order_by("statement__position", "part", "attempt")
    return Questions(
        rows.only("statement", "person", "part", "attempt", "state", "method", "booking", "amount")
    )


def latest(lines: Iterable[PaidLine]) -> list[PaidLine]:
    """The last sending of each payment: what it says is how the payment stands."""
    found: dict[tuple[UUID, str], PaidLine] = {}
    for one in lines:
        key = one.statement_id, one.part
        if key not in found or found[key].attempt < one.attempt:
            found[key] = one
    return list(found.values())


def open_lines(row: PayrollList) -> list[PaidLine]:
    """Payments of a list that are neither paid nor decided."""
    return [one for one in latest(lines_of(row)) if one.state in OPEN]


def in_words(line: PaidLine) -> str:
    """How a payment stands, for somebody who reads it beside its name."""
    if line.state == LineState.PAID and line.booking_id is None and line.method == PayMethod.TRANSFER:
        return "potwierdzona słowem"
    if line.state == LineState.PAID and line.method == PayMethod.CASH:
        return "wydana w kasie"
    if line.method == PayMethod.POST and line.state in POSTED:
        return POSTED[LineState(line.state)]
    if line.state == LineState.PAID:
        return "zaksięgowana"
    return str(LineState(line.state).label)


# What a booking may be


def account_of(line: PaidLine) -> str:
    """Where a transfer went: as the list says, or as it was when it went out again."""
    return line.account if line.attempt > 1 else line.statement.account


def place_of(line: PaidLine) -> str:
    """Where a postal order went, in one line."""
    found = line.party if line.attempt > 1 else address_of(line.statement)
    return in_one_line(found or {})


def seen(row: BankBooking) -> Seen:
    return Seen(
        key=row.pk,
        amount=row.amount,
        references=tuple(row.references),
        account=row.account,
        title=row.title,
        reversal=row.reversal,
    )


def payment_of(line: PaidLine) -> Payment:
    stage = Stage.WAITS if line.booking_id is None else Stage.BOOKED
    return Payment(
        key=line.pk,
        reference=line.reference,
        amount=line.amount,
        account=account_of(line),
        stage=Stage.BACK if line.state not in {LineState.SENT, LineState.PAID} else stage,
        file=line.transfer_file.reference if line.transfer_file is not None else "",
    )


def touched(bookings: Iterable[BankBooking]) -> "QuerySet[PaidLine]":
    """The transfers that some of the bookings may be of."""
    rows = list(bookings)
    named = {one for row in rows for one in row.references}
    # Money that came may be any payment of its amount; money that went, one that waits for the bank.
    came = {row.amount for row in rows if row.amount > ZERO}
    waiting = Q(state__in=[LineState.SENT, LineState.PAID], booking__isnull=True)
    back = Q(state__in=[LineState.SENT, LineState.PAID], amount__in=came)
    found: QuerySet[PaidLine] = PaidLine.objects.filter(
        waiting | back | Q(reference__in=named) | Q(transfer_file__reference__in=named),
        method=PayMethod.TRANSFER,
    ).exclude(state=LineState.PLANNED)
    return found.select_related("statement", "transfer_file", "person", "payroll_list").order_by("pk")


@dataclass(frozen=True, slots=True)
class Judged:
    """An open booking with what it may be."""

    row: BankBooking
    verdict: Verdict
    lines: Mapping[UUID, PaidLine]

    @property
    def proposals(self) -> list[list[PaidLine]]:
        groups: tuple[Group, ...] = self.verdict.proposals
        if self.verdict.payments:
            groups = (self.verdict.payments, *groups)
        return [[self.lines[one.key] for one in group] for group in groups]

    @property
    def why(self) -> str:
        return WHY[self.verdict.why] if self.verdict.why is not None else ""

    @property
    def person_ids(self) -> set[UUID]:
        return {line.person_id for group in self.proposals for line in group}


WHY: Final = {
    Why.AMOUNT: "Oznaczenie jest nasze, ale kwota inna niż w płatności.",
    Why.ACCOUNT: "Oznaczenie i kwota się zgadzają, ale konto odbiorcy jest inne niż na liście.",
    Why.BOOKED: "Ta płatność jest już zaksięgowana inną operacją. Sprawdź, czy bank nie wypłacił dwa razy.",
    Why.BACK: "Ta płatność już wróciła.",
    Why.SEVERAL: "Oznaczenie pasuje do kilku płatności. Wybierz jedną.",
    Why.FILE: "Oznaczenie pliku jest nasze, ale kwota to nie suma tego pliku albo część już zaksięgowano.",
    Why.UNKNOWN: "Oznaczenie wygląda na nasze, ale żadna wypłacona lista go nie ma.",
}


def judged(rows: Iterable[BankBooking]) -> dict[UUID, Judged]:
    """What each of the open ones may be, in one query for all of them."""
    waiting = [row for row in rows if row.state == BookingState.OPEN]
    lines = {one.pk: one for one in touched(waiting)} if waiting else {}
    payments = [payment_of(one) for one in lines.values()]
    return {row.pk: Judged(row, judge(seen(row), payments), lines) for row in waiting}


def statements() -> "QuerySet[BankStatement]":
    """What was taken in, the latest first, with how many bookings wait for somebody."""
    waiting = Count("bookings", filter=Q(bookings__state=BookingState.OPEN))
    return BankStatement.objects.annotate(open=waiting).order_by("-last_day", "-read_at")


def bookings_of(statement: BankStatement) -> "QuerySet[BankBooking]":
    rows: QuerySet[BankBooking] = BankBooking.objects.filter(statement=statement)
    return rows.select_related("statement", "decided_by").order_by("position")


def lines_of_bookings(rows: Sequence[BankBooking]) -> dict[UUID, list[PaidLine]]:
    """The payments that bookings were matched with, by booking; returns stand at the return."""
    keys = [row.pk for row in rows]
    found: dict[UUID, list[PaidLine]] = {key: [] for key in keys}
    lines = PaidLine.objects.filter(Q(booking__in=keys) | Q(return_booking__in=keys))
    for line in lines.select_related("person", "payroll_list").order_by("reference"):
        for key in (line.booking_id, line.return_booking_id):
            if key in found:
                found[key].append(line)
    return found
