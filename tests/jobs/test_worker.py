"""A job is done once, in its organisation, and a failed one leaves nothing but a later attempt."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from reintegration.core import clock
from reintegration.jobs import transitions
from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.jobs.services import DifferentWork, cancel_job, enqueue, retry_job
from reintegration.jobs.signals import job_parked
from reintegration.jobs.worker import drain, run_next
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import OPERATOR_ID
from tests.cast import World
from tests.jobs import handlers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_seen() -> Iterator[None]:
    handlers.seen.clear()
    yield
    handlers.seen.clear()


def _site(world: World, name: str = "Stolarnia", **more: object) -> Job:
    with world.scope("cis", "ewa"):
        return enqueue(kind="test.site", payload={"name": name}, **more)  # type: ignore[arg-type]


def _names(world: World) -> list[str]:
    with world.scope("cis"):
        return sorted(Site.objects.values_list("name", flat=True))


def _due_now(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_at=Now())


def test_a_job_runs_in_the_organisation_and_name_of_whoever_promised_it(world):
    job = _site(world)
    assert drain() == 1
    scope, attempt = handlers.seen[0]
    assert (scope.organisation_id, scope.user_id) == (world.cis.pk, world.people["ewa"].pk)
    assert (scope.source, attempt) == ("job:test.site", 1)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"site": "Stolarnia"})
    assert _names(world) == ["Stolarnia"]


def test_a_job_of_a_transaction_that_rolled_back_does_not_exist(world):
    with world.scope("cis"):
        enqueue(kind="test.site", payload={"name": "Stolarnia"})
        transaction.set_rollback(True)
    assert drain() == 0


def test_the_same_key_promises_the_work_once(world):
    first, second = _site(world, key="x"), _site(world, key="x")
    assert first.pk == second.pk
    drain()
    assert _site(world, key="x").state == JobState.DONE
    assert drain() == 0


def test_a_key_belongs_to_its_organisation(world):
    _site(world, key="x")
    with world.scope("kis"):
        enqueue(kind="test.site", payload={"name": "Stolarnia"}, key="x")
    assert drain() == 2


def test_a_key_is_not_taken_for_other_work(world):
    _site(world, key="x")
    with pytest.raises(DifferentWork):
        _site(world, name="Kuchnia", key="x")


@pytest.mark.parametrize("value", ["Jan Kowalski", "ul. Leśna 1", "jan@example.org", {"a": 1}, ["Zażółć"]])
def test_a_payload_with_more_than_ids_is_refused(world, value):
    with world.scope("cis"), pytest.raises(ValueError, match="payload"):
        enqueue(kind="test.site", payload={"name": value})


def test_a_failed_attempt_leaves_nothing_behind_and_no_message(world):
    with world.scope("cis"):
        job = enqueue(kind="test.fails")
    assert run_next()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert "Kowalski" not in job.error
    assert job.error.startswith("RuntimeError (")
    assert _names(world) == []
    assert not run_next(), "it waits before the next attempt"


def test_after_the_last_attempt_a_job_is_parked_and_told_of(world):
    told = []

    def hear(job: Job, **_: object) -> None:
        told.append(job.pk)

    job_parked.connect(hear)
    try:
        with world.scope("cis"):
            job = enqueue(kind="test.fails")
        for _ in range(3):
            _due_now(job)
            assert run_next()
    finally:
        job_parked.disconnect(hear)
    job.refresh_from_db()
    assert (job.state, handlers.seen, told) == (JobState.PARKED, [1, 2, 3], [job.pk])


def test_a_handler_can_give_up_at_once_with_a_sentence(world):
    with world.scope("cis"):
        job = enqueue(kind="test.refuses")
    run_next()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.PARKED, 1, "Brak pliku wzoru.")


def test_a_handler_can_say_when_to_try_again(world):
    with world.scope("cis"):
        job = enqueue(kind="test.waits")
    run_next()
    job.refresh_from_db()
    assert job.run_at - job.started_at > timedelta(minutes=59)


def test_a_job_for_later_waits(world):
    _site(world, run_at=clock.now() + timedelta(hours=1))
    assert drain() == 0


def test_a_job_for_later_counts_from_the_callers_clock(world):
    with clock.frozen(clock.now() + timedelta(days=300)):
        _site(world, run_at=clock.now())
    assert drain() == 1


def test_urgent_jobs_come_first(world):
    with world.scope("cis"):
        enqueue(kind="test.quiet", key="quiet")
        enqueue(kind="test.urgent", key="urgent")
    drain()
    assert handlers.seen == ["urgent", "quiet"]


def test_a_step_is_kept_when_a_later_one_fails(world):
    with world.scope("cis"):
        job = enqueue(kind="test.steps")
    run_next()
    assert _names(world) == ["first"]
    assert handlers.seen == [OPERATOR_ID]
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_whoever_lost_the_lease_commits_nothing(world):
    job = _site(world)
    original = transitions.finish

    def lose_first(**values: object) -> bool:
        Job.objects.filter(pk=job.pk).update(lease_token="00000000-0000-4000-8000-000000000000")
        return original(**values)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transitions, "finish", lose_first)
        assert run_next()
    assert _names(world) == []


def test_a_job_whose_worker_vanished_is_taken_over(world):
    job = _site(world)
    transitions.claim(kinds=["test.site"], lease=timedelta(seconds=-1))
    assert run_next()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_that_kills_its_workers_is_parked(world):
    job = _site(world)
    for _ in range(8):
        transitions.claim(kinds=["test.site"], lease=timedelta(seconds=-1))
    assert run_next()
    job.refresh_from_db()
    assert (job.state, handlers.seen) == (JobState.PARKED, [])


def test_a_kind_without_a_handler_is_left_to_others(world):
    job = _site(world)
    Job.objects.filter(pk=job.pk).update(kind="later.version")
    assert drain() == 0


def test_a_parked_job_is_retried_from_its_first_attempt(world):
    with world.scope("cis"):
        job = enqueue(kind="test.refuses")
    run_next()
    with world.scope("operator"):
        retry_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, "")


def test_a_cancelled_job_is_not_done(world):
    job = _site(world)
    with world.scope("operator"):
        cancel_job(job_id=job.pk)
    assert drain() == 0
