"""Taking in what the bank answers: a file whole or not at all, each booking once, and what becomes of it.

Everything runs in the scope of the unit, in the transaction of the request. Lists are held before bookings
and bookings before payments, by everybody; whoever takes a file in holds the unit before all of them.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from benefits.bank.answer import Answer, Booking, BrokenLine
from benefits.bank.reading import read_answer
from benefits.enums import BookingState, LineState, ListState
from benefits.models import BankBooking, BankStatement, PaidLine, PayrollList
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries import answers as queries
from benefits.rules.matching import matched
from benefits.services import lines as services
from benefits.transitions import BOOKINGS, LINES, OfBooking, OfLine
from participants.rules.codes import UnitType
from participants.services.participations.common import actor, stored, unit_type
from reintegration.administration.queries import accounts
from reintegration.core import clock
from reintegration.core.crypto import blind_index
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date, format_table_moment
from reintegration.core.identifiers import format_nrb
from reintegration.core.keys import index_key
from reintegration.core.money import ZERO
from reintegration.core.text import clean
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope

# A month of a busy account has some hundred kilobytes.
LARGEST_FILE = 5_000_000
LONGEST_REMARK = 200
# As long as their columns.
NAME, TITLE, OF_BANK, NUMBER = 300, 600, 80, 60


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file brought."""

    statement: BankStatement
    known: int
    paid: int
    returned: int


def take_in(*, content: bytes) -> TakenIn:
    """Take in a file of the bank; what cannot be read, or is not ours, brings nothing at all."""
    if unit_type() is not UnitType.CIS:
        raise InputError("KIS nie wypłaca świadczeń integracyjnych. (art. 18)")
    if len(content) > LARGEST_FILE:
        raise InputError("Ten plik jest za duży na wyciąg. Pobierz z banku krótszy okres.", field="file")
    # Two people who bring the same file at once: the second one finds it.
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=current_scope().organisation_id)
    digest = hashlib.sha256(content).hexdigest()
    before = BankStatement.objects.filter(digest=digest).first()
    if before is not None:
        when = format_table_moment(before.read_at)
        raise InputError(f"Ten plik jest już wczytany ({when}). Nic się nie zmieniło.", field="file")
    format_, answers = _read(content)
    _refuse_foreign(answers)
    _refuse_future(answers)
    read = [(one, identity) for answer in answers for one, identity in _identified(answer)]
    if not read:
        raise InputError("W tym wyciągu nie ma żadnej operacji, więc nie ma czego wczytać.", field="file")
    known = set(
        BankBooking.objects.filter(identity__in=[identity for _, identity in read])
        .order_by("identity")
        .values_list("identity", flat=True)
    )
    # One file may tell a day twice as well.
    new = {identity: one for one, identity in read if identity not in known}
    if not new:
        raise InputError(
            "Wszystkie operacje z tego pliku są już wczytane. Nic się nie zmieniło.", field="file"
        )
    statement = _statement(format_, digest, answers, len(new))
    BankBooking.objects.bulk_create(
        _booking(statement, position, one, identity)
        for position, (identity, one) in enumerate(new.items(), 1)
    )
    paid, returned = _match(PayrollList.objects.filter(state__in=AFTER_PAYMENT))
    return TakenIn(statement, len({identity for _, identity in read}) - len(new), paid, returned)


def _read(content: bytes) -> tuple[str, Sequence[Answer]]:
    """What is wrong inside a file is said beside the file."""
    try:
        return read_answer(content)
    except InputError as error:
        error.field = "file"
        raise


def _refuse_foreign(answers: Sequence[Answer]) -> None:
    own = {row.number for row in accounts()}
    for answer in answers:
        if answer.account not in own:
            raise InputError(
                f"To wyciąg z konta {format_nrb(answer.account)}, a jednostka takiego nie ma. "
                "Wybierz inny plik albo wpisz ten rachunek w ustawieniach.",
                field="file",
            )


def _refuse_future(answers: Sequence[Answer]) -> None:
    """What is booked has happened; another day would stand in the journal for good."""
    for answer in answers:
        for one in answer.bookings:
            if one.day > clock.today():
                error = BrokenLine(one.line, f"dnia {format_table_date(one.day)} jeszcze nie było.")
                error.field = "file"
                raise error


def _identified(answer: Answer) -> Iterator[tuple[Booking, str]]:
    """Bookings with what tells each from all others.

    The bank's reference does, with the number of those that are alike; where there is none, the balance after
    the booking.
    """
    alike: Counter[tuple[str, ...]] = Counter()
    balance = answer.opening
    for one in answer.bookings:
        balance += one.amount
        told = (
            answer.account, one.day.isoformat(), str(one.amount), one.account, one.name, one.title,
            one.end_to_end, one.bank_reference,
        )  # fmt: skip
        alike[told] += 1
        last = str(alike[told]) if one.bank_reference else str(balance)
        # What some banks tell as a movement of nothing is none.
        if one.amount:
            yield one, blind_index(index_key(), "bank_booking", "\x1f".join((*told, last))).hex()


def _statement(format_: str, digest: str, answers: Sequence[Answer], count: int) -> BankStatement:
    days = sorted(one.day for answer in answers for one in answer.bookings if one.amount)
    numbers = list(dict.fromkeys(_fitting(one.number, NUMBER) for one in answers if one.number))
    return stored(
        BankStatement(
            digest=digest,
            format=format_,
            account=answers[0].account,
            number="–".join([numbers[0], numbers[-1]] if len(numbers) > 1 else numbers)[:NUMBER],
            first_day=days[0],
            last_day=days[-1],
            opening=answers[0].opening,
            closing=answers[-1].closing,
            count=count,
            read_by_id=actor(),
            read_at=clock.now(),
        )
    )


def _booking(statement: BankStatement, position: int, one: Booking, identity: str) -> BankBooking:
    return BankBooking(
        statement=statement,
        position=position,
        day=one.day,
        amount=one.amount,
        references=list(one.references),
        bank_reference=_fitting(one.bank_reference, OF_BANK),
        reversal=one.reversal,
        account=one.account,
        name=_fitting(one.name, NAME),
        title=_fitting(one.title, TITLE),
        identity=identity,
    )


def _fitting(text: str, most: int) -> str:
    """What a bank writes is not ours to refuse: signs that are no letters become spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]


def match_list(row: PayrollList) -> None:
    """A list was confirmed after its transfers stood on a statement; the caller holds it."""
    _match(PayrollList.objects.filter(pk=row.pk))


def _match(lists: "QuerySet[PayrollList]") -> tuple[int, int]:
    """Take open bookings for the payments of lists that they certainly are: how many went, how many came."""
    rows = list(BankBooking.objects.filter(state=BookingState.OPEN).order_by("day", "statement", "position"))
    if not rows:
        return 0, 0
    # Those paid before payments were kept, and those that a booking speaks of.
    for one in lists.filter(lines__isnull=True).order_by("pk"):
        services.hold_lists([one.pk])
        services.write_lines(one)
    speaks = queries.touched(rows).filter(payroll_list__in=lists)
    held = set(speaks.values_list("payroll_list_id", flat=True))
    services.hold_lists(held)
    rows = list(
        BankBooking.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows], state=BookingState.OPEN)
        .order_by("day", "statement", "position")
    )
    lines = {
        one.pk: one
        for one in queries.touched(rows).select_for_update(of=("self",)).filter(payroll_list__in=held)
    }
    by_key = {row.pk: row for row in rows}
    found = matched([queries.seen(row) for row in rows], [queries.payment_of(one) for one in lines.values()])
    went = [_settle(by_key[seen.key], [lines[one.key] for one in group]) for seen, group in list(found)]
    return sum(not came for came in went), sum(went)


def _settle(row: BankBooking, lines: Sequence[PaidLine]) -> bool:
    """Put a booking and its payments together; the caller holds all of them. Tells whether money came."""
    came = bool(row.amount > ZERO)
    _decided(row, OfBooking.TAKE)
    for line in lines:
        if came:
            services.came_back(line, day=row.day, booking=row)
            continue
        if line.state == LineState.SENT:
            services.move(line, OfLine.BOOK)
        else:
            # Somebody had said that it went; should the booking be taken back, that still holds.
            line.said_on = line.booked_on
        line.booking, line.booked_on = row, row.day
        stored(line)
    return came


def _decided(row: BankBooking, step: OfBooking, remark: str = "") -> BankBooking:
    BOOKINGS.move(row, step)
    is_open = row.state == BookingState.OPEN
    row.decided_by_id, row.decided_at = (None, None) if is_open else (actor(), clock.now())
    row.remark = remark
    return stored(row)


def confirm(*, booking_id: UUID, line_ids: Collection[UUID]) -> BankBooking:
    """A person says that a booking is what was proposed."""
    services.hold_lists(_lists_of(line_ids))
    row = _held(booking_id)
    BOOKINGS.refuse_state(row, OfBooking.TAKE)
    wanted = set(line_ids)
    judged = queries.judged([row])[row.pk]
    group = next((one for one in judged.proposals if {line.pk for line in one} == wanted), None)
    if group is None:
        raise InputError("Ta propozycja już nie pasuje. Odśwież stronę.")
    held = PaidLine.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    _settle(row, list(held.select_related("statement", "payroll_list", "person").order_by("pk")))
    return row


def take(booking_id: UUID) -> BankBooking:
    """What is recorded elsewhere, such as money of the employment office, is no longer asked about here."""
    return _decided(_held(booking_id), OfBooking.TAKE)


def release(booking_id: UUID) -> BankBooking:
    """What was recorded elsewhere was taken back there."""
    return _decided(_held(booking_id), OfBooking.REOPEN)


def put_aside(*, booking_id: UUID, remark: str) -> BankBooking:
    """A booking has nothing to do with benefits; a word says what it is."""
    said = clean(remark)
    if not said:
        raise InputError("Napisz, co to za operacja.", field="remark")
    if len(said) > LONGEST_REMARK:
        raise InputError(f"Wpisano {len(said)} znaków, zmieści się {LONGEST_REMARK}.", field="remark")
    return _decided(_held(booking_id), OfBooking.PUT_ASIDE, said)


def reopen(*, booking_id: UUID) -> BankBooking:
    """Take back what was decided of a booking, and with it what it said of payments."""
    at = PaidLine.objects.filter(booking=booking_id) | PaidLine.objects.filter(return_booking=booking_id)
    services.hold_lists(list(at.order_by("pk").values_list("payroll_list_id", flat=True)))
    row = _held(booking_id)
    BOOKINGS.refuse_state(row, OfBooking.REOPEN)
    rows = PaidLine.objects.select_related("statement", "payroll_list", "person")
    held = rows.select_for_update(of=("self",)).order_by("pk")
    paid, back = list(held.filter(booking=row)), list(held.filter(return_booking=row))
    if row.state == BookingState.MATCHED and not paid and not back:
        raise InputError("Ta operacja jest zapisana na innej stronie. Tam można to cofnąć.")
    for line in (*paid, *back):
        if line.payroll_list.state == ListState.CLOSED:
            raise InputError(f"Lista {line.payroll_list.number} jest zamknięta. Tego już nie można cofnąć.")
    for line in back:
        services.take_return_back(line)
    for line in paid:
        LINES.refuse_state(line, OfLine.UNBOOK)
        if line.said_on is None:
            services.move(line, OfLine.UNBOOK)
        line.booking, line.booked_on, line.said_on = None, line.said_on, None
        stored(line)
    return _decided(row, OfBooking.REOPEN)


def _held(booking_id: UUID) -> BankBooking:
    found: BankBooking = BankBooking.objects.select_for_update(of=("self",)).get(pk=booking_id)
    return found


def _lists_of(line_ids: Collection[UUID]) -> list[UUID]:
    rows = PaidLine.objects.filter(pk__in=line_ids).order_by("pk")
    return list(rows.values_list("payroll_list_id", flat=True))
