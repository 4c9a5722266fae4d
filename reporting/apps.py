from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = "rejestry i sprawozdania"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from reporting import (  # noqa: PLC0415
            graduates_slots,  # noqa: F401
            office_desk,  # noqa: F401
            register_desk,  # noqa: F401
            retention,  # noqa: F401
        )
