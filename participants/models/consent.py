"""What a person agreed to, for whom, why and until when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from participants import enums
from participants.models.person import Person
from reintegration.core.constraints import span_ordered
from reintegration.core.fields import EncryptedTextField
from reintegration.documents.models import StoredFile
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class Consent(UnitModel):
    """Sharing the card needs a second consent, of the responsible worker; withdrawal works at once."""

    person = KinForeignKey(Person, related_name="consents")
    kind = models.CharField("na co", max_length=20, choices=enums.ConsentKind)
    recipient = models.CharField("dla kogo", max_length=200, blank=True)
    purpose = models.CharField("po co", max_length=300, blank=True)
    scope = EncryptedTextField("w jakim zakresie", max_length=600, blank=True)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    given_how = models.CharField("jak wyrażono", max_length=12, choices=enums.GivenHow)
    language = models.CharField(
        "język", max_length=5, choices=enums.PersonLanguage, default=enums.PersonLanguage.POLISH
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    taken_at = models.DateTimeField("kiedy zapisano", editable=False)
    paper = KinForeignKey(StoredFile, null=True, blank=True, related_name="+", verbose_name="pismo")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    worker_at = models.DateTimeField("zgoda opiekuna", null=True, editable=False)
    worker_statement = EncryptedTextField("uzasadnienie opiekuna", max_length=600, blank=True)
    withdrawn_on = models.DateField("cofnięto", null=True, editable=False)
    withdrawn_how = models.CharField("jak cofnięto", max_length=12, choices=enums.GivenHow, blank=True)
    # When whoever leads the case said that what rested on it has stopped.
    heeded_at = models.DateTimeField("kiedy wstrzymano", null=True, editable=False)
    heeded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="kto wstrzymał",
    )

    class Meta(UnitModel.Meta):
        verbose_name = "zgoda"
        verbose_name_plural = "zgody"
        indexes: ClassVar = [
            models.Index(fields=["unit", "person", "kind"], name="consent_of_person"),
            models.Index(
                fields=["unit", "withdrawn_on"],
                condition=Q(withdrawn_on__isnull=False, heeded_at__isnull=True),
                name="consent_to_heed",
            ),
        ]
        constraints: ClassVar = [
            span_ordered("since", "until", name="consent_span"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_how="")
                | Q(withdrawn_on__gte=F("since")) & ~Q(withdrawn_how=""),
                name="consent_withdrawn_whole",
                violation_error_message="Cofnięcie ma dzień, nie wcześniejszy niż zgoda, i sposób.",
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=True, worker_at__isnull=True)
                | Q(worker__isnull=False, worker_at__isnull=False),
                name="consent_worker_whole",
                violation_error_message="Potwierdzenie zgody ma osobę i chwilę.",
            ),
            models.CheckConstraint(
                condition=Q(heeded_at__isnull=True, heeded_by__isnull=True)
                | Q(heeded_at__isnull=False, heeded_by__isnull=False, withdrawn_on__isnull=False),
                name="consent_heeded_whole",
                violation_error_message="Wstrzymuje się to, na co zgodę cofnięto: ktoś i kiedyś.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["card_sharing", "file_transfer"]) | ~Q(recipient="") & ~Q(purpose=""),
                name="consent_names_recipient",
                violation_error_message="Wpisz, komu i po co dane będą przekazane.",
            ),
        ]
