"""Entries of a card, made by the service itself."""

from datetime import date
from typing import Any

from participants.models import CardEntry, Participation
from participants.services.cards import EntryData, add_entry
from tests.cast import World

HELD = date(2026, 11, 18)


def entry(world: World, case: Participation, author: str = "jan", **given: Any) -> CardEntry:
    values = {"kind": "counselling", "held_on": HELD, "course": "Rozmowa o pracy.", **given}
    return add_entry(participation_id=case.pk, data=EntryData(**values), author_id=world.people[author].pk)
