"""Applications for the refund of a paid list: drawn up, sent, answered, settled (art. 15 ust. 8).

What is asked, and what the office does not give, is posted in the transaction that makes it so.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from benefits.enums import FundApplicationState, FundLineKind, FundReason, ListState
from benefits.models import FundApplication, FundLine, FundReceipt, PayrollList
from benefits.models.lists import AFTER_PAYMENT
from benefits.queries import fund as queries
from benefits.rules import fund, ledger
from benefits.services.fund.common import held, held_agreement, held_line, refuse_club, said
from benefits.services.ledger import write
from benefits.transitions import FUND_APPLICATIONS, OfFundApplication
from participants.services.participations.common import actor, not_in_future, stored
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import format_money, format_month
from reintegration.core.ids import uuid7
from reintegration.core.money import ZERO
from reintegration.core.text import clean
from reintegration.documents.kinds import series
from reintegration.documents.numbers import next_number

NUMBERS = series("WF", "wnioski o refundację z Funduszu Pracy").code


def draw(*, list_id: UUID) -> FundApplication:
    """An application of everything that a paid list gives to ask for, and of what is carried to it."""
    refuse_club()
    paid = PayrollList.objects.get(pk=list_id)
    if paid.state not in AFTER_PAYMENT:
        raise InputError("Refunduje się to, co wypłacono. Ta lista nie jest jeszcze wypłacona.")
    month = Month.of(paid.month)
    agreement = queries.agreement_of(month)
    if agreement is None:
        raise InputError(f"Na {format_month(month)} nie ma podpisanej umowy z urzędem pracy.")
    held_agreement(agreement.pk)
    row = stored(
        FundApplication(agreement=agreement, payroll_list=paid, number=next_number(NUMBERS, on=clock.today()))
    )
    own = queries.asked_of(paid)
    again = queries.to_carry()
    if not own and not again:
        raise InputError("Z tej listy nie ma czego refundować.")
    FundLine.objects.bulk_create([*(_of_list(row, one) for one in own), *(_again(row, one) for one in again)])
    return row


def _of_list(row: FundApplication, found: queries.OfList) -> FundLine:
    return FundLine(
        application=row,
        participation_id=found.statement.participation_id,
        person_id=found.statement.person_id,
        statement=found.statement,
        kind=found.kind,
        month=found.month.first,
        benefit=found.benefit,
        contributions=found.contributions,
    )


def _again(row: FundApplication, found: queries.ToCarry) -> FundLine:
    source = found.source
    benefit, contributions = fund.split(found.rest, source.benefit, source.contributions)
    return FundLine(
        application=row,
        participation_id=source.participation_id,
        person_id=source.person_id,
        carried_from=found.line,
        kind=FundLineKind.CARRIED,
        month=source.month,
        benefit=benefit,
        contributions=contributions,
    )


def leave_out(*, line_id: UUID, reason: str, words: str, carry: bool) -> None:
    """A person is knowingly not asked for in this application, with all their lines."""
    line = held_line(line_id)
    FUND_APPLICATIONS.refuse_state(line.application, OfFundApplication.SEND)
    for one in _of_person(line):
        one.asked, one.carry = False, carry
        _explain(one, reason, words)
        stored(one)


def put_back(*, line_id: UUID) -> None:
    """A person who was left out is asked for after all."""
    line = held_line(line_id)
    FUND_APPLICATIONS.refuse_state(line.application, OfFundApplication.SEND)
    for one in _of_person(line):
        one.asked, one.carry, one.reason, one.words = True, False, "", ""
        stored(one)


def _of_person(line: FundLine) -> list[FundLine]:
    rows = FundLine.objects.select_for_update(of=("self",)).filter(
        application=line.application, participation=line.participation_id
    )
    return list(rows.order_by("pk"))


def send(*, application_id: UUID, sent_on: date) -> FundApplication:
    """The manager hands it in: from now on its lines stand, and the office owes them."""
    row = held(application_id)
    FUND_APPLICATIONS.move(row, OfFundApplication.SEND)
    not_in_future(sent_on, field="sent_on")
    paid_on = row.payroll_list.paid_on
    if paid_on is not None and sent_on < paid_on:
        raise InputError("Wniosek nie może być wcześniejszy niż wypłata.", field="sent_on")
    lines = _lines(row)
    if not any(one.asked for one in lines):
        raise InputError("We wniosku nikogo nie ma.")
    if found := queries.refusals(row, lines, sent_on):
        raise InputError(" ".join(found))
    row.sent_on, row.sent_by_id = sent_on, actor()
    stored(row)
    _post(ledger.Event.CLAIM, row, ((one, one.amount) for one in lines if one.asked), row.pk, sent_on)
    return row


def answer(
    *, line_id: UUID, granted: Decimal, reason: str = "", words: str = "", carry: bool = False
) -> FundLine:
    """What the office gives of a line; less than was asked has a reason, and is borne or carried."""
    line = held_line(line_id)
    FUND_APPLICATIONS.refuse_state(line.application, OfFundApplication.SETTLE)
    if not line.asked:
        raise InputError("Tej osoby nie ma we wniosku.")
    _refuse_carried(line)
    if not min(line.amount, ZERO) <= granted <= max(line.amount, ZERO):
        raise InputError(f"We wniosku jest {format_money(line.amount)}.", field="granted")
    before = line.refused
    line.granted = granted
    line.reason, line.words, line.carry = "", "", False
    if line.refused:
        _explain(line, reason, words)
        line.carry = carry
    stored(line)
    _post(ledger.Event.CUT, line.application, [(line, line.refused - before)], uuid7(), clock.today())
    return line


def accept_rest(*, application_id: UUID) -> FundApplication:
    """The office gives everything that it has not spoken of."""
    row = held(application_id)
    FUND_APPLICATIONS.refuse_state(row, OfFundApplication.SETTLE)
    if not accept_unanswered(row):
        raise InputError("Przy każdej osobie stoi już odpowiedź.")
    return row


def accept_unanswered(row: FundApplication) -> int:
    """Whoever calls holds the application."""
    waiting = [one for one in _lines(row) if one.asked and one.granted is None]
    for one in waiting:
        one.granted = one.amount
    FundLine.objects.bulk_update(waiting, ["granted"])
    return len(waiting)


def decide_carry(*, line_id: UUID, carry: bool) -> FundLine:
    """Whether the next application asks for what was not given, or the unit bears it."""
    line = held_line(line_id)
    if line.application.state == FundApplicationState.WITHDRAWN:
        raise InputError("Ten wniosek jest wycofany.")
    if not line.reason:
        raise InputError("Tu nie ma czego przenosić: urząd niczego nie odmówił.")
    _refuse_carried(line)
    line.carry = carry
    return stored(line)


def settle(*, application_id: UUID) -> FundApplication:
    """Nothing of it is open: what was asked is refused with reasons, or came, to the grosz."""
    row = held(application_id)
    FUND_APPLICATIONS.move(row, OfFundApplication.SETTLE)
    found = queries.account_of(row.agreement).of(row).found
    if found.unanswered:
        raise InputError("Nie przy każdej osobie stoi odpowiedź urzędu.")
    if found.awaited != ZERO:
        more = "Brakuje wpłaty" if found.awaited > 0 else "Do zwrotu jest"
        raise InputError(f"Do 0,00 zł jeszcze nie wyszło. {more}: {format_money(abs(found.awaited))}.")
    row.from_advance = found.from_advance
    return _closed(row, "")


def reopen(*, application_id: UUID) -> FundApplication:
    """A settlement in which something was wrong is open again; nothing of it is undone by that."""
    row = held(application_id)
    FUND_APPLICATIONS.move(row, OfFundApplication.REOPEN)
    # Held, so that a close under way is waited for.
    paid = PayrollList.objects.select_for_update(of=("self",), no_key=True).get(pk=row.payroll_list_id)
    if paid.state == ListState.CLOSED:
        raise InputError(f"Lista {paid.number} jest zamknięta, więc jej wniosku nie można otworzyć.")
    row.closed_on, row.closed_by, row.closed_because, row.from_advance = None, None, "", ZERO
    return stored(row)


def withdraw(*, application_id: UUID, because: str) -> FundApplication:
    """It is not asked for after all; the list may have another application."""
    row = held(application_id)
    sent = row.state == FundApplicationState.SENT
    FUND_APPLICATIONS.move(row, OfFundApplication.WITHDRAW)
    if FundReceipt.objects.filter(application=row, taken_back_on__isnull=True).exists():
        raise InputError("Z tego wniosku są już pieniądze. Najpierw cofnij wpłatę.")
    lines = _lines(row)
    if taken := queries.carried(lines):
        raise InputError(f"Część tego wniosku jest już we wniosku {next(iter(taken.values()))}.")
    if sent:
        left = ((one, one.amount - one.refused) for one in lines if one.asked)
        _post(ledger.Event.CUT, row, left, row.pk, clock.today())
    return _closed(row, said(because, field="because"))


def _closed(row: FundApplication, because: str) -> FundApplication:
    row.closed_on, row.closed_by_id, row.closed_because = clock.today(), actor(), because
    return stored(row)


def _lines(row: FundApplication) -> list[FundLine]:
    rows = FundLine.objects.select_for_update(of=("self",)).filter(application=row)
    return list(rows.order_by("pk"))


def _explain(line: FundLine, reason: str, words: str) -> None:
    if not reason:
        raise InputError("Wybierz powód.", field="reason")
    line.reason, line.words = reason, clean(words)
    if reason == FundReason.OTHER and not line.words:
        raise InputError("Napisz, jaki to powód.", field="words")


def _refuse_carried(line: FundLine) -> None:
    if taken := queries.carried([line]):
        raise InputError(f"To jest już we wniosku {taken[line.pk]}.")


def _post(
    event: ledger.Event,
    row: FundApplication,
    amounts: Iterable[tuple[FundLine, Decimal]],
    source: UUID,
    day: date,
) -> None:
    people = [(one.participation_id, amount) for one, amount in amounts]
    lines = ledger.claimed(people) if event is ledger.Event.CLAIM else ledger.cut(people)
    write(event, lines, source=source, day=day, payroll_list=row.payroll_list, agreement=row.agreement)
