"""Celery is the engine of the jobs; the database is their truth."""

from reintegration.settings import env

REDIS_URL = env.text("REDIS_URL")

# How long a claimed job stays claimed without a sign of life; a living worker prolongs it in thirds.
JOB_LEASE_SECONDS = 30.0
JOB_PROGRESS_SECONDS = 0.5
# How long one ring keeps a worker's process, and how many rings one sweep sends.
JOB_RING_SECONDS = 10.0
JOB_RINGS = 4
JOB_SWEEP_SECONDS = 10.0
# A page waits no longer than this for a broker that does not answer.
DOORBELL_SECONDS = 0.5
# Modules with handlers besides each app's tasks.py; for tests.
JOB_MODULES: list[str] = []

# Celery names a unix socket otherwise than Redis' own client does.
CELERY_BROKER_URL = (
    "redis+socket://" + REDIS_URL.removeprefix("unix://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL or "memory://"
)
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "reintegra"
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "Europe/Warsaw"
# Periods are remembered in the database (reintegration.jobs.sweeper), so beat needs no file of its own.
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "jobs.sweep",
        "schedule": JOB_SWEEP_SECONDS,
        # A sweep that waited for longer than the next one is worth nothing.
        "options": {"expires": JOB_SWEEP_SECONDS, "retry": False},
    },
}
