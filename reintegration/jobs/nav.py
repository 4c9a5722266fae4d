"""This room's places in the navigation."""

from reintegration.jobs import perms
from reintegration.shell.nav import NavItem, register

register(NavItem("jobs", "Zadania w tle", "refresh", "jobs:job_list", perms.JOB_LIST, "operator", 60))
