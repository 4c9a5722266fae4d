"""Celery, the engine of the jobs: `celery -A reintegration worker`, `celery -A reintegration beat`."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

from reintegration.core.garbage import settle
from reintegration.core.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings.production")

app = Celery("reintegration")
app.config_from_object("django.conf:settings", namespace="CELERY")


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: object) -> None:
    """Worker and beat hold to the same settings as the web process."""
    refuse_unsafe()
    settle()
