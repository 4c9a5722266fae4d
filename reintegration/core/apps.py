import importlib
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import pre_migrate


def grant_to_program(*, using: str, **kwargs: Any) -> None:
    """Let the program's role use every table that this run of `migrate` is about to make.

    The role that migrates owns the tables; the program's role owns nothing. What the program must not
    do (change history, say) is taken away again by the migration that makes the table.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == ("reintegra_app",):
            message = "Migrate as the owner of the tables (OWNER_DATABASE_URL), not as the program's role."
            raise RuntimeError(message)
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO reintegra_app"
        )
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO reintegra_app"
        )


class CoreConfig(AppConfig):
    name = "reintegration.core"
    label = "core"
    verbose_name = "podstawy"

    def ready(self) -> None:
        importlib.import_module("reintegration.core.lookups")
        pre_migrate.connect(grant_to_program, sender=self)
