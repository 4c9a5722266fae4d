"""Motivational premiums: the unit's own money, proposed by who works with a person (art. 15a)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits import enums
from participants.models import Participation, Person
from reintegration.core.fields import EncryptedTextField, MoneyField
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class Premium(UnitModel):
    """A premium of one person for one month: what was proposed, and what the manager decided."""

    unit_type = models.CharField(max_length=3, default=UnitType.CIS, editable=False)
    participation = KinForeignKey(Participation, related_name="premiums")
    person = KinForeignKey(Person, related_name="+")
    month = models.DateField("za miesiąc")
    amount = MoneyField("kwota")
    reason = EncryptedTextField("za co", max_length=600)
    state = models.CharField(
        "stan", max_length=10, choices=enums.PremiumState, default=enums.PremiumState.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="kto proponuje",
    )
    number = models.CharField("numer decyzji", max_length=20, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_on = models.DateField("dzień decyzji", null=True, editable=False)

    class Meta(UnitModel.Meta):
        verbose_name = "premia motywacyjna"
        verbose_name_plural = "premie motywacyjne"
        indexes: ClassVar = [models.Index(fields=["unit", "unit_type", "month"], name="premium_of_month")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="premium_of_cis",
                condition=Q(unit_type=UnitType.CIS),
                violation_error_message="KIS nie wypłaca premii motywacyjnych. (art. 18)",
            ),
            models.UniqueConstraint(
                fields=["unit", "participation", "month"],
                condition=Q(state__in=["proposed", "granted"]),
                name="premium_once",
                violation_error_message="Ta osoba ma już premię za ten miesiąc. Zmień ją albo wycofaj.",
            ),
            models.CheckConstraint(
                name="premium_month",
                condition=Q(month__day=1),
                violation_error_message="Premia jest za cały miesiąc.",
            ),
            models.CheckConstraint(
                name="premium_amount",
                condition=Q(amount__gt=0),
                violation_error_message="Premia jest większa od zera.",
            ),
            models.CheckConstraint(
                name="premium_decided_whole",
                condition=Q(state__in=["proposed", "withdrawn"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                violation_error_message="Przy decyzji stoi, kto i kiedy zdecydował.",
            ),
            models.CheckConstraint(
                name="premium_numbered",
                condition=~Q(state="granted") | ~Q(number=""),
                violation_error_message="Decyzja o premii ma numer.",
            ),
        ]
