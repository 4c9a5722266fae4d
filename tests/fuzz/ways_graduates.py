"""Ways to the forms about who left."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from reporting.models import Certificate
from reporting.services import certificates
from tests.cast import PEOPLE, World
from tests.fuzz.ways_benefits import Way
from tests.reporting.graduates_made import left


def _at(name: str, make: Callable[[], Any]) -> Way:
    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope(PEOPLE[person][2], person):
            return reverse(f"reporting:{name}", args=[make().pk])

    return way


def _issued() -> Certificate:
    return certificates.issue(participation_id=left().pk)


def _changed() -> Certificate:
    """Issued before the name was put right."""
    made = _issued()
    made.person.last_name = "Dąbek-Lis"
    made.person.save(update_fields=["last_name"])
    return made


GRADUATES_WAYS: dict[str, Way] = {
    "reporting:certificate": _at("certificate", left),
    "reporting:certificate_issue": _at("certificate_issue", left),
    "reporting:certificate_duplicate": _at("certificate_duplicate", _issued),
    "reporting:certificate_correct": _at("certificate_correct", _changed),
    "reporting:outcomes": _at("outcomes", left),
}
