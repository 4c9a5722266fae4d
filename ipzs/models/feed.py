"""Secret addresses at which a telephone reads the plan."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from ipzs import enums
from ipzs.models.catalogue import Workshop
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class TimetableFeed(UnitModel):
    """What a calendar reads without signing in, until the address is taken back or its owner leaves."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("czyj plan", max_length=10, choices=enums.FeedKind)
    workshop = KinForeignKey(
        Workshop, null=True, blank=True, related_name="feeds", verbose_name="pracownia lub grupa"
    )
    # The secret of the address is nowhere; this is its digest.
    token_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField("kiedy wydano", editable=False)
    revoked_at = models.DateTimeField("kiedy odebrano", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "adres kalendarza"
        verbose_name_plural = "adresy kalendarza"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="workshop", workshop__isnull=False)
                | ~Q(kind="workshop") & Q(workshop__isnull=True),
                name="feed_of_workshop_names_it",
                violation_error_message="Wybierz pracownię albo grupę.",
            ),
        ]
