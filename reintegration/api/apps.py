from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "reintegration.api"
    label = "api"
    verbose_name = "API"
