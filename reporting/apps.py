from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = "rejestry i sprawozdania"

    def ready(self) -> None:
        # Says what it holds; not used by name.
        from reporting import retention  # noqa: F401, PLC0415
