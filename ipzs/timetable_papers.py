"""The week on the wall and the class journal, made when asked for and not kept."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from ipzs.queries.timetable_week import Week
from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.core.formats import format_month, format_table_span
from reintegration.documents.exports import as_download
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead


def week(found: Week, *, subject: str) -> HttpResponse:
    """A week to hang up, black and white, on one wide page."""
    span = format_table_span(found.span.first, found.span.last)
    title = f"Plan zajęć: {subject}" if subject else "Plan zajęć"
    pdf = render_pdf(
        "ipzs/timetable/paper/week.html",
        {"week": found, "span": span, "single": bool(subject)},
        title=title,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
    return as_download(pdf, f"plan {found.span.first.isoformat()}")


def journal(rows: Sequence[Any], *, month: Month, subject: str, hours: str) -> HttpResponse:
    """The journal of a month: day, hours, service, topic, leader, who was there."""
    pdf = render_pdf(
        "ipzs/timetable/paper/journal.html",
        {
            "rows": rows,
            "month": format_month(month),
            "subject": subject,
            "hours": hours,
            "boxes": [SignatureBox("podpis prowadzącego"), SignatureBox("podpis kierownika")],
        },
        title="Dziennik zajęć",
        made_at=clock.now(),
        letterhead=letterhead(),
    )
    return as_download(pdf, f"dziennik {month}")
