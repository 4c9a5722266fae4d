"""What a unit opens to a body that has an account, and closes again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from participants import enums
from reintegration.tenancy.models import SharedModel


class BodyAccess(SharedModel):
    """The pages that a signed link tells a body of, read from its own account: no link and no code.

    `sender` is the body. The unit alone opens and closes it, which the policy holds; the body sees it while
    it is open. What it reads then stands in the unit, and is fetched by a visit (`services.portal.told`).
    """

    purpose = models.CharField("do czego", max_length=10, choices=enums.LinkPurpose)
    # What the unit calls the body in its own papers: an agreement names an office and knows no account.
    body_name = models.CharField("dla kogo", max_length=200)
    opened_at = models.DateTimeField("kiedy otwarto", editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField("kiedy zamknięto", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta(SharedModel.Meta):
        verbose_name = "dostęp z konta"
        verbose_name_plural = "dostępy z konta"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(purpose__in=sorted(enums.TOLD)), name="body_access_is_told"),
            models.CheckConstraint(condition=Q(sender__isnull=False), name="body_access_has_a_body"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="body_access_closed_by_someone",
            ),
            models.UniqueConstraint(
                fields=["unit", "sender", "purpose", "body_name"],
                condition=Q(closed_at__isnull=True),
                name="body_access_once",
                violation_error_message="Ten podmiot ma już ten dostęp.",
            ),
        ]

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(unit=organisation_id) | Q(sender=organisation_id, closed_at__isnull=True)

    def __str__(self) -> str:
        return self.body_name
