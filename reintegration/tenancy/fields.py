"""Foreign keys between rows of one tenant."""

from typing import Any

from django.db import models


class KinForeignKey(models.ForeignKey):
    """Refers to a row of the same tenant.

    Django makes no constraint and no index of its own: the migration helper `TenantTable` makes the
    composite ones, (tenant, id) to (tenant, id), so that the database refuses a foreign tenant's row.
    """

    database_delete = "NO ACTION"

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        kwargs.pop("db_index", None)
        return name, path, args, kwargs
