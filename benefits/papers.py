"""Papers of the money of a CIS."""

from benefits.models import Grant
from participants.models import Participation
from reintegration.core import clock
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead


def application(file: Participation, grant: Grant | None) -> bytes:
    """The application for the benefit, with the place for the manager's decision (art. 15 ust. 4)."""
    return render_pdf(
        "benefits/pay/paper/application.html",
        {
            "file": file,
            "grant": grant,
            "boxes": [
                SignatureBox("podpis osoby", name=str(file.person)),
                SignatureBox("podpis kierownika"),
            ],
        },
        title="Wniosek o świadczenie integracyjne",
        number=file.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
