"""What the shell does by night."""

from typing import Any

from reintegration.core import clock
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work
from reintegration.shell.services import forget_old
from reintegration.tenancy.models import Organisation


@job_handler("shell.forget", title="Usuwanie starych szkiców", in_steps=True, priority=9)
def forget(work: Work) -> dict[str, Any]:
    """Each organisation by itself: a draft is somebody's personal data in that organisation."""
    now, removed = clock.now(), 0
    for organisation in Organisation.objects.order_by("pk"):
        with work.step(organisation.pk):
            removed += forget_old(now=now)
    return {"removed": removed}
