"""The unit's statistics on paper, for the council."""

from reintegration.core import clock
from reintegration.documents.papers import render_pdf
from reintegration.documents.services import letterhead
from reporting import statistics_words as words
from reporting.queries.statistics import Report
from reporting.rules.statistics import FEWEST


def council(found: Report) -> bytes:
    return render_pdf(
        "reporting/statistics/paper.html",
        {
            "this": words.span_said(found.span),
            "that": words.span_said(found.other) if found.other is not None else "",
            "blocks": words.on_paper(found),
            "fewest": FEWEST,
        },
        title="Informacja statystyczna o działalności",
        made_at=clock.now(),
        letterhead=letterhead(),
    )
