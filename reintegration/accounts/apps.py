from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "reintegration.accounts"
    label = "accounts"
    verbose_name = "konta"
