"""Ways to the forms of money: the file and its application in the right state, and what a person types."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.formats import format_table_date
from tests.benefits.pay import made
from tests.cast import PEOPLE, World
from tests.participants.participations.made import TRIAL, in_classes

Way = Callable[[World, Client], str]


def _at(name: str, make: Callable[[], Any]) -> Way:
    """The address of a form about what whoever opens it finds made."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope(PEOPLE[person][2], person):
            return reverse(f"benefits:{name}", args=[make().pk])

    return way


BENEFITS_WAYS: dict[str, Way] = {
    "benefits:pay": _at("pay", lambda: made.payable(in_classes())),
    "benefits:grant_decide": _at("grant_decide", made.asked),
    "benefits:grant_change_day": _at("grant_change_day", made.granted),
    "benefits:pay_way": _at("pay_way", in_classes),
    "benefits:tax_statement": _at("tax_statement", in_classes),
}


def _day(page: Any) -> list[str]:
    return [format_table_date(clock.today())]


_FIRST = {"granted_from": [format_table_date(TRIAL)], "decided_on": _day}
BENEFITS_TYPED: dict[str, dict[str, Any]] = {
    "benefits:grant_decide": _FIRST,
    "benefits:grant_change_day": _FIRST,
    "benefits:grant_refuse": {"decided_on": _day},
    "benefits:tax_statement": {"filed_on": _day},
    "benefits:insurance_title_add": {"since": _day, "until": [""], "registered_on": _day},
    "benefits:insurance_title_change": {"since": _day, "until": [""], "registered_on": _day},
}
