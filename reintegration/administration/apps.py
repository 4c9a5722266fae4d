from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "reintegration.administration"
    label = "administration"
    verbose_name = "ustawienia i organizacje"

    def ready(self) -> None:
        from reintegration.administration import desk  # noqa: F401, PLC0415 - a line on the desk
