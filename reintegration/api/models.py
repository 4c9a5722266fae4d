"""Tokens of the API and the requests that were made once."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reintegration.core.models import Record
from reintegration.tenancy.models import Organisation, OrganisationModel


class Token(Record):
    """Lets a program act for a person in one organisation, in a few actions. The secret is not stored."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="organizacja"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="właściciel"
    )
    name = models.CharField("nazwa", max_length=80)
    digest = models.BinaryField("skrót", unique=True, editable=False)
    hint = models.CharField("początek", max_length=12, editable=False)
    actions = ArrayField(models.CharField(max_length=80), verbose_name="czynności")
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    expires_on = models.DateField("ważny do")
    revoked_at = models.DateTimeField("unieważniono", null=True, editable=False)

    class Meta:
        verbose_name = "token API"
        verbose_name_plural = "tokeny API"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="token_names_actions",
                condition=Q(actions__len__gt=0),
                violation_error_message="Wybierz co najmniej jedną czynność.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(OrganisationModel):
    """A POST that was made: the same key again gets the same answer, for ever."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=True)
    action = models.CharField("czynność", max_length=80)
    key = models.CharField("klucz", max_length=80)
    request_digest = models.CharField("skrót żądania", max_length=64)
    status = models.PositiveSmallIntegerField("status", null=True)
    # As it was sent: jsonb would put its keys into another order.
    body = models.TextField("odpowiedź", null=True)  # noqa: DJ001 - none until the effect stands
    made_at = models.DateTimeField("kiedy", auto_now_add=True)

    class Meta(OrganisationModel.Meta):
        verbose_name = "odpowiedź API"
        verbose_name_plural = "odpowiedzi API"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "action", "key"], name="answer_once"),
        ]
