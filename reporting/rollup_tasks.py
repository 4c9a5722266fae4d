"""Yearly totals: counted soon after what changes them, and compared with the files each night."""

import logging
from datetime import timedelta
from typing import Any

from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import JobError, Work
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reporting.services import rollups

logger = logging.getLogger(__name__)


@job_handler("reporting.recount", title="Liczby lat po zmianach", in_steps=True, limit=timedelta(hours=1))
def recount(work: Work) -> dict[str, Any]:
    """Count again the years in which something changed, unit by unit."""
    with work.step():
        waiting = rollups.waiting_units()
        units = Organisation.objects.filter(pk__in=waiting, kind=OrganisationKind.UNIT)
        keys = list(units.order_by("pk").values_list("pk", flat=True))
    years = 0
    for unit_id in keys:
        with work.step(unit_id):
            years += rollups.recount_changed()
    return {"years": years}


@job_handler(
    "reporting.check_years", title="Porównanie liczb lat ze sprawami", in_steps=True, limit=timedelta(hours=4)
)
def check_years(work: Work) -> dict[str, Any]:
    """Compare every cell of every year with the files; a difference is mended, and told to the operator."""
    with work.step():
        rows = Organisation.objects.filter(kind=OrganisationKind.UNIT).order_by("pk")
        units = list(rows.values_list("pk", flat=True))
    years = wrong = 0
    for unit_id in units:
        with work.step(unit_id):
            found = rollups.check()
        years += found.years
        wrong += len(found.wrong)
        for year, (figure, line) in found.wrong:
            logger.error("year %s of %s was wrong: %s %s", year, unit_id, figure, line)
    if wrong:
        raise JobError(
            f"Liczby lat różniły się od spraw ({wrong}) i są już poprawione. Które, mówi log.", retry=False
        )
    return {"years": years}
