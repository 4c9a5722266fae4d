"""Papers that were made, files that were brought, and the numbers of the papers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from reintegration.core.fields import EncryptedTextField
from reintegration.documents.enums import DocumentState, Language
from reintegration.documents.kinds import DOCUMENT_KINDS, FILE_KINDS, kinds_open_to
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.grants import ObjectGrant, opened_to
from reintegration.tenancy.managers import TenantManager, TenantQuerySet
from reintegration.tenancy.models import Organisation, OrganisationModel
from reintegration.tenancy.principal import Principal


class Counter(OrganisationModel):
    """The last number given in a series; locked while the next one is being used."""

    series = models.CharField("seria", max_length=6)
    year = models.PositiveSmallIntegerField("rok")
    value = models.PositiveIntegerField("ostatni numer")

    class Meta(OrganisationModel.Meta):
        verbose_name = "licznik"
        verbose_name_plural = "liczniki"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "series", "year"], name="counter_once"),
        ]


class FileQuerySet(TenantQuerySet[Any]):
    def visible_to(self, principal: Principal) -> "FileQuerySet":
        """The files that this person may open: by role, because they brought it, or by an exception."""
        kinds = kinds_open_to(principal.roles)[1]
        return self.filter(
            Q(kind__in=kinds) | Q(made_by=principal.user_id) | opened_to(StoredFile, principal.user_id),
            erased_at__isnull=True,
        )


class SharedFiles(TenantManager):
    """Files of other organisations that were shared with the current one (policy `shared`)."""

    def restrict(self, rows: TenantQuerySet[Any], organisation_id: object) -> TenantQuerySet[Any]:
        return rows.filter(shared_with=organisation_id)


class StoredFile(OrganisationModel):
    """A file on our disk, encrypted under a name that says nothing."""

    kind = models.CharField("rodzaj", max_length=60)
    name = EncryptedTextField("nazwa", max_length=120)
    media_type = models.CharField("format", max_length=100)
    size = models.PositiveBigIntegerField("rozmiar")
    sha256 = models.CharField("skrót", max_length=64)
    # Where it lies under the organisation's folder; empty once it is erased.
    stored_as = models.CharField("położenie", max_length=32, blank=True)
    # A person of a higher room, which this one does not know.
    subject_id = models.UUIDField("kogo dotyczy", null=True, editable=False)
    # One other organisation that may read the file, and do nothing else with it.
    shared_with = models.ForeignKey(Organisation, models.PROTECT, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField("kiedy dodano")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto dodał"
    )
    erased_at = models.DateTimeField("kiedy usunięto", null=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(FileQuerySet)()
    brought: ClassVar[Any] = SharedFiles()

    class Meta(OrganisationModel.Meta):
        verbose_name = "plik"
        verbose_name_plural = "pliki"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject_id"], name="file_of_subject"),
            models.Index(fields=["organisation", "stored_as"], name="file_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(stored_as="")
                | Q(erased_at__isnull=False, stored_as=""),
                name="file_erased_has_no_place",
            ),
        ]

    @property
    def kind_label(self) -> str:
        found = FILE_KINDS.get(self.kind)
        return found.label if found else self.kind


class DocumentQuerySet(TenantQuerySet[Any]):
    def visible_to(self, principal: Principal) -> "DocumentQuerySet":
        kinds = kinds_open_to(principal.roles)[0]
        return self.filter(
            Q(kind__in=kinds) | Q(made_by=principal.user_id) | opened_to(Document, principal.user_id)
        )


class Document(OrganisationModel):
    """A paper as it was issued: stored once, with its number and the hash of its bytes."""

    kind = models.CharField("rodzaj", max_length=60)
    title = EncryptedTextField("tytuł", max_length=200)
    series = models.CharField("seria", max_length=6, blank=True)
    number = models.CharField("numer", max_length=40, blank=True)
    language = models.CharField("język", max_length=2, choices=Language, default=Language.POLISH)
    template_version = models.CharField("wersja wzoru", max_length=12)
    sha256 = models.CharField("skrót", max_length=64)
    subject_id = models.UUIDField("kogo dotyczy", null=True, editable=False)
    file = KinForeignKey(StoredFile, related_name="+", verbose_name="plik")
    # The business identity of the paper: asked for twice, it is made once.
    key = models.CharField("klucz", max_length=120, blank=True, editable=False)
    state = models.CharField("stan", max_length=10, choices=DocumentState, default=DocumentState.ISSUED)
    made_at = models.DateTimeField("kiedy wydano")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto wydał"
    )
    withdrawn_at = models.DateTimeField("kiedy wycofano", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawal = EncryptedTextField("powód wycofania", max_length=300, blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(DocumentQuerySet)()

    class Meta(OrganisationModel.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokumenty"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject_id"], name="document_of_subject"),
            models.Index(fields=["organisation", "-made_at"], name="document_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~Q(number=""), name="document_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"], condition=~Q(key=""), name="document_made_once"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True))
                | Q(state="erased"),
                name="document_withdrawn_at",
            ),
        ]

    @property
    def kind_label(self) -> str:
        found = DOCUMENT_KINDS.get(self.kind)
        return found.label if found else self.kind


class StoredFileGrant(ObjectGrant):
    """Opens one file to one person besides the roles."""

    content_object = KinForeignKey(StoredFile, models.CASCADE, related_name="grants", verbose_name="plik")

    class Meta(ObjectGrant.Meta):
        abstract = False


class DocumentGrant(ObjectGrant):
    """Opens one paper to one person besides the roles."""

    content_object = KinForeignKey(Document, models.CASCADE, related_name="grants", verbose_name="dokument")

    class Meta(ObjectGrant.Meta):
        abstract = False


class PaperSettings(OrganisationModel):
    """What stands at the head of an organisation's papers; empty lines are taken from the organisation."""

    name = models.CharField("nazwa w nagłówku", max_length=200, blank=True)
    address = models.CharField("adres w nagłówku", max_length=200, blank=True)
    contact = models.CharField("kontakt w nagłówku", max_length=200, blank=True)
    logo = KinForeignKey(StoredFile, null=True, blank=True, related_name="+", verbose_name="znak")

    class Meta(OrganisationModel.Meta):
        verbose_name = "nagłówek pism"
        verbose_name_plural = "nagłówki pism"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="paper_settings_once"),
        ]


class Signatory(OrganisationModel):
    """Who signs an organisation's papers, from a day to a day."""

    name = models.CharField("imię i nazwisko", max_length=120)
    position = models.CharField("stanowisko", max_length=120)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "osoba podpisująca"
        verbose_name_plural = "osoby podpisujące"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="signatory_span_ordered",
                violation_error_message="Data końca jest przed datą początku.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"
