"""Writing down what was paid to ZUS and to the tax office, counting what was too much, and taking it back.

A row is posted in the transaction that writes it. Nobody changes one: a mistake has a row of its own.
"""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from benefits.enums import LedgerEvent, PublicKind
from benefits.models import JournalEntry, PublicPayment
from benefits.queries.public_money import month_with, most_counted
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
from reintegration.tenancy.scope import current_scope

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


def count_over(
    *, kind: PublicKind, source: Month, target: Month, amount: Decimal, note: str = ""
) -> PublicPayment:
    """What one month has too much pays for another: the account in the office is one, so no money moves."""
    _hold(kind)
    over, owing = month_with(kind, source), month_with(kind, target)
    if not over.over:
        raise InputError("W tym miesiącu nie ma już nadpłaty.")
    if owing.left <= ZERO:
        raise InputError("Za ten miesiąc nic już nie zostało do zapłaty.", field="month")
    if amount <= ZERO:
        raise InputError("Wpisz kwotę większą od zera.", field="amount")
    most = most_counted(over, owing)
    if amount > most:
        raise InputError(f"Zalicz najwyżej {format_money(most)}.", field="amount")
    return _stored(
        PublicPayment(
            kind=kind, month=target.first, counted_from=source.first, amount=amount,
            paid_on=clock.today(), note=note.strip(),
        )
    )  # fmt: skip


def take_back(*, payment_id: UUID, note: str) -> PublicPayment:
    """A payment, or the counting of an overpayment, that was a mistake no longer counts; both rows stay."""
    row = PublicPayment.objects.get(pk=payment_id)
    if row.reverses_id is not None or row.reversals.exists():
        raise InputError("Ta zapłata jest już wycofana.")
    if not note.strip():
        raise InputError("Napisz, co było nie tak.", field="note")
    made = _stored(
        PublicPayment(
            kind=row.kind, month=row.month, counted_from=row.counted_from, amount=-row.amount,
            paid_on=row.paid_on, note=note.strip(), reverses=row,
        )
    )  # fmt: skip
    if row.counted_from is not None:
        return made
    entry = JournalEntry.objects.get(source=row.pk, event__in=[LedgerEvent.ZUS, LedgerEvent.TAX])
    reverse(entry, day=clock.today())
    if row.booking_id is not None:
        answers.release(row.booking_id)
    return made


def _hold(kind: PublicKind) -> None:
    """Hold what was paid to an office until the transaction ends: of two who count it, the second sees it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(benefits_public_money_lock(%s, %s))",
            [current_scope().organisation_id, kind.value],
        )


def _stored(row: PublicPayment) -> PublicPayment:
    row.made_at, row.made_by_id = clock.now(), actor()
    return stored(row)
