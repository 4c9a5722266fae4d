"""What is let go of by night, and what stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from reintegration.accounts import cleaning
from reintegration.accounts.models import HeldForm
from reintegration.core import clock
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from tests.accounts.helpers import enter, is_in, with_app
from tests.cast import World

pytestmark = pytest.mark.django_db


def test_sessions_that_ran_out_go_and_living_ones_stay(client: Client, world: World):
    enter(client, with_app(world.people["anna"]))
    gone = Client()
    enter(gone, world.people["anna"])
    key = gone.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(days=1))
    assert cleaning.forget_sessions(now=timezone.now()) >= 2
    assert not UserSession.objects.filter(session_key=key).exists()
    assert is_in(client)


def test_forms_that_waited_too_long_go(world: World):
    ewa = world.people["ewa"]
    with world.scope("cis", "ewa"):
        for hours in (1, 13):
            HeldForm.objects.create(
                user=ewa,
                path="/",
                content={"fields": [], "files": []},
                created_at=clock.now() - timedelta(hours=hours),
            )
        assert cleaning.forget_forms(now=clock.now()) == 1
        assert HeldForm.objects.count() == 1


def test_the_nightly_job_cleans_every_organisation(world: World):
    for organisation, person in (("cis", "ewa"), ("kis", "bozena")):
        with world.scope(organisation, person):
            HeldForm.objects.create(
                user=world.people[person],
                path="/",
                content={"fields": [], "files": []},
                created_at=clock.now() - timedelta(hours=13),
            )
    with world.scope("operator"):
        job = enqueue(kind="accounts.forget", payload={}, key="night")
    assert drain() >= 1
    job.refresh_from_db()
    assert job.result == {"removed": 2}
