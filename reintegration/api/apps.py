from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "reintegration.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from reintegration.api import schema  # noqa: F401, PLC0415 - tells the description of our tokens
