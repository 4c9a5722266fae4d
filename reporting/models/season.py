"""What the voivode's office has of a season: reports from paper, reminders, what the minister is told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel
from reporting import enums
from reporting.models.layouts import ReportLayout
from reporting.models.registers import RegisterEntry

MOST_WORDS = 4000


class OutsideReport(OrganisationModel):
    """The report of a unit that came on paper; its content has the shape of one that was sent."""

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="outside_reports")
    year = models.PositiveSmallIntegerField("rok")
    layout = models.ForeignKey(ReportLayout, models.PROTECT, related_name="+", verbose_name="wzór")
    received_on = models.DateField("kiedy wpłynęło")
    how = models.CharField("skąd", max_length=8, choices=enums.Brought, default=enums.Brought.TYPED)
    content = models.JSONField("treść", default=dict)
    state = models.CharField(
        "stan", max_length=8, choices=enums.OutsideState, default=enums.OutsideState.RECEIVED
    )

    class Meta(OrganisationModel.Meta):
        verbose_name = "sprawozdanie spoza programu"
        verbose_name_plural = "sprawozdania spoza programu"
        indexes: ClassVar = [models.Index(fields=["organisation", "year"], name="outside_report_of_year")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "entry", "year"],
                name="outside_report_once",
                violation_error_message="Sprawozdanie tej jednostki za ten rok jest już wpisane.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2003, 2200)),
                name="outside_report_year_sensible",
                violation_error_message="Ustawa obowiązuje od 2003 r.",
            ),
        ]

    def __str__(self) -> str:
        return f"sprawozdanie za {self.year}"


class SeasonReminder(OrganisationModel):
    """That a unit was reminded of its report, when, by whom and at which address of the register."""

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="reminders")
    year = models.PositiveSmallIntegerField("rok")
    address = models.EmailField("adres e-mail")
    made_at = models.DateTimeField("kiedy", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="kto"
    )

    class Meta(OrganisationModel.Meta):
        verbose_name = "przypomnienie o sprawozdaniu"
        verbose_name_plural = "przypomnienia o sprawozdaniach"
        indexes: ClassVar = [models.Index(fields=["organisation", "year"], name="reminder_of_year")]


class CollectiveReport(OrganisationModel):
    """What the voivode tells the minister of a year (art. 5 ust. 7); once sent it never changes."""

    unit_type = models.CharField("rodzaj jednostek", max_length=3, choices=UnitType)
    year = models.PositiveSmallIntegerField("rok")
    # A correction is the next one.
    number = models.PositiveSmallIntegerField("wersja", default=1)
    state = models.CharField(
        "stan", max_length=8, choices=enums.CollectiveState, default=enums.CollectiveState.DRAFT
    )
    # Whether reports that wait for the office are added up besides those that it accepted.
    with_waiting = models.BooleanField("także niesprawdzone", default=False)
    words = models.TextField("uwagi dla ministra", max_length=MOST_WORDS, blank=True)
    # Frozen when it is sent; before that it is made of what the reports say.
    content = models.JSONField("treść", null=True, editable=False)
    digest = models.CharField("skrót SHA-256", max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField("kiedy wysłano", null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="kto wysłał",
    )

    class Meta(OrganisationModel.Meta):
        verbose_name = "sprawozdanie zbiorcze"
        verbose_name_plural = "sprawozdania zbiorcze"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "unit_type", "year", "number"],
                name="collective_once",
                violation_error_message="Ktoś właśnie zaczął to sprawozdanie. Odśwież stronę.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "unit_type", "year"],
                condition=Q(state="draft"),
                name="collective_one_draft",
                violation_error_message="To sprawozdanie jest już w przygotowaniu.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", content__isnull=True, digest="", sent_at__isnull=True, sent_by__isnull=True
                )
                | Q(
                    state="sent",
                    content__isnull=False,
                    digest__regex="^[0-9a-f]{64}$",
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                ),
                name="collective_frozen_when_sent",
                violation_error_message="Wysłane sprawozdanie ma treść, skrót, dzień i osobę.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2003, 2200)) & Q(number__gte=1),
                name="collective_year_sensible",
                violation_error_message="Ustawa obowiązuje od 2003 r.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sprawozdanie zbiorcze {self.unit_type} za {self.year}"
