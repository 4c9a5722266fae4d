"""Django's `migrate`, which here keeps the models of its state where they do not change."""

from typing import Any

from django.core.management.commands import migrate

from reintegration.core.migrating import kept_models


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with kept_models():
            super().handle(*args, **options)
