"""The base of every table."""

from django.db import models

from reintegration.core.ids import uuid7


class Record(models.Model):
    """A row whose id is known before it is stored, so that ciphertexts can be bound to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Throttle(models.Model):
    """How often something was tried in the current window; `core.throttle` writes it."""

    key = models.CharField("skrót klucza", max_length=64, primary_key=True)
    hits = models.PositiveIntegerField("próby")
    until = models.DateTimeField("koniec okna", db_index=True)

    class Meta:
        verbose_name = "licznik prób"
        verbose_name_plural = "liczniki prób"
