from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load(sender: Any, apps: Any, using: str, **kwargs: Any) -> None:
    """Every migrated database knows the law of the files; a schema from before the law's tables waits."""
    from reintegration.law.services import load_law  # noqa: PLC0415 - models come after the registry
    from reintegration.tenancy.scope import platform_scope  # noqa: PLC0415

    try:
        apps.get_model("law", "ParameterValue")
    except LookupError:
        return
    with platform_scope(source="migration"):
        load_law()


class LawConfig(AppConfig):
    name = "reintegration.law"
    label = "law"
    verbose_name = "prawo"

    def ready(self) -> None:
        from reintegration.law import desk  # noqa: F401, PLC0415 - registers its lines on the desk

        post_migrate.connect(_load, sender=self)
