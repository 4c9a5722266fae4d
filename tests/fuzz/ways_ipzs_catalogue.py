"""Ways to the forms of the catalogue: a workshop that somebody may join."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from ipzs.models import Workshop
from reintegration.core import clock
from tests.cast import World
from tests.participants.participations.made import in_classes
from tests.specimens import specimen

Way = Callable[[World, Client], str]


def of_unit(name: str, make: Callable[[World, Any], Any]) -> Way:
    """The address of a form, of what is made in the scope of whoever opens it."""

    def way(world: World, client: Client) -> str:
        user_id = client.session["_auth_user_id"]
        person = next(key for key, one in world.people.items() if str(one.pk) == user_id)
        with world.scope("cis", person):
            return reverse(name, args=[make(world, world.people[person]).pk])

    return way


def _joinable(world: World, user: Any) -> Workshop:
    in_classes(since=clock.today() - timedelta(days=60))
    made: Workshop = specimen(Workshop, world, "Przykład")
    return made


CATALOGUE_WAYS: dict[str, Way] = {"ipzs:place_add": of_unit("ipzs:place_add", _joinable)}
