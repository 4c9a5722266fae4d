from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "reintegration.shell"
    label = "shell"
    verbose_name = "powłoka"
