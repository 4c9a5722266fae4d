"""What Celery runs: the doorbell, the sweeper; and this room's own jobs."""

import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections

from reintegration.audit import erasure
from reintegration.audit.heads import read_heads
from reintegration.audit.sealing import seal_all
from reintegration.audit.verify import verify_all
from reintegration.celery import app
from reintegration.core import clock
from reintegration.jobs import doorbell, sweeper, worker
from reintegration.jobs.registry import job_handler
from reintegration.shell.services import forget_old
from reintegration.tenancy.models import Organisation

logger = logging.getLogger(__name__)


@app.task(name=doorbell.RING, ignore_result=True)
def ring() -> None:
    """Somebody rang: pass the ring on, so that an idle worker comes too, and do what is due."""
    if not worker.run_next():
        return
    doorbell.ring()
    if worker.drain(seconds=settings.JOB_RING_SECONDS):
        # The time of this ring may be up before the work is done.
        doorbell.ring()


@app.task(name="jobs.sweep", ignore_result=True)
def sweep() -> None:
    sweeper.sweep()


@job_handler("jobs.clean", title="Porządki w zadaniach", keep=timedelta(days=7))
def clean(work: worker.Work) -> dict[str, Any]:
    return {"removed": sweeper.clean_up()}


# The audit and the shell stand left of this room, so their periodic work is declared here. Each job opens
# its own scopes.


@job_handler(
    "audit.seal", title="Pieczętowanie dziennika", in_steps=True, priority=2, keep=timedelta(hours=6)
)
def seal(work: worker.Work) -> dict[str, Any]:
    return {"sealed": seal_all()}


@job_handler("audit.heads", title="Głowy łańcuchów dziennika", in_steps=True)
def log_heads(work: worker.Work) -> dict[str, Any]:
    """Write the heads where the database's administrator cannot change them: into the log."""
    heads = read_heads()
    logger.info("audit heads %s", json.dumps(heads, sort_keys=True))
    return {"chains": len(heads)}


@job_handler("audit.verify", title="Sprawdzenie dziennika", in_steps=True, limit=timedelta(hours=4))
def verify(work: worker.Work) -> dict[str, Any]:
    entries = found = 0
    for report in verify_all():
        entries, found = entries + report.entries, found + len(report.findings) + report.more
        for sentence in report.findings:
            logger.error("audit of %s: %s", report.organisation_id, sentence)
    if found:
        raise worker.JobError(
            f"Dziennik nie zgadza się z pieczęciami ({found}). Szczegóły: manage.py audit_verify.",
            retry=False,
        )
    return {"entries": entries}


@job_handler("audit.retention", title="Usuwanie danych po terminie", in_steps=True, limit=timedelta(hours=4))
def erase_due(work: worker.Work) -> dict[str, Any]:
    if not settings.RETENTION_RUNS:
        return {"stopped": True}
    if "keeper" not in connections:
        raise worker.JobError("Brak KEEPER_DATABASE_URL: bez tej roli nie da się usunąć danych.", retry=False)
    return {"steps": sum(1 for _ in erasure.run(today=clock.today(), using="keeper"))}


@job_handler("shell.forget", title="Usuwanie starych szkiców", in_steps=True, priority=9)
def forget_drafts(work: worker.Work) -> dict[str, Any]:
    """Each organisation by itself: a draft is somebody's personal data in that organisation."""
    now, removed = clock.now(), 0
    for organisation in Organisation.objects.order_by("pk"):
        with work.step(organisation.pk):
            removed += forget_old(now=now)
    return {"removed": removed}
