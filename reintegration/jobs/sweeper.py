"""Every ten seconds: a sign of life, the schedule, and a ring for whatever waits."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from reintegration.core import clock
from reintegration.jobs import doorbell
from reintegration.jobs.enums import ENDED, JobState
from reintegration.jobs.models import Heartbeat, Job, Period
from reintegration.jobs.registry import REGISTRY
from reintegration.jobs.schedule import SCHEDULE, Entry
from reintegration.jobs.services import enqueue
from reintegration.tenancy.scope import platform_scope

BEAT = "beat"

# A period is taken once: whoever comes second, or after the clock went back, changes no row.
_TAKE = """
INSERT INTO jobs_period (name, latest) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET latest = excluded.latest WHERE jobs_period.latest < excluded.latest
RETURNING xmax = 0
"""


def sweep() -> int:
    """Write the sign of life, enqueue what the schedule asks for, ring; returns how many rings."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=BEAT, at=Now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )
    at = clock.now()
    for entry in SCHEDULE:
        enqueue_period(entry, at)
    waiting = Job.objects.filter(
        Q(state=JobState.QUEUED, run_at__lte=Now()) | Q(state=JobState.RUNNING, leased_until__lt=Now())
    ).count()
    rings = min(waiting, settings.JOB_RINGS)
    for _ in range(rings):
        doorbell.ring()
    return rings


def enqueue_period(entry: Entry, at: datetime) -> Job | None:
    """Promise the job of the period that began last, unless it was promised before."""
    period = entry.period.latest(at)
    with platform_scope(source="schedule"):
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [entry.kind, period])
            taken = cursor.fetchone()
        if taken is None or taken[0]:
            # Taken by another, or seen for the first time: an entry begins with its next period.
            return None
        return enqueue(kind=entry.kind, key=period.strftime("%Y-%m-%dT%H:%MZ"))


def clean_up() -> int:
    """Remove the rows of finished jobs whose time is over; a parked one stays until somebody decides."""
    removed = 0
    for handler in REGISTRY.values():
        old = Job.objects.filter(
            kind=handler.kind,
            state__in=[state for state in ENDED if state != JobState.PARKED],
            finished_at__lt=Now() - handler.keep,
        )
        removed += old.delete()[0]
    Period.objects.exclude(name__in=[entry.kind for entry in SCHEDULE]).delete()
    return removed
