"""The work of the process tests: one row in a table for each effect, and nothing that hides a second one."""

import time

from django.db import connection

from reintegration.celery import app
from reintegration.jobs.registry import job_handler
from reintegration.jobs.worker import Work

TABLE = """
CREATE TABLE test_effect (id bigserial PRIMARY KEY, key text NOT NULL);
GRANT SELECT, INSERT ON test_effect TO reintegra_app;
GRANT USAGE ON SEQUENCE test_effect_id_seq TO reintegra_app;
"""
SECONDS = 0.03


def leave_effect(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_effect (key) VALUES (%s)", [key])


@job_handler("test.effect", title="Ślad", max_attempts=20)
def effect(work: Work) -> None:
    leave_effect(work.payload["key"])
    time.sleep(SECONDS)


@app.task(name="test.plain", acks_late=False)
def plain(key: str) -> None:
    """The same work as stock Celery does it, without a row: for the controls."""
    time.sleep(SECONDS)
    leave_effect(key)
