"""The collective report of a voivode on paper, for the minister (art. 5 ust. 7)."""

from typing import Any, Final

from reintegration.core import clock
from reintegration.documents.kinds import document_kind
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead
from reporting import perms, season_files, season_words
from reporting.models import CollectiveReport
from reporting.queries import collective as queries
from reporting.rules import season as rules

TEMPLATE: Final = "reporting/season/collective_paper.html"
document_kind(queries.PAPER, "Sprawozdanie zbiorcze", template=TEMPLATE, series="", opens=perms.OFFICE)


def issue(row: CollectiveReport) -> Document:
    """Make the paper of what was sent, once."""
    return issue_document(
        kind=queries.PAPER,
        title=f"{row}, wersja {row.number}",
        context=_context(row, queries.told(row)),
        key=str(row.pk),
    )


def preview(row: CollectiveReport, told: queries.Collective) -> bytes:
    """The same paper of what would be sent now."""
    return render_pdf(
        TEMPLATE, _context(row, told), title=str(row), letterhead=letterhead(), made_at=clock.now()
    )  # fmt: skip


def _context(row: CollectiveReport, told: queries.Collective) -> dict[str, Any]:
    parts = season_words.adding(told.layout)
    return {
        "row": row,
        "content": told.content,
        "year": row.year,
        "parts": [(part, season_words.tables(told, part, lambda cell: "")) for part in parts],
        "figures": list(rules.figures(told.layout)),
        "levels": [
            (title, season_words.in_short(told.layout, season_files.of_collective(told, level)))
            for title, level in (("Powiaty", "powiat"), ("Gminy", "gmina"))
        ],
        "boxes": [SignatureBox("podpis wojewody albo osoby upoważnionej")],
    }
