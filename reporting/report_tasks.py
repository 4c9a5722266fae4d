"""What is done about annual reports in the name of the other side, in the background, and every morning."""

from typing import Any
from uuid import UUID

from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reporting.services import report_notices as notices
from reporting.services import report_papers as papers
from reporting.services.reports import TELL_JOB


@job_handler(TELL_JOB, title="Wiadomość o sprawozdaniu dla drugiej strony", in_steps=True)
def tell_about_report(work: Work) -> None:
    """Tell the other side what became of a version."""
    with work.step(UUID(work.payload["other"])):
        notices.tell(version_id=UUID(work.payload["version"]), state=work.payload["state"])


@job_handler(papers.WORK, title="Sprawozdanie w PDF")
def make_paper(work: Work) -> dict[str, Any]:
    """A sent version on paper, for the side that asked."""
    made = papers.issue(version_id=UUID(work.payload["version"]))
    return {"paper": str(made.pk)} if made is not None else {}


@job_handler(papers.COLLECTIVE_WORK, title="Sprawozdanie zbiorcze w PDF")
def make_collective_paper(work: Work) -> dict[str, Any]:
    """A collective report that was sent, on paper."""
    made = papers.issue_collective(report_id=UUID(work.payload["report"]))
    return {"paper": str(made.pk)}


@job_handler("reporting.reports_daily", title="Termin sprawozdań rocznych", in_steps=True)
def remind(work: Work) -> dict[str, Any]:
    """Remind each unit of the report that was not sent, on the days before and after the term."""
    with work.step():
        rows = Organisation.objects.filter(kind=OrganisationKind.UNIT, closed_on=None)
        units = list(rows.order_by("pk").values_list("pk", flat=True))
    told = 0
    for done, unit_id in enumerate(units, 1):
        with work.step(unit_id):
            told += notices.remind()
        work.progress(done, len(units))
    return {"told": told}
