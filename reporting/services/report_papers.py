"""A sent report on paper: promised when it is sent, made by a worker, for unit and office alike."""

from typing import Final
from uuid import UUID

from reintegration.documents.models import Document
from reintegration.jobs.enums import JobState
from reintegration.jobs.services import enqueue_batch, retry_job
from reporting import report_paper
from reporting.models import ReportVersion

WORK: Final = "reporting.report_paper"


def promise(version: ReportVersion) -> None:
    """Promise the paper of a version in the transaction of the caller; one that was given up runs again."""
    work = {str(version.pk): {"version": version.pk}}
    for job in enqueue_batch(kind=WORK, batch=version.pk, work=work):
        if job.state in {JobState.PARKED, JobState.CANCELLED}:
            retry_job(job_id=job.pk)


def issue(*, version_id: UUID) -> Document:
    return report_paper.issue(ReportVersion.objects.select_related("report", "layout").get(pk=version_id))
