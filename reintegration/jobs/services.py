"""Promising work, and what the operator can do with a promise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.ids import uuid7
from reintegration.jobs import doorbell, transitions
from reintegration.jobs.models import Job
from reintegration.jobs.registry import REGISTRY
from reintegration.jobs.rules import refuse_personal
from reintegration.jobs.signals import job_taken_up
from reintegration.tenancy.managers import ForeignTenant
from reintegration.tenancy.scope import OPERATOR_ID, current_scope


class DifferentWork(RuntimeError):
    """The key of an earlier job was used for other work."""


def enqueue(
    *,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    key: str = "",
    run_at: datetime | None = None,
    batch: UUID | None = None,
    organisation_id: UUID | None = None,
) -> Job:
    """Promise work in the transaction of the scope: it is done if and only if that commits.

    With a key the same work is promised once; the second call returns the first job, whatever its
    state. `batch` joins jobs whose progress is shown together. Only the operator's scope may promise
    work in another organisation.
    """
    scope = current_scope()
    owner_id = organisation_id or scope.organisation_id
    if owner_id != scope.organisation_id != OPERATOR_ID:
        message = f"{kind} was to be enqueued in another organisation."
        raise ForeignTenant(message)
    job = _job(kind, key, payload or {}, owner_id, batch)
    if run_at is not None:
        # The caller's clock may be fixed by a test; the database's is not, so only the distance counts.
        job.run_at = Now() + (run_at - clock.now())
    (found,) = _promised([job])
    return found


def enqueue_batch(*, kind: str, batch: UUID, work: Mapping[str, Mapping[str, Any]]) -> list[Job]:
    """Promise a payload for each key, all in two queries; answers with the jobs as they now stand.

    A key that was promised before keeps its job, whatever its state.
    """
    owner_id = current_scope().organisation_id
    return _promised([_job(kind, key, payload, owner_id, batch) for key, payload in work.items()])


def _job(kind: str, key: str, payload: Mapping[str, Any], owner_id: UUID, batch: UUID | None) -> Job:
    stored = {name: _plain(value) for name, value in payload.items()}
    refuse_personal(stored)
    job = Job(
        organisation_id=owner_id,
        created_by_id=current_scope().user_id,
        kind=kind,
        payload=stored,
        priority=REGISTRY[kind].priority,
        batch_id=batch,
    )
    job.key = key or str(job.pk)
    return job


def _promised(jobs: list[Job]) -> list[Job]:
    """The stored jobs of these keys in their order, their own or those that were promised before."""
    if not jobs:
        return []
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    rows = Job.objects.filter(
        organisation_id=jobs[0].organisation_id, kind=jobs[0].kind, key__in=[job.key for job in jobs]
    )
    found = {row.key: row for row in rows.order_by("pk")}
    for job in jobs:
        if found[job.key].payload != job.payload:
            message = f"{job.kind} {job.key} was enqueued before, with another payload."
            raise DifferentWork(message)
    doorbell.ring_on_commit()
    return [found[job.key] for job in jobs]


def new_batch() -> UUID:
    """A key that joins jobs, so that a page can show „41 z 59”."""
    return uuid7()


def retry_job(*, job_id: UUID) -> None:
    """Let a parked or cancelled job run again, from its first attempt."""
    if not transitions.retry(job_id=job_id):
        raise InputError("To zadanie czeka już na wykonanie albo jest zrobione.")
    job_taken_up.send(sender=Job, job=Job.objects.get(pk=job_id))
    doorbell.ring_on_commit()


def cancel_job(*, job_id: UUID) -> None:
    """Take back a job that no worker holds."""
    if not transitions.cancel(job_id=job_id):
        raise InputError("Anulować można tylko zadanie, które czeka albo zostało odłożone.")
    job_taken_up.send(sender=Job, job=Job.objects.get(pk=job_id))


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
