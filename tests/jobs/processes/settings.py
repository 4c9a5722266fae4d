"""Settings of the processes that the tests start and kill: the program's own, in a hurry."""

from reintegration.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.jobs.processes.web"
JOB_MODULES = ["tests.jobs.processes.work"]
JOB_LEASE_SECONDS = 3.0
JOB_SWEEP_SECONDS = 1.0
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "jobs.sweep", "schedule": 1.0, "options": {"expires": 1.0, "retry": False}},
}
