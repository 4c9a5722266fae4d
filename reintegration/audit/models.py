"""Who did what and who saw whom: two append-only tables, and the chain that seals them.

Nothing here has a foreign key: history outlives what it speaks of.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from reintegration.tenancy.managers import TenantManager, claim


class HistoryModel(models.Model):
    """A table of the audit; the organisation is filled in by the database, from the scope."""

    tenant_field = "organisation"

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField(editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        claim(self)
        super().save(*args, **kwargs)


class ContextModel(HistoryModel):
    """What every entry knows of its circumstances; written by the database's trigger, never by Python."""

    at = models.DateTimeField("kiedy", editable=False)
    user_id = models.UUIDField("kto", null=True, editable=False)
    request_id = models.UUIDField("żądanie", editable=False)
    source = models.TextField("skąd", editable=False)
    digest = models.BinaryField("skrót", editable=False)
    blanked_at = models.DateTimeField("usunięto dane", null=True, editable=False)

    class Meta(HistoryModel.Meta):
        abstract = True


class Event(ContextModel):
    """One thing somebody did or looked at: an address called, a paper made, a sign-in."""

    action = models.TextField("czynność")
    outcome = models.TextField("wynik", default="done")
    object_type = models.TextField("rodzaj obiektu", blank=True, default="")
    object_id = models.UUIDField("obiekt", null=True)
    persons = ArrayField(models.UUIDField(), verbose_name="czyje dane", default=list)
    detail = models.JSONField("szczegóły", null=True)

    class Meta(ContextModel.Meta):
        verbose_name = "zdarzenie"
        verbose_name_plural = "zdarzenia"
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-id"], name="event_newest"),
            models.Index(fields=["organisation_id", "object_id"], name="event_of_object"),
        ]


class Change(ContextModel):
    """One row inserted, changed or removed; written by the trigger `history` of its table."""

    table_name = models.TextField("tabela")
    row_id = models.UUIDField("wiersz")
    operation = models.CharField("operacja", max_length=1)
    subject_id = models.UUIDField("czyje dane", null=True)
    values = models.JSONField("wartości", null=True)
    sealed = models.JSONField("szyfrogramy", null=True)

    class Meta(ContextModel.Meta):
        verbose_name = "zmiana"
        verbose_name_plural = "zmiany"
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "row_id", "-id"], name="change_of_row"),
            models.Index(fields=["organisation_id", "subject_id", "-id"], name="change_of_subject"),
            models.Index(fields=["organisation_id", "-id"], name="change_newest"),
        ]


class Unsealed(HistoryModel):
    """The queue of entries that the chain does not hold yet."""

    kind = models.CharField(max_length=6)
    entry_id = models.BigIntegerField()

    class Meta(HistoryModel.Meta):
        verbose_name = "wpis bez pieczęci"
        verbose_name_plural = "wpisy bez pieczęci"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "kind", "entry_id"], name="unsealed_once"),
        ]


class Seal(HistoryModel):
    """A link of an organisation's chain: the digests of some entries under a keyed hash."""

    number = models.BigIntegerField("numer ogniwa")
    at = models.DateTimeField("kiedy")
    kinds = ArrayField(models.CharField(max_length=6))
    entry_ids = ArrayField(models.BigIntegerField())
    digests = ArrayField(models.BinaryField())
    previous = models.BinaryField("poprzednie ogniwo")
    mac = models.BinaryField("pieczęć")
    key_id = models.TextField("klucz")

    class Meta(HistoryModel.Meta):
        verbose_name = "ogniwo"
        verbose_name_plural = "ogniwa"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="seal_number_once"),
        ]
