from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reintegration.core import rotation


class AccountsConfig(AppConfig):
    name = "reintegration.accounts"
    label = "accounts"
    verbose_name = "konta"

    def ready(self) -> None:
        from reintegration.accounts import receivers  # noqa: F401, PLC0415 - models must be loaded first
        from reintegration.accounts.checks import GATE_CHECKS  # noqa: PLC0415
        from reintegration.accounts.rotation import WORK  # noqa: PLC0415

        rotation.register(WORK)

        missing = [check for check in GATE_CHECKS if check not in settings.GATE_CHECKS]
        if missing:
            message = f"GATE_CHECKS lacks {', '.join(missing)}: no setting switches the second factor off."
            raise ImproperlyConfigured(message)
