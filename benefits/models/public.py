"""What a unit paid to ZUS and to the tax office, and which information on tax was issued for a year."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from benefits import enums
from benefits.models.answers import BankBooking
from participants.models import Person
from reintegration.core.fields import MoneyField
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import UnitModel


class PublicPayment(UnitModel):
    """Money that went to an office for a month, or an overpayment of another month that is counted to it.

    Nobody changes a row; a mistake is taken back by another row.
    """

    kind = models.CharField("komu", max_length=4, choices=enums.PublicKind)
    # Of the contributions, or of the payments from which tax was withheld.
    month = models.DateField("miesiąc")
    amount = MoneyField("kwota")
    # The month that was paid too much: it has by so much less. Nothing went to the office.
    counted_from = models.DateField("nadpłata miesiąca", null=True, editable=False)
    paid_on = models.DateField("dzień zapłaty")
    note = models.CharField("uwaga", max_length=200, blank=True)
    reverses = KinForeignKey("benefits.PublicPayment", null=True, editable=False, related_name="reversals")
    # The movement on the bank's statement that it was written down from; what took it back has it no more.
    booking = KinForeignKey(BankBooking, null=True, editable=False, related_name="public_payments")
    made_at = models.DateTimeField("zapisano", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="kto zapisał"
    )

    class Meta(UnitModel.Meta):
        verbose_name = "zapłata do urzędu"
        verbose_name_plural = "zapłaty do urzędów"
        indexes: ClassVar = [models.Index(fields=["unit", "kind", "month"], name="public_payment_of_month")]
        constraints: ClassVar = [
            models.CheckConstraint(name="public_payment_kind", condition=Q(kind__in=enums.PublicKind.values)),
            models.CheckConstraint(name="public_payment_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="public_payment_amount",
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                violation_error_message="Wpisz kwotę większą od zera.",
            ),
            models.CheckConstraint(
                name="public_payment_counted",
                condition=Q(counted_from__isnull=True)
                | Q(counted_from__day=1, booking__isnull=True) & ~Q(counted_from=F("month")),
                violation_error_message="Nadpłatę zalicza się na inny miesiąc.",
            ),
            models.UniqueConstraint(
                fields=["unit", "reverses"],
                name="public_payment_reversed_once",
                violation_error_message="Ta zapłata jest już wycofana.",
            ),
        ]


class TaxSlip(UnitModel):
    """An information on a person's income and advances of a year (PIT-11) as it was issued."""

    person = KinForeignKey(Person, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    # Above one it is a correction of the one before.
    version = models.PositiveSmallIntegerField("wersja")
    income = MoneyField("przychód")
    advance = MoneyField("zaliczki")
    # Of who is named on it, so that a later change is seen.
    named = models.CharField("skrót danych osoby", max_length=64, blank=True, editable=False)
    issued_on = models.DateField("dzień wydania")
    sent_on = models.DateField("wysłano do urzędu", null=True)
    given_on = models.DateField("przekazano osobie", null=True)

    class Meta(UnitModel.Meta):
        verbose_name = "informacja PIT-11"
        verbose_name_plural = "informacje PIT-11"
        indexes: ClassVar = [models.Index(fields=["unit", "year"], name="tax_slip_of_year")]
        constraints: ClassVar = [
            models.CheckConstraint(name="tax_slip_version", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="tax_slip_amounts",
                condition=Q(income__gte=0, advance__gte=0, advance__lte=F("income")),
                violation_error_message="Zaliczki nie mogą być większe niż przychód.",
            ),
            models.CheckConstraint(
                name="tax_slip_sent_after",
                condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("issued_on")),
                violation_error_message="Do urzędu wysyła się to, co już wydano.",
            ),
            models.CheckConstraint(
                name="tax_slip_given_after",
                condition=Q(given_on__isnull=True) | Q(given_on__gte=F("issued_on")),
                violation_error_message="Osobie przekazuje się to, co już wydano.",
            ),
        ]
