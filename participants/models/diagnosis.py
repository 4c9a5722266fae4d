"""What is found out together with the person, and what specialists think."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants import enums
from participants.models.participation import Participation
from participants.models.person import Person
from reintegration.core.fields import EncryptedJSONField, EncryptedTextField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.grants import ObjectGrant, opened_to
from reintegration.tenancy.managers import TenantManager, TenantQuerySet
from reintegration.tenancy.models import UnitModel
from reintegration.tenancy.principal import Principal


class DiagnosisTemplate(UnitModel):
    """A unit's own version of a template; the built-in set stands in `participants.diagnosis`."""

    key = models.CharField("wzór", max_length=40)
    version = models.PositiveSmallIntegerField("wersja")
    title = models.CharField("nazwa", max_length=120)
    content = models.JSONField("pytania")
    state = models.CharField(
        "stan", max_length=10, choices=enums.TemplateState, default=enums.TemplateState.DRAFT
    )
    made_at = models.DateTimeField("kiedy zaczęto", editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    published_at = models.DateTimeField("od kiedy w użyciu", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "wzór diagnozy"
        verbose_name_plural = "wzory diagnozy"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "key", "version"],
                name="diagnosis_template_version",
                violation_error_message="Ktoś właśnie zapisał tę wersję wzoru. Odśwież stronę.",
            ),
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=Q(state="active"),
                name="diagnosis_template_one_active",
                violation_error_message="W użyciu jest jedna wersja wzoru.",
            ),
        ]


class Diagnosis(UnitModel):
    """Answers to one version of a template on one day; finished, it is not changed but repeated."""

    person = KinForeignKey(Person, related_name="diagnoses")
    participation = KinForeignKey(Participation, related_name="diagnoses")
    template_key = models.CharField("wzór", max_length=40)
    template_version = models.PositiveSmallIntegerField("wersja")
    title = models.CharField("nazwa", max_length=120)
    # The questions as they were asked, so that a later version changes nothing here.
    content = models.JSONField("pytania")
    held_on = models.DateField("kiedy rozmawiano")
    state = models.CharField(
        "stan", max_length=10, choices=enums.DiagnosisState, default=enums.DiagnosisState.DRAFT
    )
    answers = EncryptedJSONField("odpowiedzi", null=True, blank=True)
    scores = EncryptedJSONField("wyniki", null=True, blank=True)
    summary = EncryptedTextField("podsumowanie", max_length=6000, blank=True)
    with_person = models.BooleanField("wypełniono razem z osobą", default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    finished_at = models.DateTimeField("kiedy zakończono", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "diagnoza"
        verbose_name_plural = "diagnozy"
        indexes: ClassVar = [
            models.Index(fields=["unit", "person", "template_key", "held_on"], name="diagnosis_in_time"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False)
                | Q(state="draft", finished_at__isnull=True),
                name="diagnosis_finished_at",
                violation_error_message="Zakończona diagnoza ma dzień zakończenia.",
            ),
        ]


class OpinionQuerySet(TenantQuerySet[Any]):
    def visible_to(self, principal: Principal) -> "OpinionQuerySet":
        """Open ones are the case's; a confidential one is its author's, the case manager's, or granted."""
        return self.filter(
            Q(confidential=False)
            | Q(author=principal.user_id)
            | Q(participation__case_manager=principal.user_id)
            | opened_to(SpecialistOpinion, principal.user_id)
        )


class SpecialistOpinion(UnitModel):
    """A specialist's own opinion, signed; a confidential one opens to few (`visible_to`)."""

    person = KinForeignKey(Person, related_name="opinions")
    participation = KinForeignKey(Participation, related_name="opinions")
    kind = models.CharField("specjalista", max_length=20, choices=enums.OpinionKind)
    held_on = models.DateField("kiedy")
    text = EncryptedTextField("opinia", max_length=8000)
    advice = EncryptedTextField("zalecenia", max_length=4000, blank=True)
    confidential = models.BooleanField("poufna", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="konto"
    )
    author_name = models.CharField("autor", max_length=160, editable=False)
    made_at = models.DateTimeField("kiedy zaczęto", editable=False)
    signed_at = models.DateTimeField("kiedy podpisano", null=True, editable=False)

    objects: ClassVar[Any] = TenantManager.from_queryset(OpinionQuerySet)()

    class Meta(UnitModel.Meta):
        verbose_name = "opinia specjalisty"
        verbose_name_plural = "opinie specjalistów"
        indexes: ClassVar = [
            models.Index(fields=["unit", "person", "held_on"], name="opinion_in_time"),
        ]


class SpecialistOpinionGrant(ObjectGrant):
    """Opens one confidential opinion to one colleague, for a reason and until a day."""

    content_object = KinForeignKey(
        SpecialistOpinion, models.CASCADE, related_name="grants", verbose_name="opinia"
    )

    class Meta(ObjectGrant.Meta):
        abstract = False
