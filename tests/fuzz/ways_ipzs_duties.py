"""Ways to the forms of duties and accidents: the object in the right state, and what a person types."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from participants.models import Participation
from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.cast import PEOPLE, World
from tests.ipzs.duties import made
from tests.participants.participations.made import candidate
from tests.specimens import specimen

Way = Callable[[World, Client], str]


def _who(world: World, client: Client) -> str:
    user_id = client.session["_auth_user_id"]
    return next(key for key, one in world.people.items() if str(one.pk) == user_id)


def _at(name: str, make: Callable[[Participation], Any]) -> Way:
    """The address of a form about what is made for a candidate of whoever opens it."""

    def way(world: World, client: Client) -> str:
        person = _who(world, client)
        with world.scope(PEOPLE[person][2], person):
            return reverse(f"ipzs:{name}", args=[make(candidate()).pk])

    return way


def _with_people(name: str) -> Way:
    def way(world: World, client: Client) -> str:
        person = _who(world, client)
        with world.scope(PEOPLE[person][2], person):
            specimen(Participation, world, "Przykład")
            candidate()
        return reverse(f"ipzs:{name}")

    return way


DUTIES_WAYS: dict[str, Way] = {
    "ipzs:accident_add": _with_people("accident_add"),
    "ipzs:duty_record_many": _with_people("duty_record_many"),
    "ipzs:duty_list": _with_people("duty_list"),
    "ipzs:accident_confirm": _at("accident_confirm", made.examined),
    "ipzs:accident_send": _at("accident_send", made.confirmed),
    "ipzs:accident_reopen": _at("accident_reopen", made.confirmed),
    "ipzs:item_return": _at("item_return", made.issued),
}


def _day(days: int) -> Callable[[Any], list[str]]:
    return lambda page: [format_table_date(clock.today() + timedelta(days=days))]


_HAPPENED = {"happened_on": _day(-1), "reported_on": _day(0)}
DUTIES_TYPED: dict[str, dict[str, Any]] = {
    "ipzs:accident_add": _HAPPENED,
    "ipzs:accident_change": _HAPPENED,
    "ipzs:accident_report": _HAPPENED,
    "ipzs:duty_change": {"done_on": _day(0), "valid_until": _day(300)},
    "ipzs:duty_record": {"done_on": _day(0), "valid_until": _day(300)},
    "ipzs:duty_record_many": {"done_on": _day(0), "valid_until": _day(300)},
    "ipzs:item_issue": {"issued_on": _day(0), "wear_until": _day(300), "quantity": ["2"]},
    "ipzs:item_return": {"returned_on": _day(0)},
}
