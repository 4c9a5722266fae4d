"""The first day of a person, with what every room that is installed really asks before it."""

from contextlib import nullcontext
from datetime import timedelta
from re import escape

import pytest

from participants.models import Participation
from participants.services import participations as services
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from tests.cast import World
from tests.participants.participations.made import SIGNED, TODAY, TRIAL, agreed, candidate


def asked(file: Participation) -> list[str]:
    """What the other rooms say of a file, straight from them."""
    providers = slots.providers("participants.entry_conditions")
    return [said for provider in providers for said in provider(file, clock.today())]


@pytest.mark.parametrize(("unit", "person"), [("cis", "anna"), ("kis", "bozena")])
def test_what_other_rooms_ask_is_said_in_sentences(world: World, unit: str, person: str):
    with clock.frozen(TODAY), world.scope(unit, person):
        file = candidate()
        before, other = services.entry_obstacles(file), asked(file)
        assert before[len(before) - len(other) :] == other
        assert before[0].endswith("nie jest podpisany.")
        assert all(said[:1].isupper() and said.endswith((".", ")")) for said in before)


def test_the_trial_begins_when_every_room_agrees_and_not_before(world: World):
    with clock.frozen(TODAY), world.scope("cis", "anna"):
        file = candidate()
        agreed(file)
        file.refresh_from_db()
        other = asked(file)
        assert services.entry_obstacles(file) == other
        with pytest.raises(InputError, match=escape(other[0])) if other else nullcontext():
            services.start_trial(participation_id=file.pk, since=TRIAL)


def test_a_kis_begins_when_every_room_agrees_and_not_before(world: World):
    with clock.frozen(TODAY), world.scope("kis", "bozena"):
        file = candidate()
        services.sign_programme(participation_id=file.pk, signed_on=SIGNED)
        file.refresh_from_db()
        other = asked(file)
        assert services.entry_obstacles(file) == other
        with pytest.raises(InputError, match=escape(other[0])) if other else nullcontext():
            services.qualify(participation_id=file.pk, since=TRIAL, until=TRIAL + timedelta(days=200))
