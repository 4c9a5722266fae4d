from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "reintegration.notices"
    label = "notices"
    verbose_name = "powiadomienia"
