"""Refunds of supported employment: the employer asks each month, PUP pays within 30 days (art. 16 ust. 5).

The money goes from the starosta to the employer, past the unit: nothing here is posted in its journal.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits.models import SupportedJob, SupportedMonth
from benefits.queries import supported as queries
from benefits.rules import supported_work as rules
from benefits.services.supported import held
from benefits.transitions import REFUNDS, OfRefund
from participants.services.participations.common import not_in_future, stored
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money, format_month


def prepare(*, job_id: UUID, month: Month, pay: Decimal, contributions: Decimal | None) -> SupportedMonth:
    """Count what the employer may ask for a month of work."""
    job, _ = held(job_id)
    if month not in queries.refundable(job):
        raise InputError(f"Umowa nie refunduje miesiąca {format_month(month)}.")
    if month.first > clock.today():
        raise InputError("Ten miesiąc jeszcze się nie zaczął.")
    row = SupportedMonth.objects.filter(job=job, month=month.first).first()
    row = row or SupportedMonth(job=job, person_id=job.person_id, month=month.first)
    REFUNDS.move(row, OfRefund.CHANGE)
    return _counted(row, job, pay, contributions)


def drop(*, refund_id: UUID) -> None:
    """Take away an application that nobody has handed in."""
    row = held_refund(refund_id)
    REFUNDS.refuse_state(row, OfRefund.CHANGE)
    row.delete()


def ask(*, refund_id: UUID, asked_on: date) -> SupportedMonth:
    """The employer has handed the application in; from now on the term of PUP runs."""
    row = held_refund(refund_id)
    REFUNDS.move(row, OfRefund.ASK)
    not_in_future(asked_on, field="asked_on")
    row.asked_on, row.due_on = asked_on, rules.due_on(asked_on, queries.current_law())
    return stored(row)


def pay(*, refund_id: UUID, paid_on: date, paid: Decimal) -> SupportedMonth:
    """PUP has paid the employer."""
    row = held_refund(refund_id)
    REFUNDS.move(row, OfRefund.PAY)
    not_in_future(paid_on, field="paid_on")
    if paid > row.asked:
        raise InputError(f"Wniosek był na {format_money(row.asked)}. PUP nie płaci więcej.", field="paid")
    row.paid_on, row.paid = paid_on, paid
    return stored(row)


def take_back(*, refund_id: UUID) -> SupportedMonth:
    """A payment was written down by mistake."""
    row = held_refund(refund_id)
    REFUNDS.move(row, OfRefund.TAKE_BACK)
    row.paid_on, row.paid = None, None
    return stored(row)


def refuse(*, refund_id: UUID, refused_on: date, refusal: str) -> SupportedMonth:
    """PUP does not pay, and why."""
    row = held_refund(refund_id)
    REFUNDS.move(row, OfRefund.REFUSE)
    not_in_future(refused_on, field="refused_on")
    row.refused_on, row.refusal = refused_on, refusal
    return stored(row)


def again(*, refund_id: UUID) -> SupportedMonth:
    """The employer asks once more after a refusal; history keeps what was refused."""
    row = held_refund(refund_id)
    REFUNDS.move(row, OfRefund.AGAIN)
    row.asked_on, row.due_on, row.refused_on, row.refusal = None, None, None, ""
    return stored(row)


def held_refund(refund_id: UUID) -> SupportedMonth:
    """The refund, with its file and job held before it."""
    held(SupportedMonth.objects.values_list("job_id", flat=True).get(pk=refund_id))
    row: SupportedMonth = SupportedMonth.objects.select_for_update(of=("self",)).get(pk=refund_id)
    return row


def _counted(
    row: SupportedMonth, job: SupportedJob, pay: Decimal, contributions: Decimal | None
) -> SupportedMonth:
    month = Month.of(row.month)
    if contributions is None:
        contributions = rules.contributions_of(pay, job.accident_rate, queries.current_law(), month.first)
    found = queries.refund_of(job, month, pay, contributions)
    row.pay, row.contributions, row.cap, row.asked = pay, contributions, found.cap, found.total
    return stored(row)
