"""Writing down what was paid to ZUS and to the tax office, and taking it back.

A row is posted in the transaction that writes it. Nobody changes one: a mistake has a row of its own.
"""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from benefits.enums import LedgerEvent, PublicKind
from benefits.models import JournalEntry, PublicPayment
from benefits.rules import ledger
from benefits.services import answers
from benefits.services.ledger import reverse, write
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, not_in_future, stored, unit_type
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.money import ZERO

_EVENTS: Final = {PublicKind.ZUS: ledger.Event.ZUS, PublicKind.TAX: ledger.Event.TAX}


def pay(
    *,
    kind: PublicKind,
    month: Month,
    amount: Decimal,
    paid_on: date,
    note: str = "",
    booking_id: UUID | None = None,
) -> PublicPayment:
    """What the bank sent to an office for a month; a booking of the bank's statement is answered by it."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    not_in_future(paid_on, field="paid_on")
    if amount <= ZERO:
        raise InputError("Wpisz kwotę większą od zera.", field="amount")
    if month > Month.of(paid_on):
        raise InputError("Miesiąc nie może być późniejszy niż dzień zapłaty.", field="paid_on")
    booking = answers.take(booking_id) if booking_id is not None else None
    if booking is not None and -booking.amount < amount:
        raise InputError(f"Z konta wyszło {format_money(-booking.amount)}, tyle najwyżej.", field="amount")
    row = _stored(
        PublicPayment(
            kind=kind, month=month.first, amount=amount, note=note.strip(), booking=booking,
            paid_on=booking.day if booking is not None else paid_on,
        )
    )  # fmt: skip
    lines = ledger.to_zus(amount) if kind == PublicKind.ZUS else ledger.to_tax_office(amount)
    write(_EVENTS[kind], lines, source=row.pk, day=row.paid_on)
    return row


def take_back(*, payment_id: UUID, note: str) -> PublicPayment:
    """A payment that was written by mistake no longer counts; both rows stay."""
    row = PublicPayment.objects.get(pk=payment_id)
    if row.reverses_id is not None or row.reversals.exists():
        raise InputError("Ta zapłata jest już wycofana.")
    if not note.strip():
        raise InputError("Napisz, co było nie tak.", field="note")
    made = _stored(
        PublicPayment(
            kind=row.kind, month=row.month, amount=-row.amount, paid_on=row.paid_on, note=note.strip(),
            reverses=row,
        )
    )  # fmt: skip
    entry = JournalEntry.objects.get(source=row.pk, event__in=[LedgerEvent.ZUS, LedgerEvent.TAX])
    reverse(entry, day=clock.today())
    if row.booking_id is not None:
        answers.release(row.booking_id)
    return made


def _stored(row: PublicPayment) -> PublicPayment:
    row.made_at, row.made_by_id = clock.now(), actor()
    return stored(row)
