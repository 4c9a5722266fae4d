"""Annual reports in a state, made by the services themselves."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from reporting.models import Report, ReportVersion
from reporting.queries import reports as queries
from reporting.services import report_office as office
from reporting.services import reports as unit

# In the season of the report of 2026.
MARCH: Final = datetime(2027, 3, 5, 10, tzinfo=UTC)
YEAR: Final = 2026
# The cast has no register of staff, and a check says so.
WHY: Final = "Kadra jest prowadzona gdzie indziej."
GRANT: Final = "grants.gmina.received"
PLAN: Final = "next_costs.c1.next"


def filled(year: int = YEAR) -> Report:
    """A report with an answer in every cell."""
    report = unit.start(year=year)
    unit.zeros(report_id=report.pk)
    return report


def sent(year: int = YEAR) -> ReportVersion:
    return submitted(filled(year).pk)


def submitted(report_id: UUID) -> ReportVersion:
    """Sent, with every check that fails explained."""
    explained(report_id)
    return unit.submit(report_id=report_id)


def explained(report_id: UUID) -> None:
    report = Report.objects.select_related("layout").get(pk=report_id)
    sheet = queries.written(report, unit.draft_of(report))
    for one in sheet.broken:
        unit.explain(report_id=report_id, check=one.key, by=one.by, words=WHY)


def returned(report_id: UUID, **comments: str) -> Report:
    """The office asks for something in cells, named with two lines instead of dots."""
    number = newest(report_id)
    for cell, words in comments.items():
        office.comment(report_id=report_id, number=number, cell=cell.replace("__", "."), words=words)
    words = "" if comments else "Uzupełnijcie opis."
    return office.give_back(report_id=report_id, number=number, words=words)


def newest(report_id: UUID) -> int:
    return ReportVersion.objects.filter(report=report_id).order_by("-number")[0].number


def typed(report_id: UUID, cell: str, value: int) -> None:
    unit.put(report_id=report_id, cells={cell: Decimal(value)})
