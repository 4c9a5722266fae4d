"""What this room hears from the jobs."""

from typing import Any

from django.urls import reverse

from reintegration.jobs.models import Job
from reintegration.jobs.queries import progress_of
from reintegration.jobs.registry import title_of
from reintegration.notices import kinds
from reintegration.notices.services import notify, raise_task, settle_task


def tell_of_parked_job(*, job: Job, **kwargs: Any) -> None:
    raise_task(
        kind=kinds.JOB_PARKED.key,
        key=str(job.pk),
        title=f"Odłożone zadanie: {title_of(job.kind)}",
        text="Wszystkie próby się nie powiodły. Zobacz przyczynę, potem ponów albo anuluj.",
        link=reverse("jobs:job_list") + "?stan=parked",
    )


def forget_parked_job(*, job: Job, **kwargs: Any) -> None:
    settle_task(kind=kinds.JOB_PARKED.key, key=str(job.pk))


def tell_of_batch(*, job: Job, **kwargs: Any) -> None:
    """Whoever left the page of a long piece of work finds the end of it on the desk."""
    progress = progress_of(job.batch_id) if job.created_by_id and job.batch_id else None
    if progress is not None:
        notify(
            kind=kinds.WORK_ENDED.key,
            to=[job.created_by],
            text=f"{title_of(job.kind)}: {progress.text}.",
            link=progress.url,
            key=str(job.batch_id),
        )
