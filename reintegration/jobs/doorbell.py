"""Telling the workers that there is work: a hint that may be lost, and must never hold up a page."""

import logging
import time

from celery import Celery
from django.conf import settings
from django.db import connection, transaction

logger = logging.getLogger(__name__)

# While Redis is away a process asks for it only so often; the sweeper rings anyway.
QUIET_SECONDS = 5.0
RING = "jobs.ring"

_quiet_until = 0.0


def ring_on_commit() -> None:
    """Ring once when this transaction commits, however many jobs it holds."""
    if not any(entry[1] is ring for entry in connection.run_on_commit):
        transaction.on_commit(ring)


def ring() -> None:
    """Ring now. It can neither fail nor hang: everything is short, tried once, and logged."""
    global _quiet_until  # noqa: PLW0603 - the process has one broker
    if not settings.REDIS_URL or time.monotonic() < _quiet_until:
        return
    from reintegration.celery import app  # noqa: PLC0415 - the workers' program reads the settings first

    try:
        _send(app)
    except Exception as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The doorbell is silent (%s); the sweeper will find the jobs.", type(error).__name__)


def _send(app: Celery) -> None:
    # A connection of its own: with the pool's, the broker library would try again for ever.
    with app.connection_for_write(
        settings.CELERY_BROKER_URL,
        connect_timeout=settings.DOORBELL_SECONDS,
        transport_options={
            "max_retries": 0,
            "socket_timeout": settings.DOORBELL_SECONDS,
            "socket_connect_timeout": settings.DOORBELL_SECONDS,
            "retry_on_timeout": False,
        },
    ) as broker:
        app.send_task(RING, connection=broker, retry=False, ignore_result=True)
