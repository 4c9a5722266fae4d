from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "reintegration.administration"
    label = "administration"
    verbose_name = "ustawienia i organizacje"
