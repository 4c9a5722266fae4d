"""Layouts of the reports: the same for everybody, one in force for each year, and none is ever changed."""

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import Q

from reintegration.law.enums import Origin
from reintegration.law.models import Proposal, proposal_constraints
from reporting.enums import LayoutKind
from reporting.rules.layout_parsing import FIRST_YEAR, LAST_YEAR, parse
from reporting.rules.layouts import Layout

MOST_READ: Final = 64
_READ: dict[UUID, Layout] = {}


class ReportLayout(Proposal):
    """One version of a layout: a file of the program, or what one operator brought and another confirmed.

    What it says never changes (trigger `keep_layout`): reports of past years go on to stand in it.
    """

    kind = models.CharField("rodzaj", max_length=10, choices=LayoutKind)
    version = models.CharField("wersja", max_length=40)
    since_year = models.PositiveSmallIntegerField("od sprawozdania za rok")
    title = models.CharField("tytuł", max_length=600)
    document = models.JSONField("treść")
    origin = models.CharField("skąd", max_length=10, choices=Origin, editable=False)

    class Meta:
        verbose_name = "wzór sprawozdania"
        verbose_name_plural = "wzory sprawozdań"
        constraints: ClassVar = [
            *proposal_constraints("layout"),
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="layout_version_once",
                violation_error_message="Ta wersja wzoru już jest. Nadaj nowej inny numer.",
            ),
            models.CheckConstraint(
                name="layout_year_sensible",
                condition=Q(since_year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message="Wpisz rok, od którego wzór obowiązuje.",
            ),
            # A file is reviewed before it is shipped; what an operator brings needs two people here.
            models.CheckConstraint(
                name="layout_of_operator_has_author",
                condition=Q(origin="file", proposed_by__isnull=True, state="confirmed")
                | Q(origin="operator", proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="layout_of_operator_confirmed",
                condition=Q(origin="file") | ~Q(state="confirmed") | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, wersja {self.version}"

    @property
    def layout(self) -> Layout:
        """What the document says; it never changes, so that a process reads it once."""
        found = _READ.get(self.pk)
        if found is None:
            if len(_READ) >= MOST_READ:
                _READ.clear()
            found = _READ[self.pk] = parse(self.document)
        return found
