from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load(sender: Any, apps: Any, using: str, **kwargs: Any) -> None:
    """Every migrated database knows the layouts of the files; a schema from before their table waits."""
    from reintegration.tenancy.scope import platform_scope  # noqa: PLC0415 - models come after the registry
    from reporting.services.layouts import load_layouts  # noqa: PLC0415

    try:
        apps.get_model("reporting", "ReportLayout")
    except LookupError:
        return
    with platform_scope(source="migration"):
        load_layouts()


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = "rejestry i sprawozdania"

    def ready(self) -> None:
        # Each says what it holds or shows; none is used by name.
        from reporting import (  # noqa: PLC0415
            graduates_slots,  # noqa: F401
            inspection_desk,  # noqa: F401
            office_desk,  # noqa: F401
            procedures_desk,  # noqa: F401
            register_desk,  # noqa: F401
            report_desk,  # noqa: F401
            retention,  # noqa: F401
        )

        post_migrate.connect(_load, sender=self)
