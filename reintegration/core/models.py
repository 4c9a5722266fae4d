"""The base of every table."""

from django.db import models

from reintegration.core.ids import uuid7


class Record(models.Model):
    """A row whose id is known before it is stored, so that ciphertexts can be bound to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
