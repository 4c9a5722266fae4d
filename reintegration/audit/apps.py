from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "reintegration.audit"
    label = "audit"
    verbose_name = "dziennik zdarzeń"
