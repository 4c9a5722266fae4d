"""The annual report of a unit, and the versions of it that were sent to the voivode's office.

What is being written stands in a table of the unit (`ReportDraft`), which the office never sees. What was
sent is a version: frozen, with the digest of its content, and kept by the trigger `keep_report_version`. Whom
a cell counted stays with the unit (`CountedPeople`).
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reintegration.tenancy.fields import KinForeignKey
from reintegration.tenancy.models import SharedModel, UnitModel
from reporting import enums
from reporting.models.layouts import ReportLayout

MOST_WORDS = 2000


class Report(SharedModel):
    """A unit's report of a year. `sender` is the office to which it was sent, from the first time on."""

    year = models.PositiveSmallIntegerField("rok")
    layout = models.ForeignKey(ReportLayout, models.PROTECT, related_name="+", verbose_name="wzór")
    state = models.CharField(
        "stan", max_length=10, choices=enums.ReportState, default=enums.ReportState.DRAFT
    )

    class Meta(SharedModel.Meta):
        verbose_name = "sprawozdanie"
        verbose_name_plural = "sprawozdania"
        indexes: ClassVar = [models.Index(fields=["sender", "year"], name="report_of_office")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="report_once_a_year",
                violation_error_message="Sprawozdanie za ten rok jest już zaczęte.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2003, 2200)),
                name="report_year_sensible",
                violation_error_message="Ustawa obowiązuje od 2003 r.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sprawozdanie za {self.year}"


class ReportDraft(UnitModel):
    """What the unit types into its report; numbers that are counted stand nowhere until they are sent."""

    report = KinForeignKey(Report, related_name="drafts")
    # {cell: {"value": "12.5", "text": "…", "note": "…"}}, each only where it was typed.
    typed = models.JSONField("wpisane komórki", default=dict, blank=True)
    # {check: {"words": "…", "by": "-1"}}: what is said of a check that fails, and of which difference.
    explained = models.JSONField("wyjaśnienia", default=dict, blank=True)
    # Why an accepted report is corrected.
    reason = models.CharField("powód korekty", max_length=300, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "szkic sprawozdania"
        verbose_name_plural = "szkice sprawozdań"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "report"],
                name="report_one_draft",
                violation_error_message="Ktoś właśnie zaczął to sprawozdanie. Odśwież stronę.",
            ),
        ]


class ReportVersion(SharedModel):
    """A report as it was sent; for the office a report stands as the newest version not withdrawn."""

    report = KinForeignKey(Report, related_name="versions")
    year = models.PositiveSmallIntegerField("rok")
    # The entry of the office's register to which it belongs: written at the sending or, where entry and unit
    # were linked later, once by the office. `YearReport` holds that it is an entry of this office.
    entry = models.UUIDField("wpis", null=True, editable=False)
    number = models.PositiveSmallIntegerField("wersja")
    layout = models.ForeignKey(ReportLayout, models.PROTECT, related_name="+", verbose_name="wzór")
    # Its shape stands in docs/reports.md and is made by `rules.reports.freeze`.
    content = models.JSONField("treść")
    digest = models.CharField("skrót SHA-256", max_length=64)
    reason = models.CharField("powód korekty", max_length=300, blank=True)
    state = models.CharField(
        "stan", max_length=10, choices=enums.VersionState, default=enums.VersionState.SUBMITTED
    )
    submitted_at = models.DateTimeField("kiedy wysłano")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto wysłał"
    )
    decided_at = models.DateTimeField("kiedy rozstrzygnięto", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto rozstrzygnął"
    )
    # What the office says of the whole when it returns it.
    words = models.CharField("uwagi urzędu", max_length=MOST_WORDS, blank=True)

    class Meta(SharedModel.Meta):
        verbose_name = "wersja sprawozdania"
        verbose_name_plural = "wersje sprawozdań"
        indexes: ClassVar = [models.Index(fields=["sender", "year"], name="report_version_of_office")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "report", "number"],
                name="report_version_once",
                violation_error_message="Ktoś właśnie wysłał to sprawozdanie. Odśwież stronę.",
            ),
            models.UniqueConstraint(
                fields=["unit", "report"],
                condition=Q(state="submitted"),
                name="report_one_waits",
                violation_error_message="To sprawozdanie czeka już na urząd.",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="submitted") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="report_version_decided",
                violation_error_message="Rozstrzygnięta wersja ma dzień i osobę, która rozstrzygnęła.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(digest__regex="^[0-9a-f]{64}$"),
                name="report_version_sealed",
                violation_error_message="Wysłana wersja ma numer i skrót.",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(sender__isnull=False),
                name="report_version_entry",
                violation_error_message="Wpis jest w rejestrze urzędu, który dostał sprawozdanie.",
            ),
        ]

    def __str__(self) -> str:
        return f"wersja {self.number}"


class CellComment(SharedModel):
    """What the office asks to be put right in a cell; the unit reads it once the report was returned."""

    version = KinForeignKey(ReportVersion, related_name="comments")
    cell = models.CharField("komórka", max_length=200)
    words = models.CharField("uwaga", max_length=1000)
    made_at = models.DateTimeField("kiedy", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="kto"
    )
    sent_at = models.DateTimeField("kiedy odesłano", null=True, editable=False)
    answered = KinForeignKey(ReportVersion, null=True, editable=False, related_name="answers")

    class Meta(SharedModel.Meta):
        verbose_name = "uwaga do komórki"
        verbose_name_plural = "uwagi do komórek"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "version", "cell"],
                name="cell_comment_once",
                violation_error_message="Do tej komórki jest już uwaga. Zmień ją.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(answered__isnull=True),
                name="cell_comment_in_order",
                violation_error_message="Odpowiada się na uwagę, którą odesłano.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="cell_comment_says", violation_error_message="Wpisz uwagę."
            ),
        ]

    @classmethod
    def seen_by(cls, organisation_id: object) -> Q:
        return Q(sender=organisation_id) | Q(unit=organisation_id, sent_at__isnull=False)


class CountedPeople(UnitModel):
    """Whom a cell of a sent version counted; the office never sees it."""

    version = KinForeignKey(ReportVersion, related_name="counted")
    cell = models.CharField("komórka", max_length=200)
    people: "models.Field[Any, Any]" = ArrayField(models.UUIDField(), verbose_name="policzone osoby")

    class Meta(UnitModel.Meta):
        verbose_name = "policzone osoby"
        verbose_name_plural = "policzone osoby"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "version", "cell"],
                name="counted_people_once",
                violation_error_message="Te osoby są już zapisane.",
            ),
        ]


class ReportRecipient(UnitModel):
    """To whom a report goes besides, when it went and how; the voivode's row writes itself."""

    report = KinForeignKey(Report, related_name="recipients")
    kind = models.CharField("rodzaj odbiorcy", max_length=10, choices=enums.RecipientKind)
    name = models.CharField("nazwa odbiorcy", max_length=200)
    version = KinForeignKey(ReportVersion, null=True, blank=True, related_name="+")
    sent_on = models.DateField("kiedy wysłano", null=True, blank=True)
    how = models.CharField("jak wysłano", max_length=12, choices=enums.SentBy, blank=True)

    class Meta(UnitModel.Meta):
        verbose_name = "odbiorca sprawozdania"
        verbose_name_plural = "odbiorcy sprawozdania"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "report", "kind", "name"],
                name="report_recipient_once",
                violation_error_message="Ten odbiorca jest już na liście.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, how="", version__isnull=True)
                | Q(sent_on__isnull=False, version__isnull=False) & ~Q(how=""),
                name="report_recipient_sent",
                violation_error_message="Wpisz dzień wysłania i sposób.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
