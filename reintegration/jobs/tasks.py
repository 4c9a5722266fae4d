"""What Celery runs: the doorbell, the sweeper; and this room's own jobs."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from reintegration.celery import app
from reintegration.jobs import doorbell, sweeper, worker
from reintegration.jobs.registry import job_handler


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
