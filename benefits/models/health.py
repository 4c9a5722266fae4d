"""Health insurance of participants: what covers them besides the programme, and what an OPS is told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits import enums
from participants.models import Participation, Person, Referral
from reintegration.core.constraints import exclude_overlap, span_ordered
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import SharedModel, UnitModel


class HealthTitle(UnitModel):
    """What covers a person besides the programme, whose own days follow from the law (`rules.health`)."""

    participation = KinForeignKey(Participation, related_name="health_titles")
    person = KinForeignKey(Person, related_name="+")
    kind = models.CharField("rodzaj", max_length=10, choices=enums.HealthKind)
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    # Which decision, in whose insurance; free words may say something of health.
    note = EncryptedTextField("uwagi", max_length=300, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "ubezpieczenie zdrowotne"
        verbose_name_plural = "ubezpieczenia zdrowotne"
        constraints: ClassVar = [
            span_ordered("since", "until", name="health_title_span"),
            exclude_overlap(
                "participation",
                texts=["kind"],
                since="since",
                until="until",
                name="health_title_once",
                message="W tych dniach jest już taki sam wpis. Popraw go.",
            ),
            models.CheckConstraint(
                name="health_title_decision",
                condition=~Q(kind="decision") | Q(until__isnull=False),
                violation_error_message="Decyzja ma ostatni dzień: działa 90 dni. (art. 54)",
            ),
            models.CheckConstraint(
                name="health_title_none",
                condition=~Q(kind="none") | Q(until__isnull=True),
                violation_error_message="„Bez ubezpieczenia” ma tylko dzień, w którym to ustalono.",
            ),
        ]


class HealthRegistration(SharedModel):
    """Days on which the OPS insures a person by the programme (art. 75 ust. 12), and what it has done.

    The body that registers is `sender`, of whose referral the file came (a trigger holds it); it writes the
    days of registration and nothing else. Without one the unit writes them down itself.
    """

    participation = KinForeignKey(Participation, related_name="health_registrations")
    referral = KinForeignKey(Referral, null=True, editable=False, related_name="+")
    body_name = models.CharField("kto zgłasza", max_length=200, blank=True)
    person_name = models.CharField("kogo dotyczy", max_length=160)
    # What a registration asks for: number, document, address. None once its person is erased.
    told = EncryptedJSONField("dane do zgłoszenia", null=True)
    since = models.DateField("od")
    # The last day as it is known; while the programme runs it is the plan.
    until = models.DateField("do")
    cancelled_on = models.DateField("nieaktualne od", null=True, editable=False)
    told_on = models.DateField("przekazano", editable=False)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    registered_on = models.DateField("zgłoszono", null=True, blank=True)
    deregistered_on = models.DateField("wyrejestrowano", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(SharedModel.Meta):
        verbose_name = "zgłoszenie do ubezpieczenia zdrowotnego"
        verbose_name_plural = "zgłoszenia do ubezpieczenia zdrowotnego"
        constraints: ClassVar = [
            span_ordered("since", "until", name="health_registration_span"),
            exclude_overlap(
                "participation",
                since="since",
                until="until",
                name="health_registration_once",
                message="O tych dniach OPS już wie.",
                where=Q(cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="health_registration_order",
                condition=Q(deregistered_on__isnull=True) | Q(registered_on__isnull=False),
                violation_error_message="Najpierw wpisz dzień zgłoszenia, potem wyrejestrowania.",
            ),
        ]
