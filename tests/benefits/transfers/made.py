"""Approved lists with money for the bank and for the till. All names and accounts are invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from benefits.models import PayrollList, Premium
from participants.models import Participation, Person
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.tenancy.models import UnitAccount
from tests.benefits.bank.made import account
from tests.benefits.lists import made
from tests.benefits.lists.made import OCTOBER
from tests.benefits.pay.made import TRIAL, payable
from tests.cast import World
from tests.ipzs.attendance.made import NAMES
from tests.participants.participations.made import in_classes

OWN = account(9 * 10**17)


def own_account(number: str = OWN) -> UnitAccount:
    return UnitAccount.objects.create(since=date(2026, 1, 1), number=number, bank="Bank Wymyślony")


def people(transfers: int = 2, cash: int = 1, post: int = 0) -> list[Participation]:
    """Those who are paid on accounts of their own, who come to the till, and whom the post pays."""
    sent = [payable(in_classes(name), account=account(n)) for n, name in enumerate(NAMES[:transfers], 1)]
    rest = NAMES[transfers : transfers + cash]
    at_till = [payable(in_classes(name), method="cash", account="") for name in rest]
    return sent + at_till + [by_post(name) for name in NAMES[transfers + cash : transfers + cash + post]]


def by_post(name: str, since: date = TRIAL, **place: str) -> Participation:
    """Somebody with an address and no account."""
    file = in_classes(name, since)
    given = {"street": "Lipowa 3", "postcode": "00-001", "town": "Modrzewno"} | place
    Person.objects.filter(pk=file.person_id).update(**given)
    return payable(file, since, method="post", account="")


def premium(world: World, file: Participation, amount: str = "300.00", month: Month = OCTOBER) -> Premium:
    return Premium.objects.create(
        participation=file, person_id=file.person_id, month=month.first, amount=Decimal(amount),
        reason="Dobra praca.", state="granted", number="PM/1/2026", proposed_by=world.people["tomasz"],
        decided_by=world.people["ewa"], decided_on=clock.today(),
    )  # fmt: skip


def ready(world: World, **given: Any) -> PayrollList:
    """An approved list of October in a unit that has an account."""
    with world.scope("cis", "ewa"):
        made.rounding(world)
        own_account()
        people(**given)
    return made.approved(world, OCTOBER)
