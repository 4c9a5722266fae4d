"""Ways to the forms of the Labour Fund: agreements and applications in the right state."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from benefits.models import BankBooking, PayrollList
from benefits.queries import fund as queries
from benefits.services import lists as list_services
from benefits.services.fund import applications, receipts
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_table_date
from reintegration.tenancy.models import Organisation, ReferringBody
from reintegration.tenancy.scope import OPERATOR_ID, scope
from tests.benefits.fund import made
from tests.benefits.lists import made as lists
from tests.cast import PEOPLE, SINCE, World
from tests.fuzz.ways_benefits import HANDS, Way, list_at
from tests.participants.participations.made import in_classes
from tests.participants.referrals import made as referrals
from tests.specimens import specimen

ONE = Decimal("1.00")


def _at(name: str, make: Callable[[PayrollList], Any]) -> Way:
    """The address of a form about what is made of a paid list of two people."""

    def way(world: World, client: Client) -> str:
        list_at("list", 3)(world, client)
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        unit = PEOPLE[person][2]
        with world.scope(unit, HANDS[unit][-1]):
            row = PayrollList.objects.get(month=lists.OCTOBER.first)
            paid = list_services.confirm_payment(list_id=row.pk, paid_on=clock.today(), without_file=True)
        with world.scope(unit, person):
            return reverse(f"benefits:{name}", args=[make(paid).pk])

    return way


def _drawn(row: PayrollList) -> Any:
    made.signed()
    return applications.draw(list_id=row.pk)


def _sent(row: PayrollList) -> Any:
    made.signed()
    return made.sent(row)


def _paid(row: PayrollList, more: Decimal = Decimal(0)) -> Any:
    found = _sent(row)
    amount = made.standing(found).asked
    receipts.receive(application_id=found.pk, day=clock.today(), amount=amount)
    if more:
        receipts.receive(application_id=found.pk, day=clock.today(), amount=more)
    return found


def _settled(row: PayrollList) -> Any:
    return applications.settle(application_id=_paid(row).pk)


def _refused(row: PayrollList) -> Any:
    line = made.lines(_sent(row))[0]
    return applications.answer(line_id=line.pk, granted=Decimal(0), reason="paper")


def _received(row: PayrollList) -> Any:
    return receipts.receive(application_id=_sent(row).pk, day=clock.today(), amount=ONE)


def _left_out(row: PayrollList) -> Any:
    line = made.lines(_drawn(row))[0]
    applications.leave_out(line_id=line.pk, reason="paper", words="", carry=False)
    return line


def _advance(row: PayrollList) -> Any:
    return receipts.ask_advance(
        agreement_id=made.signed(mode="advance").pk, month=Month.of(row.month), amount=ONE,
        asked_on=clock.today(),
    )  # fmt: skip


def _with_advance(row: PayrollList) -> Any:
    asked = _advance(row)
    receipts.receive_advance(advance_id=asked.pk, day=clock.today(), amount=ONE)
    return asked.agreement


def _booked(world: World, client: Client) -> str:
    """The address of the form about what the bank says has come."""
    where = _at("fund_application", _sent)(world, client)
    user_id = client.session["_auth_user_id"]
    person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
    with world.scope(PEOPLE[person][2], person):
        found = queries.applications().get(pk=where.strip("/").split("/")[-1])
        row = specimen(BankBooking, world, "", amount=made.standing(found).open, day=clock.today())
    return f"{reverse('benefits:fund_booked')}?zapis={row.pk}"


def _of_an_ops(world: World, client: Client) -> str:
    """Somebody takes part whom an OPS had referred."""
    referral = referrals.sent(world, "Marek Dąbek", 1)
    with world.scope("cis", "ewa"):
        file = in_classes("Marek Dąbek")
        Participation.objects.filter(pk=file.pk).update(referral=referral.pk)
    return reverse("benefits:health_ops_link")


def _to_an_ops(world: World, client: Client) -> str:
    _of_an_ops(world, client)
    return reverse("benefits:health_ops_access")


def _to_an_office(world: World, client: Client) -> str:
    """There is a labour office that has an account."""
    with scope(organisation_id=OPERATOR_ID, source="test"):
        office = Organisation.objects.create(
            kind="referring_body", name="PUP w Modrzewnie", short_name="PUP Modrzewno", voivodeship="06",
            town="Modrzewno", opened_on=SINCE,
        )  # fmt: skip
        ReferringBody.objects.create(organisation=office, body_type="PUP")
    return _at("fund_access", _signed)(world, client)


def _signed(row: PayrollList) -> Any:
    return made.signed()


MAKERS: dict[str, Callable[[PayrollList], Any]] = {
    "fund_agreement": _with_advance,
    "fund_end": _signed,
    "fund_link": _signed,
    "fund_budget": _signed,
    "fund_give_back": _with_advance,
    "fund_ask_advance": lambda row: made.signed(mode="advance"),
    "fund_receive_advance": _advance,
    "fund_draw": lambda row: made.signed() and row,
    "fund_application": _paid,
    "fund_send": _drawn,
    "fund_leave_out": lambda row: made.lines(_drawn(row))[0],
    "fund_put_back": _left_out,
    "fund_accept": _sent,
    "fund_answer": lambda row: made.lines(_sent(row))[0],
    "fund_carry": _refused,
    "fund_receive": _sent,
    "fund_overpaid": lambda row: _paid(row, ONE),
    "fund_settle": _paid,
    "fund_reopen": _settled,
    "fund_take_back": _received,
}
FUND_WAYS: dict[str, Way] = {f"benefits:{name}": _at(name, make) for name, make in MAKERS.items()}
FUND_WAYS["benefits:fund_booked"] = _booked
FUND_WAYS["benefits:health_ops_link"] = _of_an_ops
FUND_WAYS["benefits:health_ops_access"] = _to_an_ops
FUND_WAYS["benefits:fund_access"] = _to_an_office


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_MONEY = {"day": _day, "amount": ["0,01"]}
FUND_TYPED: dict[str, dict[str, Any]] = {
    "benefits:fund_ask": {"asked_on": _day},
    "benefits:fund_end": {"closed_on": _day},
    "benefits:fund_budget": {"year": lambda page: [str(clock.today().year)], "amount": ["100000"]},
    "benefits:fund_ask_advance": {
        "month": lambda page: [f"{clock.today():%m.%Y}"], "amount": ["100,00"], "asked_on": _day,
    },
    "benefits:fund_send": {"sent_on": _day},
    "benefits:fund_answer": {"granted": ["1,00"], "reason": ["paper"]},
    "benefits:fund_leave_out": {"reason": ["paper"]},
    **{
        f"benefits:fund_{name}": _MONEY
        for name in ("receive", "overpaid", "give_back", "receive_advance")
    },
}  # fmt: skip
