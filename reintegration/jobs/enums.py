"""States of a job."""

from django.db.models import TextChoices


class JobState(TextChoices):
    QUEUED = "queued", "czeka"
    RUNNING = "running", "w toku"
    DONE = "done", "zrobione"
    PARKED = "parked", "odłożone"
    CANCELLED = "cancelled", "anulowane"


ENDED = (JobState.DONE, JobState.PARKED, JobState.CANCELLED)
