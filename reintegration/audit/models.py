"""Who did what and who saw whom: two append-only tables, and the chain that seals them.

Nothing of history has a foreign key: it outlives what it speaks of.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.managers import TenantManager, claim
from reintegration.tenancy.models import OrganisationModel


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
    """What every entry knows of its circumstances; written by the database's trigger, never by Python.

    `content` is the digest of the personal values under `salt`, `digest` that of everything else and of
    `content`. Retention takes values and salt away and leaves `blanked_by`, the number of its event.
    """

    at = models.DateTimeField("kiedy", editable=False)
    user_id = models.UUIDField("kto", null=True, editable=False)
    request_id = models.UUIDField("żądanie", editable=False)
    source = models.TextField("skąd", editable=False)
    salt = models.UUIDField("sól", null=True, editable=False)
    content = models.BinaryField("skrót wartości", null=True, editable=False)
    digest = models.BinaryField("skrót", editable=False)
    blanked_by = models.BigIntegerField("usunięto dane", null=True, editable=False)

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
            models.Index(fields=["organisation_id", "at"], name="event_newest"),
            models.Index(
                fields=["organisation_id", "object_id", "at"],
                condition=models.Q(object_id__isnull=False),
                name="event_of_object",
            ),
            models.Index(
                fields=["organisation_id", "at"],
                condition=models.Q(outcome="taken"),
                name="event_taken",
            ),
        ]


class EventPerson(models.Model):
    """Whose data an event showed, one row for each person: the database fills it in with the event.

    An index over the array `Event.persons` would stay unused: its operator is not leakproof, so the
    policy of row security comes first and reads every event of the organisation.
    """

    tenant_field = "organisation"

    pk = models.CompositePrimaryKey("organisation_id", "person_id", "event_id")
    organisation_id = models.UUIDField(editable=False)
    person_id = models.UUIDField(editable=False)
    event_id = models.BigIntegerField(editable=False)

    objects = TenantManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "osoba w zdarzeniu"
        verbose_name_plural = "osoby w zdarzeniach"


class Change(ContextModel):
    """One row inserted, changed or removed; written by the trigger `history` of its table.

    `values` holds [old, new] by column, or [old] of a removed row; `sealed` the old ciphertexts.
    """

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
            models.Index(fields=["organisation_id", "row_id", "id"], name="change_of_row"),
            models.Index(
                fields=["organisation_id", "subject_id", "id"],
                condition=models.Q(subject_id__isnull=False),
                name="change_of_subject",
            ),
            models.Index(fields=["organisation_id", "request_id"], name="change_of_request"),
        ]


class Unsealed(models.Model):
    """The queue of entries that the chain does not hold yet; filled by the database.

    Global, so that the sealer sees at once which organisations wait; it holds numbers and nothing else.
    """

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField(editable=False)
    kind = models.CharField(max_length=6)
    entry_id = models.BigIntegerField()

    class Meta:
        verbose_name = "wpis bez pieczęci"
        verbose_name_plural = "wpisy bez pieczęci"


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


class LegalHold(OrganisationModel):
    """While it stands, nothing of this person is erased, whatever the term says (art. 18 RODO).

    `until` is when somebody should look again; a hold ends only by being released, never by itself.
    """

    subject_id = models.UUIDField("czyje dane")
    reason = EncryptedTextField("powód", max_length=500)
    placed_on = models.DateField("od")
    until = models.DateField("przewidywany koniec", null=True, blank=True)
    released_at = models.DateTimeField("zwolniono", null=True, editable=False)
    release_reason = EncryptedTextField("powód zwolnienia", max_length=500, null=True, blank=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "wstrzymanie usunięcia danych"
        verbose_name_plural = "wstrzymania usunięcia danych"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "subject_id"],
                condition=models.Q(released_at__isnull=True),
                name="legal_hold_once",
                violation_error_message="Usunięcie danych tej osoby jest już wstrzymane.",
            ),
        ]

    def __str__(self) -> str:
        return f"wstrzymanie od {self.placed_on}"


class Erasure(OrganisationModel):
    """That a person's data were erased, on what basis, and which event blanked their history.

    Rows without that event are work that the keeper still has to do. A database restored from a backup
    learns from the rows of a later one whom it must erase again.
    """

    subject_id = models.UUIDField("czyje dane")
    basis = models.TextField("podstawa")
    erased_at = models.DateTimeField("kiedy")
    history_event = models.BigIntegerField("zdarzenie", null=True, editable=False)

    class Meta(OrganisationModel.Meta):
        verbose_name = "usunięcie danych osoby"
        verbose_name_plural = "usunięcia danych osób"
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "erased_at"],
                condition=models.Q(history_event__isnull=True),
                name="erasure_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.basis
