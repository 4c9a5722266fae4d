"""The payments of a list on their way: written when it is paid, confirmed, come back, paid again, given up.

Everything runs in the scope of the unit, in the transaction of the request. Whoever moves a payment holds its
list first, so that two clicks, two tabs or two people have one effect; the table refuses a second one anyhow.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid5

from django.urls import reverse

from benefits import kinds
from benefits.enums import LineState, PayMethod
from benefits.models import BankBooking, JournalEntry, PaidLine, PayrollList
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries import answers as queries
from benefits.queries.bankable import address_of_person, own_account, refusal, unaddressed
from benefits.queries.pay import pay_file
from benefits.rules import ledger as rules
from benefits.services import ledger
from benefits.transitions import LINES, OfLine
from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money
from reintegration.core.text import clean
from reintegration.notices.services import raise_task, settle_task

LONGEST_REASON = 200


def hold_lists(list_ids: Collection[UUID]) -> None:
    """Lists before payments, and of several the earlier key first: nobody waits in a circle."""
    rows = PayrollList.objects.select_for_update(of=("self",)).filter(pk__in=list_ids)
    list(rows.order_by("pk"))


def write_lines(row: PayrollList) -> None:
    """What a list sends, once; the caller holds it."""
    if not PaidLine.objects.filter(payroll_list=row).exists():
        PaidLine.objects.bulk_create(queries.drawn(row))


def held_line(line_id: UUID) -> PaidLine:
    """A payment, held together with its list."""
    hold_lists([PaidLine.objects.values_list("payroll_list_id", flat=True).get(pk=line_id)])
    found: PaidLine = (
        PaidLine.objects.select_for_update(of=("self",))
        .select_related("statement", "payroll_list", "person", "transfer_file")
        .get(pk=line_id)
    )
    return found


def move(line: PaidLine, name: OfLine) -> None:
    """Make a step on a payment that the caller holds and stores."""
    LINES.move(line, name)
    line.moved_by_id, line.moved_at = actor(), clock.now()


def confirm_by_word(*, list_id: UUID, day: date, method: str = PayMethod.TRANSFER) -> int:
    """Somebody has seen at the bank, or at the post, that all of it arrived; answers how many did."""
    hold_lists([list_id])
    row = PayrollList.objects.get(pk=list_id)
    if row.state not in AFTER_PAYMENT:
        raise InputError("Najpierw potwierdź wypłatę listy.")
    write_lines(row)
    lines = PaidLine.objects.select_for_update(of=("self",)).filter(
        payroll_list=row, state=LineState.SENT, method=method
    )
    waiting = list(lines.order_by("pk"))
    if not waiting:
        what = PayMethod(method).label
        raise InputError(f"Na tej liście żaden {what} nie czeka na potwierdzenie.")
    not_in_future(day, field="day")
    for line in waiting:
        _not_before_sent(line, day)
        move(line, OfLine.BOOK)
        line.booked_on = day
        stored(line)
    return len(waiting)


def return_by_word(*, line_id: UUID, day: date, reason: str) -> PaidLine:
    """A payment did not arrive and no booking says so: it was sent back, or nobody came to the till."""
    line = held_line(line_id)
    LINES.refuse_state(line, OfLine.RETURN)
    not_in_future(day, field="day")
    _not_before_sent(line, day)
    line.reason = _said(reason)
    return came_back(line, day=day)


def came_back(line: PaidLine, *, day: date, booking: BankBooking | None = None) -> PaidLine:
    """Post a return and ask whoever pays what becomes of it; the caller holds the payment."""
    move(line, OfLine.RETURN)
    line.returned_on, line.return_booking = day, booking
    stored(line)
    in_cash = line.method == PayMethod.CASH
    lines = rules.returned(line.statement.participation_id, line.amount, in_cash=in_cash)
    ledger.write(
        rules.Event.RETURN, lines, source=_return_keys(line)[-1], day=day, payroll_list=line.payroll_list
    )
    raise_task(
        kind=kinds.PAYMENT_RETURNED.key,
        key=str(line.pk),
        title=f"Wróciła wypłata: {line.person}",
        text=f"{line.reference}, {format_money(line.amount)}. Zdecyduj, czy wypłacić jeszcze raz.",
        link=reverse("benefits:line", args=[line.pk]),
        subject_id=line.person_id,
    )
    return line


def take_return_back(line: PaidLine) -> PaidLine:
    """A return was somebody else's money after all; the caller holds the payment."""
    if PaidLine.objects.filter(statement=line.statement, part=line.part, attempt__gt=line.attempt).exists():
        raise InputError("Ta płatność poszła już jeszcze raz, więc zwrotu nie można cofnąć.")
    if line.returned_on is None:
        raise InputError("Ta płatność nie wróciła, więc nie ma czego cofnąć.")
    move(line, OfLine.UNRETURN if line.booked_on is not None else OfLine.UNRETURN_SENT)
    line.returned_on, line.return_booking, line.reason = None, None, ""
    stored(line)
    *_, last, _ = _return_keys(line)
    ledger.reverse(JournalEntry.objects.get(event=rules.Event.RETURN, source=last), day=clock.today())
    settle_task(kind=kinds.PAYMENT_RETURNED.key, key=str(line.pk))
    return line


def _return_keys(line: PaidLine) -> list[UUID]:
    """Under what the returns of a payment are posted, and last the one of the next.

    A return that was taken back stays in the journal with its storno, so another one has a key of its own.
    """
    found = [line.pk]
    while JournalEntry.objects.filter(event=rules.Event.RETURN, source=found[-1]).exists():
        found.append(uuid5(line.pk, str(len(found))))
    return found


def pay_again(*, line_id: UUID, method: str) -> PaidLine:
    """Send what came back once more, as the person is paid now; it exists once, whoever asks."""
    line = held_line(line_id)
    if line.state not in {LineState.RETURNED, LineState.DROPPED}:
        raise InputError(
            f"Stan płatności to „{line.get_state_display()}”: nie można wypłacić jej jeszcze raz."
        )
    later = PaidLine.objects.filter(statement=line.statement, part=line.part, attempt__gt=line.attempt)
    if later.exists():
        raise InputError("Ta płatność idzie już jeszcze raz.")
    attempt = line.attempt + 1
    made = PaidLine(
        payroll_list=line.payroll_list,
        statement=line.statement,
        person_id=line.person_id,
        part=line.part,
        attempt=attempt,
        amount=line.amount,
        reference=f"{_first_reference(line)}-R{attempt - 1}",
        method=method,
        party=address_of_person(line.person),
        moved_by_id=actor(),
        moved_at=clock.now(),
    )
    if method == PayMethod.POST and (found := unaddressed(line.person)):
        raise InputError(found, field="method")
    if method == PayMethod.TRANSFER:
        made.account = _account_today(line)
    stored(made)
    settle_task(kind=kinds.PAYMENT_RETURNED.key, key=str(line.pk))
    return made


def _first_reference(line: PaidLine) -> str:
    return line.reference.rpartition("-R")[0] if line.attempt > 1 else line.reference


def _account_today(line: PaidLine) -> str:
    way = pay_file(line.statement.participation_id).way_on(clock.today())
    if way is None or way.method != PayMethod.TRANSFER or not way.account:
        raise InputError(
            "Ta osoba nie ma dziś konta do wypłaty. Wpisz je w zakładce „Świadczenie” albo wypłać w kasie.",
            field="method",
        )
    if found := refusal(line.person, way, own_account()):
        raise InputError(found, field="method")
    account: str = way.account
    return account


def give_up(*, line_id: UUID, reason: str) -> PaidLine:
    """Decide that a payment does not go out again now; the journal goes on owing it to the person."""
    line = held_line(line_id)
    LINES.refuse_state(line, OfLine.DROP)
    line.reason = _said(reason)
    move(line, OfLine.DROP)
    settle_task(kind=kinds.PAYMENT_RETURNED.key, key=str(line.pk))
    return stored(line)


def sent(line: PaidLine, *, day: date) -> PaidLine:
    """What goes again is on its way, and the journal says so; the caller holds the payment."""
    in_cash = line.method == PayMethod.CASH
    move(line, OfLine.HAND_OUT if in_cash else OfLine.SEND)
    line.sent_on, line.booked_on = day, day if in_cash else None
    stored(line)
    lines = rules.paid_again(line.statement.participation_id, line.amount, in_cash=in_cash)
    ledger.write(rules.Event.AGAIN, lines, source=line.pk, day=day, payroll_list=line.payroll_list)
    return line


def send_by_word(*, line_id: UUID, day: date) -> PaidLine:
    """Cash was handed out, an order posted, a transfer typed at the bank; no file then pays it again."""
    line = held_line(line_id)
    LINES.refuse_state(line, OfLine.HAND_OUT if line.method == PayMethod.CASH else OfLine.SEND)
    not_in_future(day, field="day")
    before = PaidLine.objects.filter(statement=line.statement, part=line.part, returned_on__gt=day)
    if before.exists():
        raise InputError("Ten dzień jest wcześniejszy niż dzień, w którym pieniądze wróciły.", field="day")
    return sent(line, day=day)


def _not_before_sent(line: PaidLine, day: date) -> None:
    if line.sent_on is not None and day < line.sent_on:
        raise InputError("Ten dzień jest wcześniejszy niż dzień wypłaty.", field="day")


def _said(reason: str) -> str:
    said = clean(reason)
    if not said:
        raise InputError("Napisz, dlaczego.", field="reason")
    if len(said) > LONGEST_REASON:
        raise InputError(f"Powód ma {len(said)} znaków, zmieści się {LONGEST_REASON}.", field="reason")
    return said


def undo_return(*, line_id: UUID) -> PaidLine:
    """Take back a return that rests on a person's word."""
    line = held_line(line_id)
    if line.return_booking_id is not None:
        raise InputError("Ten zwrot jest z wyciągu. Otwórz jego operację i tam cofnij dopasowanie.")
    return take_return_back(line)
