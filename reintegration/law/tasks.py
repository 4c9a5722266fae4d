"""The daily look whether the law of the tables is behind the calendar."""

from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.law.queries import indexation_gap
from reintegration.law.services import remind_of_indexation


@job_handler("law.indexation", title="Sprawdzenie waloryzacji zasiłku", priority=5)
def check_indexation(work: Work) -> None:
    """After a 1 June without the allowance, put the task on the operator's desk, or take it off."""
    remind_of_indexation(indexation_gap(today=clock.today()))
