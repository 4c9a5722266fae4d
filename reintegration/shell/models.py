"""What the form base remembers: drafts, and submissions that were already done."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from reintegration.core.fields import EncryptedJSONField
from reintegration.tenancy.models import OrganisationModel


class FormDraft(OrganisationModel):
    """What a person typed at an address and did not save yet; nobody else reads it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    path = models.CharField("adres", max_length=300)
    data = EncryptedJSONField("treść")
    saved_at = models.DateTimeField("zapisany")

    class Meta(OrganisationModel.Meta):
        verbose_name = "szkic"
        verbose_name_plural = "szkice"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "path"], name="draft_one_per_address"),
        ]


class SubmissionKey(OrganisationModel):
    """A form that was sent: its one-time token, and where the answer led."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token = models.CharField("znak formularza", max_length=64)
    location = models.CharField("dokąd prowadzi", max_length=500, blank=True)
    sent_at = models.DateTimeField("wysłany")

    class Meta(OrganisationModel.Meta):
        verbose_name = "wysłany formularz"
        verbose_name_plural = "wysłane formularze"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "token"], name="submission_once"),
        ]
