"""The collective report of a voivode on paper, for the minister (art. 5 ust. 7)."""

from reintegration.core import clock
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead
from reporting import season_words
from reporting.models import CollectiveReport
from reporting.queries.collective import Collective


def paper(row: CollectiveReport, told: Collective) -> bytes:
    parts = season_words.adding(told.layout)
    context = {
        "row": row,
        "content": told.content,
        "year": row.year,
        "parts": [(part, season_words.tables(told, part, lambda cell: "")) for part in parts],
        "boxes": [SignatureBox("podpis wojewody albo osoby upoważnionej")],
    }
    return render_pdf(
        "reporting/season/collective_paper.html",
        context,
        title=str(row),
        letterhead=letterhead(),
        made_at=row.sent_at or clock.now(),
    )
