from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "reintegration.jobs"
    label = "jobs"
    verbose_name = "zadania w tle"

    def ready(self) -> None:
        autodiscover_modules("tasks")
        for module in settings.JOB_MODULES:
            import_module(module)
