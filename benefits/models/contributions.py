"""How a unit settles contributions with ZUS, from a month on."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from benefits import enums
from reintegration.tenancy.models import UnitModel


class ContributionRule(UnitModel):
    """What neither the act nor this program decides for a unit; months with an approved list keep theirs."""

    since_month = models.DateField("od miesiąca")
    counted_by = models.CharField(
        "miesiąc składek", max_length=4, choices=enums.CountedBy, default=enums.CountedBy.DUE
    )
    pay_by: "models.PositiveSmallIntegerField[Any, Any]" = models.PositiveSmallIntegerField(
        "termin", choices=enums.ContributionTerm, default=enums.ContributionTerm.LEGAL_PERSON
    )
    title_code = models.CharField("kod tytułu ubezpieczenia", max_length=4, default="0910")

    class Meta(UnitModel.Meta):
        verbose_name = "zasada rozliczania składek"
        verbose_name_plural = "zasady rozliczania składek"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "since_month"],
                name="contribution_rule_once",
                violation_error_message="Od tego miesiąca jest już zasada. Odśwież stronę.",
            ),
            models.CheckConstraint(name="contribution_rule_month", condition=Q(since_month__day=1)),
            models.CheckConstraint(
                name="contribution_rule_term",
                condition=Q(pay_by__in=enums.ContributionTerm.values),
                violation_error_message="Wybierz jeden z terminów ZUS.",
            ),
            models.CheckConstraint(
                name="contribution_rule_code",
                condition=Q(title_code__regex=r"^[0-9]{4}$"),
                violation_error_message="Kod tytułu to cztery cyfry.",
            ),
        ]
