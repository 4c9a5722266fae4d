"""The reviewed list of what happens by itself: complete, and once for each period."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from reintegration.core import clock
from reintegration.jobs import sweeper
from reintegration.jobs.models import Heartbeat, Job
from reintegration.jobs.queries import is_beating
from reintegration.jobs.registry import REGISTRY
from reintegration.jobs.rules import Every
from reintegration.jobs.schedule import SCHEDULE, Entry
from reintegration.jobs.worker import drain
from reintegration.tenancy.scope import OPERATOR_ID

HOURLY = Entry("jobs.clean", Every(60), "Na próbę.")


def test_every_entry_has_a_handler_a_purpose_and_a_name_of_its_own():
    kinds = [entry.kind for entry in SCHEDULE]
    assert len(set(kinds)) == len(kinds)
    assert [kind for kind in kinds if kind not in REGISTRY] == []
    assert [entry.kind for entry in SCHEDULE if not entry.purpose.endswith(".")] == []


@pytest.mark.django_db
class TestPeriods:
    def test_a_new_entry_begins_with_its_next_period(self):
        at = clock.now()
        assert sweeper.enqueue_period(HOURLY, at) is None
        assert sweeper.enqueue_period(HOURLY, at + timedelta(hours=1)) is not None

    def test_a_period_comes_once_and_in_the_operators_organisation(self):
        at = clock.now()
        sweeper.enqueue_period(HOURLY, at)
        job = sweeper.enqueue_period(HOURLY, at + timedelta(hours=1))
        assert job is not None
        assert job.organisation_id == OPERATOR_ID
        assert sweeper.enqueue_period(HOURLY, at + timedelta(hours=1)) is None
        assert Job.objects.count() == 1

    def test_after_a_rest_only_the_latest_period_comes(self):
        at = clock.now()
        sweeper.enqueue_period(HOURLY, at)
        sweeper.enqueue_period(HOURLY, at + timedelta(days=3))
        assert Job.objects.count() == 1

    def test_a_clock_that_goes_back_repeats_nothing(self):
        at = clock.now()
        for hours in (0, 2, 1, 2, 1):
            sweeper.enqueue_period(HOURLY, at + timedelta(hours=hours))
        assert Job.objects.count() == 1

    def test_a_period_stays_taken_when_the_row_of_its_job_is_gone(self):
        at = clock.now()
        sweeper.enqueue_period(HOURLY, at)
        sweeper.enqueue_period(HOURLY, at + timedelta(hours=1))
        Job.objects.all().delete()
        sweeper.enqueue_period(HOURLY, at + timedelta(hours=1))
        assert Job.objects.count() == 0


@pytest.mark.django_db
class TestSweeping:
    def test_a_sweep_leaves_a_sign_of_life(self):
        assert not is_beating()
        sweeper.sweep()
        assert is_beating()
        Heartbeat.objects.update(at=Now() - timedelta(minutes=2))
        assert not is_beating()

    def test_a_sweep_rings_for_what_is_due_or_abandoned(self, world, settings):
        assert sweeper.sweep() == 0
        for number in range(settings.JOB_RINGS + 3):
            Job.objects.create(organisation=world.cis, kind="jobs.clean", key=str(number))
        assert sweeper.sweep() == settings.JOB_RINGS
        Job.objects.update(state="done", finished_at=Now())
        Job.objects.create(
            organisation=world.cis,
            kind="jobs.clean",
            key="abandoned",
            state="running",
            lease_token="00000000-0000-4000-8000-000000000000",
            leased_until=Now() - timedelta(seconds=1),
        )
        assert sweeper.sweep() == 1

    def test_rows_of_finished_jobs_go_after_their_time_and_parked_ones_stay(self, world):
        old = Now() - timedelta(days=400)
        for key, state in (("done", "done"), ("cancelled", "cancelled"), ("parked", "parked")):
            Job.objects.create(
                organisation=world.cis, kind="jobs.clean", key=key, state=state, finished_at=old, error="x"
            )
        Job.objects.create(
            organisation=world.cis, kind="jobs.clean", key="fresh", state="done", finished_at=Now()
        )
        with world.scope("operator"):
            Job.objects.create(organisation=world.cis, kind="jobs.clean", key="now")
        assert drain() == 1
        left = Job.objects.order_by("key").values_list("key", flat=True)
        assert list(left) == ["fresh", "now", "parked"]
