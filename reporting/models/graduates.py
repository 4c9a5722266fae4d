"""Certificates of art. 13 ust. 5a and 18 ust. 5a, and what became of somebody when they left."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from participants.models import Participation, Person
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel
from reporting import enums

MOST_CHANGES = len(enums.SocialChange)


class Certificate(UnitModel):
    """A certificate as it was issued; a duplicate says the same again, a correction takes its place.

    What it says never changes (trigger `keep_certificate`). Its paper is the document with its key.
    """

    participation = KinForeignKey(Participation, related_name="certificates")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("rodzaj", max_length=10, choices=enums.CertificateKind)
    state = models.CharField(
        "stan", max_length=10, choices=enums.CertificateState, default=enums.CertificateState.ISSUED
    )
    number = models.CharField("numer", max_length=40)
    issued_on = models.DateField("wydano")
    # When the first of them was issued: from that day its person has a certificate.
    given_on = models.DateField("pierwsze wydano")
    follows = KinForeignKey("reporting.Certificate", null=True, editable=False, related_name="later")
    reason = EncryptedTextField("dlaczego", max_length=300, blank=True)
    # None once its person is erased.
    content = EncryptedJSONField("treść", null=True)
    graduate = models.BooleanField("absolwent")
    graduate_until = models.DateField("absolwent do", null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField("kiedy zrobiono", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "zaświadczenie"
        verbose_name_plural = "zaświadczenia"
        indexes: ClassVar = [
            models.Index(fields=["unit", "-issued_on"], name="certificate_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="certificate_number_once",
                violation_error_message="Ten numer ma już inne zaświadczenie.",
            ),
            models.UniqueConstraint(
                fields=["unit", "participation"],
                condition=Q(state="issued") & ~Q(kind="duplicate"),
                name="certificate_one_valid",
                violation_error_message="To zaświadczenie jest już wydane. Zrób jego duplikat albo korektę.",
            ),
            models.CheckConstraint(
                condition=Q(kind="original", follows__isnull=True)
                | ~Q(kind="original") & Q(follows__isnull=False),
                name="certificate_follows",
                violation_error_message="Duplikat i korekta mówią, którego zaświadczenia dotyczą.",
            ),
            models.CheckConstraint(
                condition=Q(given_on__lte=F("issued_on")),
                name="certificate_in_order",
                violation_error_message="Korekta nie jest wcześniejsza niż zaświadczenie.",
            ),
            models.CheckConstraint(
                condition=Q(graduate=True) | Q(graduate_until__isnull=True),
                name="certificate_graduate_until",
                violation_error_message="Dzień końca ma tylko status absolwenta.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Outcome(UnitModel):
    """What changed until somebody left, as the unit says and as they say themselves; work, independence.

    Neither rating is made of the other, and no third one of both. Which changes they were may tell of
    health, so that only their number is counted: of the unit's rating, as the reports always did.
    """

    participation = KinForeignKey(Participation, related_name="outcomes")
    person = KinForeignKey(Person, related_name="+")
    changes = EncryptedJSONField("zmiany według jednostki", null=True, blank=True)
    reached = models.PositiveSmallIntegerField("ile zmian według jednostki")
    own_changes = EncryptedJSONField("zmiany według uczestnika", null=True, blank=True)
    own_reached = models.PositiveSmallIntegerField("ile zmian według uczestnika", null=True, blank=True)
    own_missing = models.CharField(
        "dlaczego nie ma oceny uczestnika", max_length=10, choices=enums.OwnMissing, blank=True
    )
    work = models.CharField("na czym polega praca", max_length=12, choices=enums.WorkForm, blank=True)
    # Lives without social assistance (OUT-10); nobody knows when it is empty.
    independent = models.BooleanField("utrzymuje się bez pomocy społecznej", null=True, blank=True)
    noted_on = models.DateField("kiedy zapisano")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "efekty udziału"
        verbose_name_plural = "efekty udziału"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "participation"],
                name="outcome_once",
                violation_error_message="Ktoś właśnie zapisał efekty tej osoby. Odśwież stronę.",
            ),
            models.CheckConstraint(
                condition=Q(reached__range=(0, MOST_CHANGES)),
                name="outcome_changes",
                violation_error_message=f"Zmian jest najwyżej {MOST_CHANGES}.",
            ),
            models.CheckConstraint(
                condition=Q(own_missing="", own_reached__range=(0, MOST_CHANGES))
                | ~Q(own_missing="") & Q(own_reached__isnull=True, own_changes__isnull=True),
                name="outcome_own_or_why",
                violation_error_message="Wpisz ocenę uczestnika albo dlaczego jej nie ma.",
            ),
        ]
