"""What the pages of annual reports share: the report, its sheet, and how its states are shown."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from reintegration.audit import record
from reintegration.core.components import Badge
from reporting.enums import ReportState, VersionState
from reporting.models import Report, ReportDraft, ReportVersion
from reporting.queries import reports as queries
from reporting.rules.layouts import Cell, Part

TITLE: Final = "Sprawozdania"
STATES: Final[Mapping[str, Badge]] = {
    "": Badge("nie zaczęte", "plain"),
    ReportState.DRAFT.value: Badge("w przygotowaniu", "info"),
    ReportState.SUBMITTED.value: Badge("wysłane", "brand"),
    ReportState.RETURNED.value: Badge("zwrócone do poprawy", "bad"),
    ReportState.ACCEPTED.value: Badge("przyjęte", "ok"),
}
VERSIONS: Final[Mapping[str, Badge]] = {
    VersionState.SUBMITTED.value: Badge("czeka na urząd", "brand"),
    VersionState.RETURNED.value: Badge("zwrócona", "bad"),
    VersionState.ACCEPTED.value: Badge("przyjęta", "ok"),
    VersionState.WITHDRAWN.value: Badge("wycofana", "plain"),
}
# On the address of a cell that a check or a comment leads to, so that one comes back to the rest of them.
FROM_REPORT: Final = "?z=sprawozdania"
OPEN: Final = frozenset({ReportState.DRAFT, ReportState.RETURNED})


def version_of(report: Report, number: int) -> ReportVersion:
    found: ReportVersion = get_object_or_404(
        ReportVersion.objects.select_related("layout", "submitted_by", "decided_by"),
        report=report,
        number=number,
    )
    return found


class OfReport:
    """A page of one report of the unit."""

    request: Any
    kwargs: dict[str, Any]
    found: Report

    def object(self, *, lock: bool = False) -> Report:
        rows = Report.objects.select_related("layout")
        found: Report = get_object_or_404(
            rows.select_for_update(of=("self",)) if lock else rows, pk=self.kwargs["pk"]
        )
        record.about(self.request, found)
        self.found = found
        return found

    @property
    def open(self) -> bool:
        """Whether the unit may type into it now."""
        return self.found.state in OPEN

    @property
    def name(self) -> str:
        return f"Sprawozdanie za {self.found.year}"

    @property
    def url(self) -> str:
        return reverse("reporting:report", args=[self.found.pk])

    @property
    def back_url(self) -> str:
        return self.url

    @cached_property
    def draft(self) -> ReportDraft:
        return ReportDraft.objects.get(report=self.found)

    @cached_property
    def sheet(self) -> queries.Sheet:
        """What is being written while the unit may write; afterwards what was sent last."""
        if self.open:
            return queries.written(self.found, self.draft)
        return queries.sent(self.newest)

    @cached_property
    def newest(self) -> ReportVersion:
        return queries.newest_version(self.found)

    def cell(self) -> Cell:
        found = self.sheet.layout.cells.get(self.kwargs["cell"])
        if found is None:
            raise Http404
        return found

    def part(self) -> Part:
        for one in self.sheet.layout.parts:
            if one.key == self.kwargs["part"]:
                return one
        raise Http404

    def crumbs(self) -> Sequence[tuple[str, str]]:
        title = self.get_title()  # type: ignore[attr-defined]
        return [(TITLE, reverse("reporting:reports")), (self.name, self.url), (title, "")]
