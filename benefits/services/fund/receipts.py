"""Money of the labour office: refunds, advances, and what goes back. A mistake is taken back, not removed."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits.enums import FundMode, FundReceiptKind
from benefits.models import (
    BankBooking,
    FundAdvance,
    FundAgreement,
    FundApplication,
    FundReceipt,
    JournalEntry,
)
from benefits.queries import fund as queries
from benefits.rules import ledger
from benefits.services import answers
from benefits.services.fund.applications import accept_unanswered
from benefits.services.fund.common import held, held_agreement, said
from benefits.services.ledger import reverse, write
from benefits.transitions import FUND_ADVANCES, FUND_APPLICATIONS, OfFundAdvance, OfFundApplication
from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO
from reintegration.documents.kinds import series
from reintegration.documents.numbers import next_number

NUMBERS = series("ZF", "wnioski o zaliczkę z Funduszu Pracy").code
# What is posted for money of each kind.
EVENTS = {
    FundReceiptKind.REFUND: ledger.Event.RECEIPT,
    FundReceiptKind.ADVANCE: ledger.Event.RECEIPT,
    FundReceiptKind.GIVEN_BACK: ledger.Event.GIVEN_BACK,
}


def book(*, booking_id: UUID, of: FundApplication | FundAdvance | FundAgreement) -> FundReceipt:
    """Money as it stands on the bank's statement: nobody types its day and amount."""
    booking: BankBooking = BankBooking.objects.get(pk=booking_id)
    came = booking.amount > ZERO
    known = {"booking_id": booking.pk, "day": booking.day, "amount": abs(booking.amount)}
    if came and isinstance(of, FundApplication):
        return receive(application_id=of.pk, **known)
    if came and isinstance(of, FundAdvance):
        return receive_advance(advance_id=of.pk, **known)
    if not came and isinstance(of, FundApplication):
        return give_back_overpaid(application_id=of.pk, **known)
    if not came and isinstance(of, FundAgreement):
        return give_back(agreement_id=of.pk, **known)
    raise InputError("Ta operacja nie jest tą wpłatą ani tym zwrotem.")


def receive(
    *, application_id: UUID, day: date, amount: Decimal, booking_id: UUID | None = None
) -> FundReceipt:
    """The office paid for an application; when all of it came at once, everybody was granted."""
    row = held(application_id)
    FUND_APPLICATIONS.refuse_state(row, OfFundApplication.SETTLE)
    if row.sent_on is not None and day < row.sent_on:
        raise InputError("Wpłata nie może być wcześniejsza niż wniosek.", field="day")
    _refuse_twice(row, day, amount, booking_id)
    before = queries.account_of(row.agreement).of(row).found
    made = _made(FundReceiptKind.REFUND, row.agreement, day, amount, booking_id, application=row)
    if amount == before.open and before.unanswered:
        accept_unanswered(row)
    return made


def _refuse_twice(row: FundApplication, day: date, amount: Decimal, booking_id: UUID | None) -> None:
    """Two people who write down the same money; that it came twice only the bank's statement can tell."""
    same = FundReceipt.objects.filter(
        application=row, kind=FundReceiptKind.REFUND, day=day, amount=amount, taken_back_on__isnull=True
    )
    told = "Jeśli urząd zapłacił dwa razy, zapisz drugą wpłatę z wyciągu."
    if booking_id is not None:
        same, told = (
            same.filter(booking__isnull=True),
            "Żeby zapisać ją z wyciągu, najpierw cofnij tamten zapis.",
        )
    if same.exists():
        raise InputError(f"Wpłata na tę kwotę z tego dnia jest już zapisana. {told}")


def ask_advance(*, agreement_id: UUID, month: Month, amount: Decimal, asked_on: date) -> FundAdvance:
    """The unit asks for an advance on the benefits of a month."""
    agreement = held_agreement(agreement_id)
    if agreement.mode != FundMode.ADVANCE:
        raise InputError("Ta umowa jest o refundację po wypłacie, bez zaliczek.")
    if agreement.since is None or agreement.until is None:
        raise InputError("Najpierw zapisz podpisanie umowy.")
    if not Month.of(agreement.since) <= month <= Month.of(agreement.until):
        raise InputError("W tym miesiącu umowa nie obowiązuje.", field="month")
    not_in_future(asked_on, field="asked_on")
    return stored(
        FundAdvance(
            agreement=agreement,
            number=next_number(NUMBERS, on=asked_on),
            month=month.first,
            amount=amount,
            asked_on=asked_on,
        )
    )


def receive_advance(
    *, advance_id: UUID, day: date, amount: Decimal, booking_id: UUID | None = None
) -> FundReceipt:
    """An advance came; it covers the applications that were sent, in their order."""
    row = held_advance(advance_id)
    FUND_ADVANCES.move(row, OfFundAdvance.PAY)
    if day < row.asked_on:
        raise InputError("Wpłata nie może być wcześniejsza niż wniosek.", field="day")
    made = _made(FundReceiptKind.ADVANCE, row.agreement, day, amount, booking_id, advance=row)
    stored(row)
    return made


def refuse_advance(*, advance_id: UUID, because: str) -> FundAdvance:
    """The office gives none."""
    return _closed(advance_id, OfFundAdvance.REFUSE, because)


def withdraw_advance(*, advance_id: UUID, because: str) -> FundAdvance:
    """The unit does without it."""
    return _closed(advance_id, OfFundAdvance.WITHDRAW, because)


def give_back(
    *, agreement_id: UUID, day: date, amount: Decimal, booking_id: UUID | None = None
) -> FundReceipt:
    """What is left of an advance goes back to the office."""
    agreement = held_agreement(agreement_id)
    free = queries.account_of(agreement).free
    if amount > free:
        raise InputError(f"Z zaliczek zostało {format_money(free)}.", field="amount")
    return _made(FundReceiptKind.GIVEN_BACK, agreement, day, amount, booking_id)


def give_back_overpaid(
    *, application_id: UUID, day: date, amount: Decimal, booking_id: UUID | None = None
) -> FundReceipt:
    """What came for an application and is not due goes back to the office."""
    row = held(application_id)
    FUND_APPLICATIONS.refuse_state(row, OfFundApplication.SETTLE)
    over = queries.account_of(row.agreement).of(row).found.overpaid
    if amount > over:
        raise InputError(f"Nadpłata to {format_money(over)}.", field="amount")
    return _made(FundReceiptKind.GIVEN_BACK, row.agreement, day, amount, booking_id, application=row)


def take_back(*, receipt_id: UUID, because: str) -> FundReceipt:
    """It was written down by mistake; the entry is taken back by another one."""
    key = FundReceipt.objects.values_list("agreement_id", flat=True).get(pk=receipt_id)
    agreement = held_agreement(key)
    row: FundReceipt = (
        FundReceipt.objects.select_for_update(of=("self",))
        .select_related("application", "advance")
        .get(pk=receipt_id)
    )
    if row.taken_back_on is not None:
        raise InputError("Ta wpłata jest już cofnięta.")
    if row.application is not None:
        FUND_APPLICATIONS.refuse_state(row.application, OfFundApplication.SETTLE)
    row.taken_back_on, row.taken_back_by_id = clock.today(), actor()
    row.taken_back_because = said(because, field="because")
    stored(row)
    if row.advance is not None:
        FUND_ADVANCES.move(row.advance, OfFundAdvance.TAKE_BACK)
        stored(row.advance)
    if queries.account_of(agreement).free < 0:
        raise InputError(
            "Ta zaliczka rozliczyła już wnioski albo wróciła do urzędu. "
            "Najpierw otwórz ich rozliczenie albo cofnij zapis zwrotu."
        )
    entry = JournalEntry.objects.get(source=row.pk, event=EVENTS[FundReceiptKind(row.kind)].value)
    reverse(entry, day=row.taken_back_on)
    if row.booking_id is not None:
        answers.release(row.booking_id)
    return row


def held_advance(advance_id: UUID) -> FundAdvance:
    """An advance with its agreement, held in this order."""
    agreement = held_agreement(FundAdvance.objects.values_list("agreement_id", flat=True).get(pk=advance_id))
    row: FundAdvance = FundAdvance.objects.select_for_update(of=("self",)).get(pk=advance_id)
    row.agreement = agreement
    return row


def _closed(advance_id: UUID, name: OfFundAdvance, because: str) -> FundAdvance:
    row = held_advance(advance_id)
    FUND_ADVANCES.move(row, name)
    row.closed_because = said(because, field="because")
    return stored(row)


def _made(
    kind: FundReceiptKind,
    agreement: FundAgreement,
    day: date,
    amount: Decimal,
    booking_id: UUID | None,
    *,
    application: FundApplication | None = None,
    advance: FundAdvance | None = None,
) -> FundReceipt:
    not_in_future(day, field="day")
    booking = answers.take(booking_id) if booking_id is not None else None
    if booking is not None and (booking.day, _signed(kind, amount)) != (day, booking.amount):
        raise InputError("Na wyciągu jest inny dzień albo inna kwota.")
    row = stored(
        FundReceipt(
            agreement=agreement,
            application=application,
            advance=advance,
            booking=booking,
            kind=kind,
            day=day,
            amount=amount,
            made_at=clock.now(),
            made_by_id=actor(),
        )
    )
    lines = ledger.given_back(amount) if kind == FundReceiptKind.GIVEN_BACK else ledger.received(amount)
    write(
        EVENTS[kind],
        lines,
        source=row.pk,
        day=day,
        payroll_list=application.payroll_list if application is not None else None,
        agreement=agreement,
    )
    return row


def _signed(kind: FundReceiptKind, amount: Decimal) -> Decimal:
    """As the bank says it: below zero what went."""
    return -amount if kind == FundReceiptKind.GIVEN_BACK else amount
