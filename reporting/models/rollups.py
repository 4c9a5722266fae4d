"""Yearly totals of a unit, kept beside the files so that nobody has to count ten years again.

They hold numbers and keys, no word and nobody. The unit reads its own, the operator those of everybody, who
is the other side of each row. A voivode's office reads reports, which somebody has signed, and none of this.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from reintegration.tenancy.models import SharedModel


class UnitYear(SharedModel):
    """A year of a unit that was counted: as of which day, when, and when it was last compared."""

    year = models.PositiveSmallIntegerField("rok")
    # The last day that was counted: of a year that is over its own, of a running one the day of counting.
    as_of = models.DateField("stan na dzień")
    counted_at = models.DateTimeField("kiedy policzono")
    checked_at = models.DateTimeField("kiedy porównano ze sprawami", null=True)
    # How many numbers the last comparison found otherwise, and put right.
    mended = models.PositiveIntegerField("ile liczb poprawiono", default=0)

    class Meta(SharedModel.Meta):
        verbose_name = "policzony rok"
        verbose_name_plural = "policzone lata"
        indexes: ClassVar = [models.Index(fields=["sender", "year"], name="unit_year_of_all")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="unit_year_once"),
        ]


class YearCell(SharedModel):
    """A number of the statistics in one year; what is not here is nought."""

    year = models.PositiveSmallIntegerField("rok")
    figure = models.CharField("zestawienie", max_length=20)
    line = models.CharField("wiersz", max_length=40)
    value = models.DecimalField("liczba", max_digits=14, decimal_places=2)
    women = models.PositiveIntegerField("kobiety", null=True)
    men = models.PositiveIntegerField("mężczyźni", null=True)

    class Meta(SharedModel.Meta):
        verbose_name = "liczba roku"
        verbose_name_plural = "liczby lat"
        indexes: ClassVar = [models.Index(fields=["sender", "year"], name="year_cell_of_all")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year", "figure", "line"], name="year_cell_once"),
            models.CheckConstraint(
                condition=Q(women__isnull=True, men__isnull=True) | Q(value__gte=F("women") + F("men")),
                name="year_cell_adds_up",
            ),
        ]


class StaleYear(models.Model):
    """Years of a unit in which something changed that is counted; written by triggers, in its transaction.

    Global, as `audit.Unsealed` is, so that the job sees at once which units wait. It holds numbers and
    nothing else. Rows are only added: a change under way keeps its own, whoever counts meanwhile.
    """

    id = models.BigAutoField(primary_key=True)
    unit_id = models.UUIDField(editable=False)
    since = models.SmallIntegerField()
    # Until today, when it is empty.
    until = models.SmallIntegerField(null=True)

    class Meta:
        verbose_name = "rok do przeliczenia"
        verbose_name_plural = "lata do przeliczenia"
        indexes: ClassVar = [models.Index(fields=["unit_id"], name="stale_year_of_unit")]
