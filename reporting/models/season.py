"""What the voivode's office has of a season: reports from paper, reminders, what the minister is told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import OrganisationModel, Unit
from reporting import enums
from reporting.models.layouts import ReportLayout
from reporting.models.registers import RegisterEntry

MOST_WORDS = 4000
# The constraint by which the database refuses a second report.
ONE_A_YEAR = "year_report_once"


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
                condition=~Q(state="dropped"),
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


class YearReport(OrganisationModel):
    """The one report of an entry's year that an office has: sent in the program, or brought from paper.

    Triggers on versions and on reports from paper write it (migration `year_report`), so that a second one is
    refused whatever brings it. The unit sees the row of what it sent, since its sending is what writes it.
    """

    partner_field: ClassVar[str] = "unit"

    entry = KinForeignKey(RegisterEntry, models.PROTECT, related_name="year_reports")
    year = models.PositiveSmallIntegerField("rok")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+")
    # Keys without constraints: the rows that they name write this one and take it away.
    report = models.UUIDField("sprawozdanie w programie", null=True, editable=False)
    outside = models.UUIDField("sprawozdanie z papieru", null=True, editable=False)

    class Meta(OrganisationModel.Meta):
        verbose_name = "sprawozdanie roku"
        verbose_name_plural = "sprawozdania lat"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "entry", "year"],
                name=ONE_A_YEAR,
                violation_error_message="Za ten rok urząd ma już sprawozdanie tej jednostki.",
            ),
            models.UniqueConstraint(fields=["organisation", "report"], name="year_report_of_report"),
            models.UniqueConstraint(fields=["organisation", "outside"], name="year_report_of_paper"),
            models.CheckConstraint(
                condition=Q(report__isnull=False, outside__isnull=True)
                | Q(report__isnull=True, outside__isnull=False, unit__isnull=True),
                name="year_report_of_one",
            ),
        ]

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(organisation=organisation_id) | Q(unit=organisation_id)


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
