"""A process of its own that rotates keys over a table which only the test knows; the test kills it."""

import os
import sys
from typing import Any

import django
from django.db import models


def define_secret() -> type[models.Model]:
    """A tenant's table with an encrypted column."""
    from reintegration.core.fields import BlindIndexField, EncryptedTextField
    from reintegration.core.ids import uuid7
    from reintegration.tenancy.managers import TenantManager

    class Secret(models.Model):
        tenant_field = "organisation"

        id = models.UUIDField(primary_key=True, default=uuid7)
        organisation_id = models.UUIDField()
        name = EncryptedTextField()
        name_index = BlindIndexField(source="name")
        state = models.TextField(default="")

        objects: Any = TenantManager()

        class Meta:
            app_label = "core"
            base_manager_name = "objects"

        def __str__(self) -> str:
            return str(self.pk)

    return Secret


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    define_secret()
    with override_settings(REINTEGRA_FIELD_KEYS=os.environ["RING"]):
        call_command("rotate_keys", "--batch", sys.argv[1])
