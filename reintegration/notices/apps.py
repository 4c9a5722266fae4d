from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "reintegration.notices"
    label = "notices"
    verbose_name = "powiadomienia"

    def ready(self) -> None:
        from reintegration.jobs.signals import batch_ended, job_parked, job_taken_up  # noqa: PLC0415
        from reintegration.notices import accounts, signals  # noqa: F401, PLC0415

        autodiscover_modules("kinds")
        job_parked.connect(signals.tell_of_parked_job)
        batch_ended.connect(signals.tell_of_batch)
        job_taken_up.connect(signals.forget_parked_job)
