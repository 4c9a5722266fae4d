from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "reintegration.audit"
    label = "audit"
    verbose_name = "dziennik zdarzeń"

    def ready(self) -> None:
        # Rooms above the ground say in theirs what their tables hold of people.
        autodiscover_modules("retention")
