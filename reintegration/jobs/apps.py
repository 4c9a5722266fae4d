from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "reintegration.jobs"
    label = "jobs"
    verbose_name = "zadania w tle"
