"""Whether a bank could be told to pay somebody: asked before a list freezes it.

A transfer that the file refuses would stop everybody's money on an approved list, which cannot go back.
"""

from decimal import Decimal
from typing import Final

from benefits.bank.facts import Order, Party, Transfer
from benefits.bank.title import benefit_title
from benefits.enums import PayMethod
from benefits.models import PayWay
from participants.models import Person
from reintegration.administration.queries import account_on
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.errors import InputError

# Any amount and references will do: the list makes its own, and they are always right.
_ORDER: Final = "LW"
_TRANSFER: Final = "LW-01"
_AMOUNT: Final = Decimal(1)
_UNIT: Final = Party("CIS")


def address_of_person(person: Person) -> dict[str, str]:
    """As the transfer and the cash list name the person."""
    return {
        "name": f"{person.first_name} {person.last_name}",
        "street": person.street,
        "postcode": person.postcode,
        "town": person.town,
    }


def own_account() -> str:
    """From which the unit pays today; empty where nobody has written it down yet."""
    found = account_on(clock.today())
    return found.number if found is not None else ""


def refusal(person: Person, way: PayWay | None, own: str) -> str:
    """Why no bank would take a transfer to the person, and what to do; cash is never refused."""
    if way is None or way.method != PayMethod.TRANSFER:
        return ""
    try:
        sent = Transfer(
            reference=_TRANSFER,
            party=Party(**address_of_person(person)),
            account=way.account,
            amount=_AMOUNT,
            title=benefit_title(Month.of(clock.today()), _TRANSFER),
        )
        if own:
            Order(
                reference=_ORDER,
                made_at=clock.now(),
                day=clock.today(),
                payer=_UNIT,
                account=own,
                transfers=(sent,),
            )
    except InputError as error:
        return f"{error.message} Popraw to albo wybierz wypłatę w kasie."
    return ""
