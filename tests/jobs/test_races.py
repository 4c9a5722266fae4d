"""Many at once: workers on one job, promises under one key, beats on one period; each with its control."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from reintegration.core import clock
from reintegration.jobs import sweeper, transitions
from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job
from reintegration.jobs.rules import Every
from reintegration.jobs.schedule import Entry
from reintegration.jobs.services import enqueue, new_batch
from reintegration.jobs.signals import batch_ended
from reintegration.jobs.worker import drain
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import platform_scope, scope
from tests.cast import World, known_world
from tests.jobs import handlers

THREADS = 6


@pytest.fixture
def people(committed_db: str) -> World:
    return known_world()


def at_once(work: Callable[[int], Any], count: int = THREADS) -> list[Any]:
    """Run the work in threads that start together; answers in the order of the threads."""
    barrier = threading.Barrier(count)
    answers: list[Any] = [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait()
            answers[number] = work(number)
        except Exception as error:  # noqa: BLE001 - told to the test
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _enqueue(world: World, names: list[str]) -> None:
    with scope(organisation_id=world.cis.pk, source="test"):
        for name in names:
            enqueue(kind="test.site", payload={"name": name}, key=name)


def _sites(organisation_id: UUID) -> list[str]:
    with scope(organisation_id=organisation_id, source="test"):
        return sorted(Site.objects.order_by("pk").values_list("name", flat=True))


def test_workers_share_the_jobs_and_each_is_done_once(people):
    names = sorted(f"m{number:02}" for number in range(30))
    _enqueue(people, names)
    counts = at_once(lambda _: drain())
    assert sum(counts) == 30
    assert _sites(people.cis.pk) == names


def test_one_job_is_claimed_by_one(people):
    _enqueue(people, ["jeden"])
    claimed = at_once(lambda _: transitions.claim(kinds=["test.site"], lease=timedelta(minutes=1)))
    assert sum(found is not None for found in claimed) == 1


def test_control_without_the_lock_one_job_is_claimed_by_several(people):
    """What SKIP LOCKED is for: look, then write, and everybody has looked before anybody wrote."""
    _enqueue(people, ["jeden"])
    looked = threading.Barrier(THREADS)

    def claim(_: int) -> bool:
        with transaction.atomic():
            found = Job.objects.filter(state=JobState.QUEUED).order_by("pk").first()
            looked.wait()
        return found is not None

    assert sum(at_once(claim)) == THREADS


def test_the_same_key_from_many_is_one_job(people):
    def promise(_: int) -> UUID:
        with scope(organisation_id=people.cis.pk, source="test"):
            return enqueue(kind="test.site", payload={"name": "x"}, key="x").pk

    assert len(set(at_once(promise))) == 1
    assert Job.objects.count() == 1


def test_control_without_a_key_each_promise_is_a_job(people):
    def promise(_: int) -> UUID:
        with scope(organisation_id=people.cis.pk, source="test"):
            return enqueue(kind="test.site", payload={"name": "x"}).pk

    assert len(set(at_once(promise))) == THREADS


def test_many_beats_make_one_run_of_a_period(people):
    entry = Entry("jobs.clean", Every(60), "Na próbę.")
    at = clock.now()
    sweeper.enqueue_period(entry, at)
    made = at_once(lambda _: sweeper.enqueue_period(entry, at + timedelta(hours=1)))
    assert sum(isinstance(job, Job) for job in made) == 1
    assert Job.objects.count() == 1


def test_control_without_the_period_each_beat_makes_a_run(people):
    def beat(_: int) -> UUID:
        with platform_scope(source="test"):
            return enqueue(kind="jobs.clean").pk

    assert len(set(at_once(beat))) == THREADS


def test_a_worker_that_slept_through_its_lease_commits_nothing(people):
    """A takes the job and stalls, B takes it over and finishes; then A wakes up."""
    _enqueue(people, ["jeden"])
    handlers.stalled.clear()
    handlers.wake.clear()
    Job.objects.update(kind="test.stalls")
    sleeper: dict[str, Any] = {}

    def slow() -> None:
        sleeper["count"] = drain(most=1)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert handlers.stalled.wait(10)
    Job.objects.update(leased_until=clock.now() - timedelta(minutes=1))
    assert drain(most=1) == 1
    handlers.wake.set()
    thread.join()
    assert _sites(people.cis.pk) == ["attempt 2"]
    assert Job.objects.get().state == JobState.DONE


def test_progress_is_seen_while_the_work_goes_on_and_prolongs_the_lease(people, settings):
    settings.JOB_PROGRESS_SECONDS = 0.01
    with scope(organisation_id=people.cis.pk, source="test"):
        job = enqueue(kind="test.long")
    handlers.stalled.clear()
    handlers.wake.clear()

    def work() -> None:
        drain(most=1)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert handlers.stalled.wait(10)
    deadline = threading.Event()
    for _ in range(200):
        job.refresh_from_db()
        if job.progress_total:
            break
        deadline.wait(0.02)
    handlers.wake.set()
    thread.join()
    assert (job.progress_done, job.progress_total, job.state) == (1, 3, JobState.RUNNING)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_the_end_of_a_batch_is_told_once_by_workers_that_end_together(people):
    told = []

    def hear(job: Job, **_: object) -> None:
        told.append(job.batch_id)

    batch = new_batch()
    with scope(organisation_id=people.cis.pk, source="test"):
        for number in range(THREADS):
            enqueue(kind="test.meets", payload={"number": number}, batch=batch)
    handlers.meeting = threading.Barrier(THREADS)
    batch_ended.connect(hear)
    try:
        at_once(lambda _: drain(most=1))
    finally:
        batch_ended.disconnect(hear)
    assert told == [batch]
