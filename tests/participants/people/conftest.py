"""A unit's scope for tests of services and queries, and made-up persons."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from participants.models import Person
from participants.services.people import PersonData, add_person
from reintegration.core.identifiers import false_pesel
from tests.cast import World


def data(name: str = "Marek Dąbek", **given: Any) -> PersonData:
    first_name, _, last_name = name.partition(" ")
    if "pesel" not in given and "no_pesel" not in given:
        given["no_pesel"] = "unknown"
    return PersonData(first_name=first_name, last_name=last_name, **given)


def pesel(serial: int = 1, sex: str = "M", birth: date = date(1883, 5, 4)) -> str:
    """A number that nobody alive has."""
    return false_pesel(birth, serial, sex)


@pytest.fixture
def unit(world: World) -> Iterator[World]:
    """The cast, in the scope of the CIS, its manager at work."""
    with world.scope("cis", "ewa"):
        yield world


def added(name: str = "Marek Dąbek", **given: Any) -> Person:
    return add_person(data=data(name, **given))
