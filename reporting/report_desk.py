"""What annual reports put on the desk of a unit: the term of the report, and one that was returned."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from reintegration.core.formats import counted
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import OrganisationKind
from reporting import perms
from reporting.enums import ReportState
from reporting.models import Report
from reporting.queries import reports as queries
from reporting.rules import reports as rules

# Before the last month there is time; later the line is urgent.
NEAR = 30


@desk_lines
def annual_reports(request: Any, today: date) -> Iterator[DeskLine]:
    """The report that waits to be sent, and every one that the office returned."""
    if request.principal.place.kind != OrganisationKind.UNIT or not request.may(perms.REPORT_WRITE):
        return
    returned = Report.objects.filter(state=ReportState.RETURNED).order_by("year", "pk")
    for report in returned:
        yield DeskLine(
            Section.GAPS,
            f"Sprawozdanie za {report.year}: urząd je zwrócił",
            reverse("reporting:report", args=[report.pk]),
            text="Popraw komórki z uwagami i wyślij je jeszcze raz.",
            urgency=Urgency.BAD,
            icon="file-text",
            action="Popraw",
        )
    year = rules.season_of(today)
    if not queries.is_missing(year):
        return
    left = (rules.due_on(year) - today).days
    days = counted(abs(left), "dzień", "dni", "dni")
    said = f"Do 31 marca zostało {days}." if left >= 0 else f"Termin minął 31 marca: {days} temu."
    yield DeskLine(
        Section.GAPS,
        f"Sprawozdanie za {year} czeka na wysłanie",
        reverse("reporting:reports"),
        text=said,
        urgency=Urgency.BAD if left < 0 else Urgency.WARN if left <= NEAR else Urgency.INFO,
        icon="file-text",
        action="Otwórz sprawozdania",
    )
