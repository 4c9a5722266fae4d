"""The early warnings of every unit, each morning, and of whoever was just marked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ipzs.services.warnings import LOOK_JOB, refresh
from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation

DAILY_JOB = "ipzs.warnings_daily"


@job_handler(DAILY_JOB, title="Wczesne ostrzeżenia", in_steps=True)
def look_for_signs(work: Work) -> dict[str, Any]:
    today, standing = clock.today(), 0
    with work.step():
        rows = Organisation.objects.filter(kind=OrganisationKind.UNIT, closed_on=None)
        units = list(rows.order_by("pk").values_list("pk", flat=True))
    for done, unit_id in enumerate(units, 1):
        with work.step(unit_id):
            standing += refresh(today=today)
        work.progress(done, len(units))
    return {"standing": standing}


@job_handler(LOOK_JOB, title="Wczesne ostrzeżenia po wpisie", keep=timedelta(days=1))
def look_at_news(work: Work) -> dict[str, Any]:
    """Signs that a mark or a leave may have made true; without persons those of the whole unit."""
    persons = work.payload.get("persons")
    told = None if persons is None else [UUID(key) for key in persons]
    return {"standing": refresh(today=clock.today(), person_ids=told)}
