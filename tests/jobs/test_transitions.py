"""Every state against every transition, and the constraints behind them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from reintegration.jobs import transitions
from reintegration.jobs.enums import ENDED, JobState
from reintegration.jobs.models import Job
from reintegration.jobs.transitions import TABLE, Transition
from tests.cast import World

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)


def _job(world: World, state: JobState) -> Job:
    running = state is JobState.RUNNING
    return Job.objects.create(
        organisation=world.cis,
        kind="test.quiet",
        key="1",
        state=state,
        error="x",
        lease_token=uuid4() if running else None,
        # A lease that has run out, so that the job may be claimed from its worker.
        leased_until=Now() - LEASE if running else None,
        finished_at=Now() if state in ENDED else None,
    )


def _perform(transition: Transition, job: Job) -> bool:
    held = {"job_id": job.pk, "token": job.lease_token or uuid4()}
    perform = {
        Transition.CLAIM: lambda: transitions.claim(kinds=["test.quiet"], lease=LEASE) is not None,
        Transition.RECLAIM: lambda: transitions.claim(kinds=["test.quiet"], lease=LEASE) is not None,
        Transition.FINISH: lambda: transitions.finish(**held, result={}),
        Transition.POSTPONE: lambda: transitions.postpone(**held, error="x", delay=LEASE),
        Transition.PARK: lambda: transitions.park(**held, error="x"),
        Transition.CANCEL: lambda: transitions.cancel(job_id=job.pk),
        Transition.RETRY: lambda: transitions.retry(job_id=job.pk),
    }
    return perform[transition]()


@pytest.mark.parametrize("state", list(JobState))
@pytest.mark.parametrize("transition", list(Transition))
def test_only_the_transitions_of_the_table_are_possible(world, state, transition):
    job = _job(world, state)
    sources, to = TABLE[transition]
    claims = {Transition.CLAIM, Transition.RECLAIM}
    allowed = state in sources or (transition in claims and state in {JobState.QUEUED, JobState.RUNNING})
    assert _perform(transition, job) is allowed
    job.refresh_from_db()
    assert job.state == (to if allowed else state)


@pytest.mark.parametrize("transition", [Transition.FINISH, Transition.POSTPONE, Transition.PARK])
def test_a_stranger_to_the_lease_changes_nothing(world, transition):
    job = _job(world, JobState.RUNNING)
    job.lease_token = uuid4()
    assert not _perform(transition, job)


def test_a_claim_gives_a_new_token_each_time(world):
    _job(world, JobState.QUEUED)
    first = transitions.claim(kinds=["test.quiet"], lease=-LEASE)
    second = transitions.claim(kinds=["test.quiet"], lease=LEASE)
    assert first is not None
    assert second is not None
    assert first.lease_token != second.lease_token
    assert transitions.claim(kinds=["test.quiet"], lease=LEASE) is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("job_state_known", {"state": "lost"}),
        ("job_leased_while_running", {"state": "running"}),
        ("job_leased_while_running", {"lease_token": uuid4()}),
        ("job_finished_when_ended", {"state": "done"}),
        ("job_finished_when_ended", {"finished_at": Now()}),
        ("job_parked_with_reason", {"state": "parked", "finished_at": Now()}),
        ("job_progress_within", {"progress_done": 2, "progress_total": 1}),
    ],
)
def test_the_database_refuses_a_row_that_means_nothing(world, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Job.objects.create(organisation=world.cis, kind="test.quiet", key="1", **values)


def test_a_key_is_unique_in_its_organisation_and_kind(world):
    Job.objects.create(organisation=world.cis, kind="test.quiet", key="1")
    with pytest.raises(IntegrityError, match="job_once"), transaction.atomic():
        Job.objects.create(organisation=world.cis, kind="test.quiet", key="1")
