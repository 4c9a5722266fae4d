"""What was sent on paper, promised when it is sent and made by a worker.

A unit's report, for unit and office alike, and the office's collective one.
"""

from typing import Final
from uuid import UUID

from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from reintegration.documents.services import withdraw_document
from reintegration.jobs.enums import JobState
from reintegration.jobs.services import enqueue_batch, retry_job
from reintegration.tenancy.scope import current_scope
from reporting import collective_paper, report_paper
from reporting.enums import VersionState
from reporting.models import CollectiveReport, ReportVersion
from reporting.queries.reports import PAPER

WORK: Final = "reporting.report_paper"
COLLECTIVE_WORK: Final = "reporting.collective_paper"


def promise(version: ReportVersion) -> None:
    """Promise the paper of a version in the transaction of the caller; one that was given up runs again."""
    work = {str(version.pk): {"version": version.pk}}
    for job in enqueue_batch(kind=WORK, batch=version.pk, work=work):
        if job.state in {JobState.PARKED, JobState.CANCELLED}:
            retry_job(job_id=job.pk)


def issue(*, version_id: UUID) -> Document | None:
    """Make the paper of this side; of a version that was taken back meanwhile the unit alone has one."""
    version = _held(version_id)
    if version.state == VersionState.WITHDRAWN and current_scope().organisation_id != version.unit_id:
        return None
    made = report_paper.issue(version)
    if version.state == VersionState.WITHDRAWN:
        _mark(made, version)
    return made


def take_back(*, version_id: UUID) -> None:
    """Mark this side's paper of a version that the unit took back, when it is made already.

    It stays among the documents as withdrawn, with the reason: somebody may have printed it or passed it on,
    and a paper that vanished could no longer be explained.
    """
    version = _held(version_id)
    paper = Document.objects.filter(kind=PAPER, key=str(version.pk)).first()
    if paper is not None:
        _mark(paper, version)


def _held(version_id: UUID) -> ReportVersion:
    """The version, locked: making its paper and taking it back go one after the other."""
    rows = ReportVersion.objects.select_for_update(of=("self",)).select_related("report", "layout")
    found: ReportVersion = rows.get(pk=version_id)
    return found


def _mark(paper: Document, version: ReportVersion) -> None:
    if paper.state == DocumentState.ISSUED:
        withdraw_document(document=paper, reason=f"Jednostka wycofała wersję {version.number}.")


def promise_collective(row: CollectiveReport) -> None:
    enqueue_batch(kind=COLLECTIVE_WORK, batch=row.pk, work={str(row.pk): {"report": row.pk}})


def issue_collective(*, report_id: UUID) -> Document:
    return collective_paper.issue(CollectiveReport.objects.get(pk=report_id))
