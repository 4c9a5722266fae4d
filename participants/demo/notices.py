"""Whom labour offices referred this week, and what the welfare centres of those people are told of it."""

from typing import Final
from uuid import UUID

from participants.demo.referrals import inside, refer
from participants.services.referrals.notices import bring_to_desk, write_notices
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import id_of
from reintegration.core import clock
from reintegration.core.demo import demo_id, demo_step

# key of the unit: who is referred to it
PEOPLE: Final = {
    "furtka": ("Longina", "Przepiórka", (12, 4), "K", ["5"], "received", "Od czterech lat bez pracy."),
    "czolenko": ("Cezary", "Świder", (3, 10), "M", ["5"], "sent", "Zakład zamknięto, szuka nowego zawodu."),
    "warsztat": ("Narcyz", "Kowadło", (27, 1), "M", ["5"], "received", "Był ślusarzem, nie ma uprawnień."),
}
FIRST_SERIAL: Final = 960


@demo_step("what labour offices told welfare centres", order=95, large=True)
def load_notices() -> None:
    for serial, (key, person) in enumerate(PEOPLE.items(), FIRST_SERIAL):
        unit = country.BY_KEY[key]
        office, centre = country.BODIES[unit.pup], country.BODIES[unit.ops]
        route = (unit.pup, country.login(office[7]), key, country.login(unit.leader), unit.town)
        refer(
            route, person, serial=serial, key=f"{unit.pup}:{key}", source="PUP", ops_id=id_of(unit.ops),
            ops_name=centre[1], ops_notified_on=clock.today(),
        )  # fmt: skip
        _tell(unit, demo_id(f"referral:{unit.pup}:{key}"))


def _tell(unit: country.CountryUnit, referral: UUID) -> None:
    """What the worker would do a moment later: write the notice, and put it on the desk of the centre."""
    with inside(unit.key, country.login(unit.leader)):
        notices = write_notices(referral_id=referral)
    with inside(unit.ops, country.login(country.BODIES[unit.ops][7])):
        for notice in notices:
            bring_to_desk(notice_id=notice.pk)
