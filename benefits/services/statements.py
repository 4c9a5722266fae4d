"""„Skąd ta kwota?” on paper: promised for everybody when a list is approved, one job for each person.

The papers are made by workers side by side (`benefits/tasks.py`); here they are promised, and made.
"""

from uuid import UUID

from benefits import papers
from benefits.explain.languages import LANGUAGES
from benefits.models import PayrollList, Statement
from benefits.queries.granted import STANDS
from benefits.queries.statement_papers import may_be_issued, standing
from participants.models import Person
from reintegration.core.errors import InputError
from reintegration.documents.models import Document
from reintegration.jobs.enums import JobState
from reintegration.jobs.services import enqueue_batch, retry_job

WORK = "benefits.statement"


def promise(row: PayrollList) -> int:
    """Promise the papers that are missing, in the transaction of the caller; answers how many they are.

    The same job again is the same job: what waits or runs is left alone, what was given up runs again.
    """
    if row.state not in STANDS:
        raise InputError("Rozliczenia powstają po zatwierdzeniu listy.")
    statements = Statement.objects.filter(payroll_list=row).order_by("position")
    missing = standing(row, statements).missing
    jobs = enqueue_batch(kind=WORK, batch=row.pk, work={str(key): {"statement": key} for key in missing})
    for job in jobs:
        if job.state in {JobState.PARKED, JobState.CANCELLED}:
            retry_job(job_id=job.pk)
    return len(missing)


def issue(*, statement_id: UUID, language: str = "") -> Document | None:
    """The paper of one person, in their language unless another one is asked for; none after an erasure."""
    # Whoever merges a person into another one holds them first, and would not see a paper under way.
    key = Statement.objects.values_list("person_id", flat=True).get(pk=statement_id)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
    row = Statement.objects.select_related("payroll_list").get(pk=statement_id)
    if not may_be_issued(row):
        return None
    return papers.statement(row, language or language_of(person))


def language_of(person: Person) -> str:
    """The person's own language where statements are written in it, otherwise Polish."""
    return person.language if person.language in LANGUAGES else papers.POLISH
