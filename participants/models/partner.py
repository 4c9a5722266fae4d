"""Who outside the unit helps its people, what they were asked for, what they promised and what came."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from participants import enums
from participants.models.consent import Consent
from participants.models.participation import Participation
from participants.models.person import Barrier, Person
from reintegration.core.fields import EncryptedTextField
from reintegration.core.sql import order_column, search_column
from reintegration.documents.models import Document
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel

OPEN = (enums.RequestState.ASKED, enums.RequestState.PROMISED)
# What was promised keeps the day of the promise, whether it came or not.
_PROMISED = ["promised", "delivered", "not_delivered"]
_ENDED = ["delivered", "not_delivered", "withdrawn"]


class Partner(UnitModel):
    """An institution or a firm near the unit; one that helps no more is archived, as its requests stay."""

    name = models.CharField("nazwa", max_length=160)
    kind = models.CharField("rodzaj", max_length=16, choices=enums.PartnerKind)
    helps_with = ArrayField(
        models.CharField(max_length=12, choices=enums.HelpKind), verbose_name="w czym pomaga", default=list
    )
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    contact_person = models.CharField("osoba do kontaktu", max_length=160, blank=True)
    archived_on = models.DateField("w archiwum od", null=True, editable=False)

    name_order = order_column("name")
    search_name = search_column("name")

    class Meta(UnitModel.Meta):
        verbose_name = "partner"
        verbose_name_plural = "partnerzy"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "search_name"],
                name="partner_once",
                violation_error_message="Partner o tej nazwie jest już na liście, może w archiwum.",
            ),
            models.CheckConstraint(
                condition=~Q(helps_with=[]),
                name="partner_helps",
                violation_error_message="Zaznacz, w czym ten partner pomaga.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerRequest(UnitModel):
    """Help that a partner was asked for, for one person: promised, refused, and whether it came.

    It names the person outside only with a consent. That a refusal, a failure and a withdrawal have their
    reason is held by the trigger `keep_reason`, as it is encrypted.
    """

    person = KinForeignKey(Person, related_name="partner_requests")
    participation = KinForeignKey(Participation, related_name="partner_requests")
    partner = KinForeignKey(Partner, related_name="requests")
    barrier = KinForeignKey(Barrier, null=True, editable=False, related_name="partner_requests")
    help_kind = models.CharField("w czym", max_length=12, choices=enums.HelpKind)
    text = EncryptedTextField("o co prosimy", max_length=1000)
    wanted_by = models.DateField("potrzebne do")
    asked_how = models.CharField("jak poproszono", max_length=8, choices=enums.AskedHow)
    # With which consent the person is named; without one nobody outside learns who it is.
    consent = KinForeignKey(Consent, null=True, editable=False, related_name="+")
    letter = KinForeignKey(Document, null=True, editable=False, related_name="+")
    state = models.CharField(
        "stan", max_length=14, choices=enums.RequestState, default=enums.RequestState.ASKED
    )
    asked_at = models.DateTimeField("kiedy poproszono")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto poprosił"
    )
    promised_for = models.DateField("obiecano na", null=True)
    answered_at = models.DateTimeField("kiedy zapisano odpowiedź", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="kto zapisał odpowiedź",
    )
    delivered_on = models.DateField("pomoc przyszła", null=True)
    ended_at = models.DateTimeField("kiedy zapisano wynik", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="kto zapisał wynik",
    )
    reason = EncryptedTextField("dlaczego", max_length=600, blank=True)
    corrected_at = models.DateTimeField("kiedy poprawiono", null=True)
    correction = EncryptedTextField("dlaczego poprawiono", max_length=600, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "prośba do partnera"
        verbose_name_plural = "prośby do partnerów"
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "promised_for"], condition=Q(state="promised"), name="request_promised"
            ),
            models.Index(fields=["unit", "wanted_by"], condition=Q(state="asked"), name="request_asked"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "barrier", "partner"],
                condition=Q(state__in=OPEN, barrier__isnull=False),
                name="partner_request_once",
                violation_error_message="Ten partner ma już prośbę w sprawie tej bariery.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_PROMISED, promised_for__isnull=False)
                | Q(state="withdrawn")
                | Q(state__in=["asked", "declined"], promised_for__isnull=True),
                name="partner_request_promised",
                violation_error_message="Obietnica ma dzień, na który jest.",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | Q(state="withdrawn")
                | Q(state__in=["declined", *_PROMISED], answered_at__isnull=False),
                name="partner_request_answered",
                violation_error_message="Odpowiedź ma chwilę, w której ją zapisano.",
            ),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_on__isnull=False)
                | ~Q(state="delivered") & Q(delivered_on__isnull=True),
                name="partner_request_delivered",
                violation_error_message="Wpisz dzień, w którym pomoc przyszła.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_at__isnull=False)
                | ~Q(state__in=_ENDED) & Q(ended_at__isnull=True),
                name="partner_request_ended",
                violation_error_message="Wynik ma chwilę, w której go zapisano.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="partner_request_answered_by",
                violation_error_message="Odpowiedź zapisał ktoś i kiedyś.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                # The end of the file may be written by a job.
                | Q(ended_at__isnull=False, state="withdrawn"),
                name="partner_request_ended_by",
                violation_error_message="Wynik zapisał ktoś i kiedyś.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="partner_request_in_order",
                violation_error_message="Odpowiedź jest wcześniejsza niż prośba.",
            ),
            models.CheckConstraint(
                condition=~Q(asked_how="mail") | Q(consent__isnull=True),
                name="partner_request_mail_names_nobody",
                violation_error_message="E-mailem nie podajemy, o kogo chodzi. Wybierz pismo albo telefon.",
            ),
        ]
