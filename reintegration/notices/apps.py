from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "reintegration.notices"
    label = "notices"
    verbose_name = "powiadomienia"

    def ready(self) -> None:
        from reintegration.jobs.signals import job_parked, job_taken_up  # noqa: PLC0415 - models are ready now
        from reintegration.notices import signals  # noqa: PLC0415

        autodiscover_modules("kinds")
        job_parked.connect(signals.tell_of_parked_job)
        job_taken_up.connect(signals.forget_parked_job)
