"""A diagnosis and a specialist's opinion on paper."""

from participants.models import Diagnosis, SpecialistOpinion
from participants.queries.diagnoses import results
from reintegration.core import clock
from reintegration.core.formats import format_number
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead


def diagnosis_pdf(row: Diagnosis, *, sensitive: bool) -> bytes:
    """The result and every answer, with places for the person and for who helped."""
    result = results.result_of(row, sensitive=sensitive)
    context = {
        "row": row,
        "result": result,
        "scores": [(score, format_number(score.value)) for score in result.scores],
        "parts": results.answers_of(row, sensitive=sensitive),
        "sensitive": sensitive,
        "boxes": [
            SignatureBox("podpis osoby", name=str(row.person)),
            SignatureBox("podpis osoby prowadzącej", name=row.made_by.get_full_name()),
        ],
    }
    return render_pdf(
        "participants/diagnoses/paper/diagnosis.html",
        context,
        title=row.title,
        number=row.participation.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def opinion_pdf(row: SpecialistOpinion) -> bytes:
    """A signed opinion, with a place for its author's hand."""
    return render_pdf(
        "participants/diagnoses/paper/opinion.html",
        {"row": row, "boxes": [SignatureBox(f"{row.get_kind_display()}, podpis", name=row.author_name)]},
        title="Opinia specjalisty",
        number=row.participation.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
