"""What screens read of jobs."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.urls import reverse

from reintegration.core.formats import counted
from reintegration.core.together import Questions
from reintegration.jobs.enums import ENDED, JobState
from reintegration.jobs.models import Heartbeat, Job, JobQuerySet
from reintegration.jobs.registry import title_of
from reintegration.jobs.sweeper import BEAT
from reintegration.tenancy.prepared import prepared

# Beat sweeps every ten seconds; six missed sweeps are a reason to look.
STALE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the jobs of a batch are: „41 z 59”, and what they do."""

    batch: UUID
    what: str
    done: int
    total: int
    failed: int
    ended: bool
    text: str

    @property
    def poll_url(self) -> str:
        return "" if self.ended else self.url

    @property
    def url(self) -> str:
        return reverse("jobs:progress", args=[self.batch])


def _of(batch: UUID) -> JobQuerySet:
    return Job.objects.here().filter(batch_id=batch)


@prepared
def _counts(batch: UUID) -> Questions:
    grouped = _of(batch).order_by("batch_id").values("batch_id")
    return Questions(
        grouped.annotate(
            total=Count("pk"),
            kind=Min("kind"),
            done=Count("pk", filter=Q(state=JobState.DONE)),
            failed=Count("pk", filter=Q(state__in=[JobState.PARKED, JobState.CANCELLED])),
            ended=Count("pk", filter=Q(state__in=ENDED)),
        )
    )


def progress_of(batch: UUID) -> Progress | None:
    """The progress of this organisation's batch; nothing of another's."""
    (found,) = _counts(batch).answers()
    if not found:
        return None
    (counts,) = found
    total, done, failed = counts["total"], counts["done"], counts["failed"]
    ended = counts["ended"] == total
    text = f"{done} z {total}"
    if total == 1 and not ended:
        only = _of(batch).values_list("progress_done", "progress_total", "progress_message").get()
        if only[1]:
            done, total = only[0], only[1]
            text = f"{done} z {total} {only[2]}".strip()
    if failed:
        text = f"{text}, {counted(failed, 'nieudane', 'nieudane', 'nieudanych')}"
    return Progress(
        batch=batch, what=title_of(counts["kind"]),
        done=done, total=total, failed=failed, ended=ended, text=text,
    )  # fmt: skip


def is_beating() -> bool:
    """Whether the sweeper came lately, by the database's clock."""
    return Heartbeat.objects.filter(name=BEAT, at__gte=Now() - STALE_AFTER).exists()
