from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "benefits"
    label = "benefits"
    verbose_name = "świadczenia"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from benefits import (  # noqa: PLC0415
            attendance_slots,  # noqa: F401
            body_slots,  # noqa: F401
            fund_desk,  # noqa: F401
            health_desk,  # noqa: F401
            health_slots,  # noqa: F401
            pay_desk,  # noqa: F401
            pay_slots,  # noqa: F401
            reading_samples,  # noqa: F401
            retention,  # noqa: F401
            supported_desk,  # noqa: F401
            supported_slots,  # noqa: F401
            terms_desk,  # noqa: F401
            told_slots,  # noqa: F401
        )
        from benefits.queries import signing  # noqa: F401, PLC0415 - tells the readings what is handed over
