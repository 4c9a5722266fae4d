"""What the desk of whoever answers for programmes says, and when a trial may be decided."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipzs.models import PeriodDecision
from ipzs.services import programmes as services
from participants.models import Period
from participants.services import participations as files
from reintegration.core.dates import add_months
from reintegration.core.errors import InputError
from tests.cast import World, sign_in
from tests.ipzs.programmes import made
from tests.ipzs.programmes.made import TODAY
from tests.participants.participations.made import alone, candidate

DAY = timedelta(days=1)


def desk(world: World, person: str) -> str:
    client = Client()
    sign_in(client, world.people[person], world.organisation_of(person).pk)
    return client.get(reverse("notices:desk")).content.decode()


def test_the_desk_waits_until_ops_is_told(world: World):
    with world.scope("cis", "ewa"):
        made.in_classes()
    assert "Powiadom ośrodek" in desk(world, "ewa")
    with world.scope("cis", "ewa"):
        row = PeriodDecision.objects.get()
        services.note_told(decision_id=row.pk, told_on=TODAY, told_whom="OPS Modrzewno")
    assert "Powiadom ośrodek" not in desk(world, "ewa")


def test_a_trial_is_decided_when_it_is_over(world: World):
    since = add_months(TODAY, -1) - 3 * DAY
    with world.scope("cis", "ewa"):
        programme = made.running(candidate(opened_on=since - 9 * DAY), on=since - 5 * DAY, since=since)
        file = programme.participation_id
        with alone():
            files.start_trial(participation_id=file, since=since)
        last = Period.objects.get().until
        with pytest.raises(InputError, match="Kwalifikuje się po nim") as refused:
            services.qualify(participation_id=file, decided_on=last - DAY)
        assert refused.value.field == "decided_on"


def test_a_trial_is_decided_on_its_last_day_at_the_earliest(world: World):
    since = add_months(TODAY, -1) - 3 * DAY
    with world.scope("cis", "ewa"):
        programme = made.running(candidate(opened_on=since - 9 * DAY), on=since - 5 * DAY, since=since)
        with alone():
            files.start_trial(participation_id=programme.participation_id, since=since)
        last = Period.objects.get().until
        made_row = services.qualify(participation_id=programme.participation_id, decided_on=last)
        assert made_row.since == last + DAY
