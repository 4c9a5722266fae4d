"""What a unit tells those who refer people to it: how it counts and by when it pays."""

from typing import Any, ClassVar

from django.db import models

from reintegration.tenancy.models import UnitModel


class PublishedTerms(models.Manager[Any]):
    """What anybody may read, in no organisation: the policy `published` lets these rows through."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(published=True)


class PaymentTerms(UnitModel):
    """A copy of what the first payment follows from, for bodies that may not read the unit's own rows.

    Readings stay closed: a forgotten filter would count one unit's people by another unit's answers.
    """

    payment_day = models.PositiveSmallIntegerField("wypłata do dnia miesiąca")
    # [first month, key, answer] of each confirmed reading; of one key and month the last stands.
    readings = models.JSONField("odczyty", default=list, blank=True)
    published = models.BooleanField("pokazane kierującym", default=True)

    public = PublishedTerms()

    class Meta(UnitModel.Meta):
        verbose_name = "warunki wypłaty"
        verbose_name_plural = "warunki wypłaty"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                name="payment_terms_once",
                violation_error_message="Te warunki już są. Odśwież stronę.",
            ),
            models.CheckConstraint(
                name="payment_terms_day",
                condition=models.Q(payment_day__gte=1, payment_day__lte=28),
                violation_error_message="Wpisz dzień od 1 do 28, taki ma każdy miesiąc.",
            ),
        ]
