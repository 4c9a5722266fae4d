"""Work of programmes that happens by itself."""

from typing import Any
from uuid import UUID

from ipzs.services.programmes import close_decided
from ipzs.services.programmes.signing import ANSWERED_JOB, settle
from participants.models import Agreement
from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation

DECIDED_JOB = "ipzs.decided_daily"


@job_handler(ANSWERED_JOB, title="Odpowiedź OPS w sprawie programu", in_steps=True)
def agreement_answered(work: Work) -> dict[str, Any]:
    """Bring the unit's programme to what a body answered in its own scope."""
    with work.step(UUID(work.payload["unit"])):
        settle(Agreement.objects.get(pk=work.payload["agreement"]))
    return {}


@job_handler(DECIDED_JOB, title="Koniec programów po decyzji", in_steps=True)
def end_decided(work: Work) -> dict[str, Any]:
    """End what a delivered decision ends, the day after the last day that it names."""
    today, ended, left = clock.today(), 0, 0
    with work.step():
        rows = Organisation.objects.filter(kind=OrganisationKind.UNIT, closed_on=None)
        units = list(rows.order_by("pk").values_list("pk", flat=True))
    for done, unit_id in enumerate(units, 1):
        with work.step(unit_id):
            found = close_decided(today=today)
        ended, left = ended + found[0], left + found[1]
        work.progress(done, len(units))
    return {"ended": ended, "left": left}
