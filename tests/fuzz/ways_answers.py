"""Ways to the forms of the bank's answer: a list that was paid, its payments, and a file of the bank."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from benefits.models import BankBooking, PaidLine, PayrollList
from benefits.services import answers
from benefits.services import lines as line_services
from benefits.services import lists as list_services
from benefits.services.fund import applications, receipts
from participants.models import Person
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.benefits.answers import made as banks
from tests.benefits.fund import made as fund
from tests.benefits.lists import made as lists
from tests.benefits.transfers.made import own_account
from tests.cast import PEOPLE, World
from tests.fuzz.ways_benefits import HANDS, Way, list_at


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


def bank_answer() -> bytes:
    """A statement of the account that the ways give a unit."""
    return banks.mt940(banks.Entry(amount=Decimal("-10.00"), title="OPLATA", bank="BR1"))


def _settled(name: str, make: Callable[[], Any] | None = None, *, of_list: bool = False) -> Way:
    """The address of a page about a paid list, its payments or bookings; `make` gives what it is about."""

    def way(world: World, client: Client) -> str:
        list_at("list", 3)(world, client)
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        unit = PEOPLE[person][2]
        with world.scope(unit, HANDS[unit][2]):
            own_account()
            row = PayrollList.objects.get(month=lists.OCTOBER.first)
            list_services.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)
        with world.scope(unit, person):
            named = make() if make is not None else None
        keys = [str(lists.OCTOBER)] if of_list else []
        if named is not None:
            keys += [one.pk for one in (named if isinstance(named, tuple) else (named,))]
        return reverse(f"benefits:{name}", args=keys)

    return way


def _line() -> PaidLine:
    rows = PaidLine.objects.filter(payroll_list__month=lists.OCTOBER.first)
    return rows.select_related("statement").order_by("reference")[0]


def _back() -> PaidLine:
    line = _line()
    return line_services.return_by_word(line_id=line.pk, day=clock.today(), reason="rachunek zamknięty")


def _planned() -> PaidLine:
    return line_services.pay_again(line_id=_back().pk, method="transfer")


def _posted() -> None:
    """What came back goes once more, by the post."""
    line = _back()
    given = {"street": "Lipowa 3", "postcode": "00-001", "town": "Modrzewno"}
    Person.objects.filter(pk=line.person_id).update(**given)
    again = line_services.pay_again(line_id=line.pk, method="post")
    line_services.send_by_word(line_id=again.pk, day=clock.today())


def _booked() -> BankBooking:
    """Of the account and amount of a payment, without its reference."""
    line = _line()
    one = banks.Entry(amount=-line.amount, title="SWIADCZENIE", account=line.statement.account, bank="BR2")
    found = answers.take_in(content=banks.mt940(one))
    return BankBooking.objects.get(statement=found.statement)


def _confirmed() -> None:
    line_services.confirm_by_word(list_id=_line().payroll_list_id, day=clock.today())


def _aside() -> BankBooking:
    return answers.put_aside(booking_id=_booked().pk, remark="prąd")


def _refunded() -> None:
    """Every payment is there, and the office has paid for the list."""
    _confirmed()
    row = list_services.settle(list_id=_line().payroll_list_id)
    fund.signed()
    asked = fund.sent(row)
    receipts.receive(application_id=asked.pk, day=clock.today(), amount=fund.standing(asked).open)
    applications.settle(application_id=asked.pk)


ANSWERS_WAYS: dict[str, Way] = {
    "benefits:answers_take_in": _settled("answers_take_in"),
    "benefits:answer": _settled("answer", lambda: _booked().statement),
    "benefits:booking": _settled("booking", _booked),
    "benefits:booking_aside": _settled("booking_aside", _booked),
    "benefits:booking_reopen": _settled("booking_reopen", _aside),
    "benefits:booking_confirm": _settled("booking_confirm", lambda: (_booked(), _line())),
    "benefits:payments": _settled("payments", lambda: None, of_list=True),
    "benefits:payments_confirm": _settled("payments_confirm", of_list=True),
    "benefits:post_confirm": _settled("post_confirm", _posted, of_list=True),
    "benefits:list_settle": _settled("list_settle", _confirmed, of_list=True),
    "benefits:list_close": _settled("list_close", _refunded, of_list=True),
    "benefits:again_make": _settled("again_make", lambda: _planned() and None, of_list=True),
    "benefits:line": _settled("line", _planned),
    "benefits:line_again": _settled("line_again", _back),
    "benefits:line_give_up": _settled("line_give_up", _back),
    "benefits:line_sent": _settled("line_sent", _planned),
    "benefits:line_returned": _settled("line_returned", _line),
    "benefits:line_undo": _settled("line_undo", _back),
}
ANSWERS_TYPED: dict[str, dict[str, Any]] = {
    f"benefits:{name}": {"day": _day}
    for name in ("payments_confirm", "post_confirm", "line_sent", "line_returned")
}
