"""Work of programmes that happens by itself."""

from typing import Any
from uuid import UUID

from ipzs.services.programmes.signing import ANSWERED_JOB, settle
from participants.models import Agreement
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work


@job_handler(ANSWERED_JOB, title="Odpowiedź OPS w sprawie programu", in_steps=True)
def agreement_answered(work: Work) -> dict[str, Any]:
    """Bring the unit's programme to what a body answered in its own scope."""
    with work.step(UUID(work.payload["unit"])):
        settle(Agreement.objects.get(pk=work.payload["agreement"]))
    return {}
