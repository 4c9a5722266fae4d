from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "reintegration.law"
    label = "law"
    verbose_name = "prawo"
