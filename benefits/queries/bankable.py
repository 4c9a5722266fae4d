"""Whether a bank or the post could be told to pay somebody: asked before a list freezes it.

A transfer that the file refuses would stop everybody's money on an approved list, which cannot go back.
"""

from collections.abc import Mapping
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
    """As the transfer, the postal order and the cash list name the person."""
    return {
        "name": f"{person.first_name} {person.last_name}",
        "street": person.street,
        "postcode": person.postcode,
        "town": person.town,
    }


def in_one_line(address: Mapping[str, str]) -> str:
    """`Lipowa 3, 00-001 Modrzewno`; nothing of whoever was erased."""
    place = f"{address.get('postcode', '')} {address.get('town', '')}".strip()
    return ", ".join(part for part in (address.get("street", ""), place) if part)


def own_account() -> str:
    """From which the unit pays today; empty where nobody has written it down yet."""
    found = account_on(clock.today())
    return found.number if found is not None else ""


def unaddressed(person: Person) -> str:
    """Why the postman would not find the person."""
    if person.postcode and person.town:
        return ""
    return "Do przekazu pocztowego brakuje adresu. Wpisz go w danych osoby albo wybierz wypłatę w kasie."


def refusal(person: Person, way: PayWay | None, own: str) -> str:
    """Why neither bank nor post would take it to the person, and what to do; cash is never refused."""
    if way is not None and way.method == PayMethod.POST:
        return unaddressed(person)
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
