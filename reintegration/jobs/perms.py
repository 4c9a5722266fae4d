"""What can be done with jobs, and by whom. The operator sees kinds and times, and no personal data."""

from reintegration.tenancy.actions import action, public_action
from reintegration.tenancy.enums import ALL_ROLES, OPERATOR_ROLES

JOB_LIST = action("jobs.job.list", "Lista zadań w tle", roles=OPERATOR_ROLES)
JOB_VIEW = action("jobs.job.view", "Podgląd zadania w tle", roles=OPERATOR_ROLES)
JOB_RETRY = action("jobs.job.retry", "Ponowienie zadania w tle", roles=OPERATOR_ROLES)
JOB_CANCEL = action("jobs.job.cancel", "Anulowanie zadania w tle", roles=OPERATOR_ROLES)
PROGRESS = action("jobs.progress.view", "Postęp zleconej pracy", roles=ALL_ROLES)
HEALTH = public_action("jobs.health.view", "Znak życia programu")
