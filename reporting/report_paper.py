"""The annual report on paper: what was sent, or what is being written, marked as a draft."""

from typing import Any, Final

from reintegration.core import clock
from reintegration.documents.kinds import document_kind
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead
from reporting import perms
from reporting import report_words as words
from reporting.models import Report, ReportVersion
from reporting.queries import reports as queries
from reporting.rules import reports as rules

TEMPLATE: Final = "reporting/reports/paper.html"
document_kind(
    queries.PAPER, "Sprawozdanie roczne", template=TEMPLATE, series="", opens=perms.COUNTERS | perms.OFFICE
)  # fmt: skip


def issue(version: ReportVersion) -> Document:
    """Make the paper of a sent version, once for each side."""
    content = version.content
    title = f"{content['layout']['title']} za {content['year']}"
    return issue_document(
        kind=queries.PAPER,
        title=f"{title}, wersja {version.number}",
        context=_context(queries.sent(version), content["unit"], content["year"], version),
        key=str(version.pk),
    )


def preview(report: Report, sheet: queries.Sheet, unit: dict[str, str]) -> bytes:
    """The same paper of what is being written."""
    return render_pdf(
        TEMPLATE,
        _context(sheet, unit, report.year, None),
        title=f"{sheet.layout.title} za {report.year}",
        number="",
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def _context(
    sheet: queries.Sheet, unit: dict[str, str], year: int, version: ReportVersion | None
) -> dict[str, Any]:
    return {
        "unit": unit,
        "year": year,
        "layout": sheet.layout,
        "row": version,
        "parts": [(part, words.grids(sheet, part)) for part in sheet.layout.parts],
        "checks": words.checks(sheet),
        "explained": rules.explained_at_once(version.content) if version is not None else "",
        "boxes": [SignatureBox("podpis osoby, która kieruje jednostką")],
    }
