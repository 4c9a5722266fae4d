"""The row of a job: the truth about work to be done, of which the broker is only the doorbell."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from reintegration.core.models import Record
from reintegration.jobs.enums import ENDED, JobState
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope


class JobQuerySet(models.QuerySet["Job"]):
    def here(self) -> "JobQuerySet":
        """Jobs of the organisation in whose name this runs; the table itself is global."""
        return self.filter(organisation_id=current_scope().organisation_id)


class Job(Record):
    """Work that was promised inside a transaction. It holds ids and no personal data."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name="organizacja"
    )
    kind = models.CharField("rodzaj", max_length=60)
    key = models.CharField("klucz", max_length=200)
    payload = models.JSONField("dane", default=dict)
    state = models.CharField("stan", max_length=10, choices=JobState, default=JobState.QUEUED)
    priority = models.SmallIntegerField("kolejność", default=5)
    batch_id = models.UUIDField("seria", null=True)

    attempts = models.PositiveSmallIntegerField("próby", default=0)
    run_at = models.DateTimeField("nie wcześniej niż", db_default=Now())
    lease_token = models.UUIDField("znak dzierżawy", null=True)
    leased_until = models.DateTimeField("dzierżawa do", null=True)

    progress_done = models.PositiveIntegerField("zrobiono", default=0)
    progress_total = models.PositiveIntegerField("z ilu", default=0)
    progress_message = models.CharField("co się dzieje", max_length=200, blank=True)
    result = models.JSONField("wynik", default=dict)
    error = models.CharField("błąd", max_length=500, blank=True)

    created_at = models.DateTimeField("zlecono", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto zlecił"
    )
    started_at = models.DateTimeField("początek", null=True)
    finished_at = models.DateTimeField("koniec", null=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "zadanie w tle"
        verbose_name_plural = "zadania w tle"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="job_once"),
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_leased_while_running",
                condition=Q(state=JobState.RUNNING, lease_token__isnull=False, leased_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_token__isnull=True, leased_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_when_ended",
                condition=Q(state__in=ENDED, finished_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_parked_with_reason", condition=~Q(state=JobState.PARKED) | ~Q(error="")
            ),
            models.CheckConstraint(
                name="job_progress_within", condition=Q(progress_done__lte=F("progress_total"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["priority", "run_at"], condition=Q(state=JobState.QUEUED), name="job_due"),
            models.Index(fields=["leased_until"], condition=Q(state=JobState.RUNNING), name="job_leased"),
            models.Index(fields=["batch_id"], condition=Q(batch_id__isnull=False), name="job_batch"),
            models.Index(fields=["state", "-created_at"], name="job_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Period(models.Model):
    """Up to which period each entry of the schedule has been enqueued, so that no period comes twice."""

    name = models.CharField("pozycja planu", max_length=60, primary_key=True)
    latest = models.DateTimeField("ostatni okres")

    class Meta:
        verbose_name = "okres planu"
        verbose_name_plural = "okresy planu"

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When the sweeper last ran: that says at once that beat, broker, worker and database work."""

    name = models.CharField("co", max_length=20, primary_key=True)
    at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "znak życia"
        verbose_name_plural = "znaki życia"

    def __str__(self) -> str:
        return self.name
