from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "reintegration.tenancy"
    label = "tenancy"
    verbose_name = "jednostki"
