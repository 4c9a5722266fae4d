from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "benefits"
    label = "benefits"
    verbose_name = "świadczenia"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from benefits import attendance_slots, body_slots, pay_slots, reading_samples, retention  # noqa: F401, PLC0415
