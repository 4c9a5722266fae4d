from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "benefits"
    label = "benefits"
    verbose_name = "świadczenia"

    def ready(self) -> None:
        # Fills a slot; it is not used by name.
        from benefits import reading_samples  # noqa: F401, PLC0415
