"""The protocol of an accident: as a draft to discuss, and as the paper that is kept."""

from typing import Any

from ipzs.enums import AccidentState
from ipzs.models import Accident
from reintegration.core import clock
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead, signature_boxes

TITLE = "Protokół powypadkowy"
TEMPLATE = "ipzs/duties/paper/accident.html"


def context(accident: Accident) -> dict[str, Any]:
    """What the protocol says, and places for the person and for who signs for the unit."""
    day = accident.protocol_on or clock.today()
    signers = signature_boxes(on=day) or [SignatureBox("podpis osoby, która ustaliła okoliczności")]
    return {
        "accident": accident,
        "draft": accident.state in {AccidentState.REPORTED, AccidentState.EXAMINED},
        "boxes": [SignatureBox("podpis poszkodowanego", name=str(accident.person)), *signers],
    }


def draft_pdf(accident: Accident) -> bytes:
    return render_pdf(
        TEMPLATE,
        context(accident),
        title=TITLE,
        number=accident.number,
        made_at=clock.now(),
        letterhead=letterhead(),
    )
