"""How a job passes from state to state.

Each function is one guarded UPDATE: who comes second changes nothing.

The lease token is the fence: whoever lost the lease can no longer finish, postpone or park the job.
Times are the database's, so that the clocks of several machines do not matter.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from reintegration.jobs.enums import JobState
from reintegration.jobs.models import Job

S = JobState


class Transition(StrEnum):
    CLAIM = "claim"
    RECLAIM = "reclaim"
    FINISH = "finish"
    POSTPONE = "postpone"
    PARK = "park"
    CANCEL = "cancel"
    RETRY = "retry"


TABLE: dict[Transition, tuple[frozenset[JobState], JobState]] = {
    Transition.CLAIM: (frozenset({S.QUEUED}), S.RUNNING),
    Transition.RECLAIM: (frozenset({S.RUNNING}), S.RUNNING),
    Transition.FINISH: (frozenset({S.RUNNING}), S.DONE),
    Transition.POSTPONE: (frozenset({S.RUNNING}), S.QUEUED),
    Transition.PARK: (frozenset({S.RUNNING}), S.PARKED),
    Transition.CANCEL: (frozenset({S.QUEUED, S.PARKED}), S.CANCELLED),
    Transition.RETRY: (frozenset({S.PARKED, S.CANCELLED}), S.QUEUED),
}


def claim(*, kinds: list[str], lease: timedelta) -> Job | None:
    """Take the next job that is due, or one whose worker has gone; nobody else gets it.

    Only kinds this process has a handler for: during an upgrade an old worker leaves the new ones alone.
    """
    with transaction.atomic():
        jobs = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(kind__in=kinds)
        job: Job | None = (
            jobs.filter(state=S.RUNNING, leased_until__lt=Now()).order_by("leased_until").first()
        )
        if job is None:
            job = jobs.filter(state=S.QUEUED, run_at__lte=Now()).order_by("priority", "run_at").first()
        if job is None:
            return None
        job.state = S.RUNNING
        job.attempts += 1
        job.lease_token = uuid4()
        Job.objects.filter(pk=job.pk).update(
            state=job.state,
            attempts=job.attempts,
            lease_token=job.lease_token,
            leased_until=Now() + lease,
            started_at=Now(),
        )
    return job


def prolong(*, job_id: UUID, token: UUID, lease: timedelta, **progress: Any) -> bool:
    """Keep the lease for longer; False when it is lost."""
    held = Job.objects.filter(pk=job_id, lease_token=token)
    return bool(held.update(leased_until=Now() + lease, **progress))


def is_held(*, job_id: UUID, token: UUID) -> bool:
    """Whether the lease is still ours; it stays so until this transaction ends."""
    held = Job.objects.select_for_update(of=("self",)).filter(pk=job_id, lease_token=token)
    return held.order_by().values_list("pk", flat=True).first() is not None


def finish(*, job_id: UUID, token: UUID, result: dict[str, Any]) -> bool:
    return _leave(job_id, token, S.DONE, result=result, error="", finished_at=Now())


def postpone(*, job_id: UUID, token: UUID, error: str, delay: timedelta) -> bool:
    return _leave(job_id, token, S.QUEUED, error=error, run_at=Now() + delay)


def park(*, job_id: UUID, token: UUID, error: str) -> bool:
    return _leave(job_id, token, S.PARKED, error=error, finished_at=Now())


def cancel(*, job_id: UUID) -> bool:
    return _turn(Transition.CANCEL, job_id, finished_at=Now())


def retry(*, job_id: UUID) -> bool:
    return _turn(Transition.RETRY, job_id, attempts=0, run_at=Now(), finished_at=None, error="")


def _leave(job_id: UUID, token: UUID, to: JobState, **values: Any) -> bool:
    held = Job.objects.filter(pk=job_id, state=S.RUNNING, lease_token=token)
    return bool(held.update(state=to, lease_token=None, leased_until=None, **values))


def _turn(transition: Transition, job_id: UUID, **values: Any) -> bool:
    sources, to = TABLE[transition]
    return bool(Job.objects.filter(pk=job_id, state__in=sources).update(state=to, **values))
