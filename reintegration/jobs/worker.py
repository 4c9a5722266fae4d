"""Doing the work: claim a job, run its handler in its organisation, mark it done in the same transaction."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import connection

from reintegration.jobs import transitions
from reintegration.jobs.enums import ENDED
from reintegration.jobs.models import Job
from reintegration.jobs.registry import REGISTRY, Handler
from reintegration.jobs.rules import delay_before
from reintegration.jobs.signals import batch_ended, job_parked
from reintegration.tenancy.scope import platform_scope, scope

logger = logging.getLogger(__name__)


class LeaseLost(RuntimeError):
    """Another worker holds the job now; nothing of this one's may be committed."""


class JobError(RuntimeError):
    """A failure that a handler understands. Its text is stored and shown: no personal data in it."""

    def __init__(self, text: str, *, retry: bool = True, delay: timedelta | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.retry = retry
        self.delay = delay


class LeaseKeeper:
    """Prolongs the lease, and tells of progress, from a thread with a connection of its own.

    Most jobs end before the first third of their lease, and then no connection is opened.
    """

    def __init__(self, job: Job, handler: Handler) -> None:
        assert job.lease_token is not None
        self.job_id, self.token = job.pk, job.lease_token
        self.lease = timedelta(seconds=settings.JOB_LEASE_SECONDS)
        self.deadline = time.monotonic() + handler.limit.total_seconds()
        self.progress: dict[str, Any] = {}
        self.lost = False
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._keep, name=f"lease-{self.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended = True
        self._wake.set()
        self._thread.join()

    def tell(self, **progress: Any) -> None:
        self.progress = progress
        self._wake.set()

    def _keep(self) -> None:
        try:
            while True:
                self._wake.wait(self.lease.total_seconds() / 3)
                self._wake.clear()
                if self._ended or time.monotonic() > self.deadline:
                    return
                progress, self.progress = self.progress, {}
                self.lost = not transitions.prolong(
                    job_id=self.job_id, token=self.token, lease=self.lease, **progress
                )
                if self.lost:
                    return
                # A handler that tells of each of a thousand rows is not worth a thousand updates.
                time.sleep(settings.JOB_PROGRESS_SECONDS)
        except Exception:
            # The lease runs out, and the fence at the end decides.
            logger.warning("The lease of job %s could not be prolonged.", self.job_id)
        finally:
            connection.close()


@dataclass
class Work:
    """What a handler is given."""

    id: UUID
    kind: str
    key: str
    payload: dict[str, Any]
    organisation_id: UUID
    user_id: UUID | None
    attempt: int
    _keeper: LeaseKeeper = field(repr=False)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Tell the page how far the work is; no personal data in the message."""
        self._keeper.tell(progress_done=min(done, total), progress_total=total, progress_message=message)

    @contextmanager
    def step(self, organisation_id: UUID | None = None) -> Iterator[None]:
        """A transaction in the job's organisation, or another; committed only under our lease."""
        with scope(
            organisation_id=organisation_id or self.organisation_id,
            user_id=self.user_id,
            source=f"job:{self.kind}",
        ):
            yield
            if not transitions.is_held(job_id=self.id, token=self._keeper.token):
                raise LeaseLost

    def finish(self, result: dict[str, Any] | None) -> None:
        if not transitions.finish(job_id=self.id, token=self._keeper.token, result=result or {}):
            raise LeaseLost


def drain(*, seconds: float = 3600.0, most: int = 10_000) -> int:
    """Do what is due, one job after another, until nothing is or the time is up; returns how many."""
    until = time.monotonic() + seconds
    count = 0
    while count < most and time.monotonic() < until and run_next():
        count += 1
    return count


def run_next() -> bool:
    """Claim one job and do it; False when nothing is due."""
    job = transitions.claim(kinds=sorted(REGISTRY), lease=timedelta(seconds=settings.JOB_LEASE_SECONDS))
    if job is None:
        return False
    handler = REGISTRY[job.kind]
    if job.attempts > handler.max_attempts:
        # Its workers did not report a failure, they vanished: killed, or out of memory.
        _give_up(job, f"Praca przerwana {job.attempts - 1} razy bez odpowiedzi.")
        return True
    try:
        with LeaseKeeper(job, handler) as keeper:
            _run(job, handler, keeper)
    except LeaseLost:
        logger.warning("Job %s %s lost its lease; its work was rolled back.", job.kind, job.pk)
    except Exception as error:
        _fail(job, handler, error)
    return True


def _run(job: Job, handler: Handler, keeper: LeaseKeeper) -> None:
    work = Work(
        id=job.pk,
        kind=job.kind,
        key=job.key,
        payload=job.payload,
        organisation_id=job.organisation_id,
        user_id=job.created_by_id,
        attempt=job.attempts,
        _keeper=keeper,
    )
    if handler.in_steps:
        result = handler.run(work)
        with scope(organisation_id=job.organisation_id, user_id=work.user_id, source=f"job:{job.kind}"):
            work.finish(result)
            _tell_of_batch(job)
    else:
        with scope(organisation_id=job.organisation_id, user_id=work.user_id, source=f"job:{job.kind}"):
            work.finish(handler.run(work))
            _tell_of_batch(job)


def _tell_of_batch(job: Job) -> None:
    """Say that a batch has ended, once its last job has; inside the transaction that ends the job.

    Two that end together wait for each other here, or each would take the other for unfinished.
    """
    if job.batch_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(job.batch_id)])
    if not Job.objects.here().filter(batch_id=job.batch_id).exclude(state__in=ENDED).exists():
        batch_ended.send(sender=Job, job=job)


def _fail(job: Job, handler: Handler, error: Exception) -> None:
    text = error.text if isinstance(error, JobError) else describe(error)
    logger.warning("Job %s %s, attempt %s: %s", job.kind, job.pk, job.attempts, text)
    again = error.retry if isinstance(error, JobError) else True
    if not again or job.attempts >= handler.max_attempts:
        _give_up(job, text)
        return
    delay = error.delay if isinstance(error, JobError) else None
    if delay is None:
        delay = delay_before(job.attempts, spread=SystemRandom().uniform(0.5, 1.5))
    assert job.lease_token is not None
    transitions.postpone(job_id=job.pk, token=job.lease_token, error=text[:500], delay=delay)


def _give_up(job: Job, text: str) -> None:
    assert job.lease_token is not None
    with platform_scope(source=f"job:{job.kind}"):
        if transitions.park(job_id=job.pk, token=job.lease_token, error=text[:500]):
            job_parked.send(sender=Job, job=job)
    with scope(organisation_id=job.organisation_id, user_id=job.created_by_id, source=f"job:{job.kind}"):
        _tell_of_batch(job)


def describe(error: Exception) -> str:
    """Say what failed and where, without the message: a database's message quotes the row."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:]]
    return f"{type(error).__name__} ({' > '.join(places)})"
