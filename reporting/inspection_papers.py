"""Papers of an inspection: the evidence, the protocol that names its hash, and the recommendations."""

from collections.abc import Mapping
from typing import Any, Final

from reintegration.core import clock
from reintegration.documents.kinds import document_kind
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead, signature_boxes
from reintegration.tenancy.enums import Voivodeship
from reporting.enums import InspectionArea
from reporting.models import EntryVersion, Inspection
from reporting.perms import OFFICE
from reporting.queries import inspection_results as results
from reporting.queries import inspections as queries
from reporting.queries.registers import voivodeship

FOLDER: Final = "reporting/inspections/paper"
PACK: Final = "reporting.inspection_pack"
PROTOCOL: Final = "reporting.inspection_protocol"
RECOMMENDATIONS: Final = "reporting.inspection_recommendations"
document_kind(PACK, "Zestaw dowodów z kontroli", template=f"{FOLDER}/pack.html", opens=OFFICE)
document_kind(PROTOCOL, "Protokół kontroli", template=f"{FOLDER}/protocol.html", opens=OFFICE)
document_kind(
    RECOMMENDATIONS, "Wystąpienie pokontrolne", template=f"{FOLDER}/recommendations.html", opens=OFFICE
)


def pack(row: Inspection) -> Document:
    """The checklist, the sample with what was found, and every look: what the protocol rests on."""
    title = f"Zestaw dowodów z kontroli {row.number}"
    return issue_document(kind=PACK, title=title, context=_pack(row), key=str(row.pk))


def protocol(row: Inspection) -> Document:
    title = f"Protokół kontroli {row.number}"
    return issue_document(kind=PROTOCOL, title=title, context=_protocol(row), key=str(row.pk))


def recommendations(row: Inspection) -> Document:
    title = f"Wystąpienie pokontrolne {row.number}"
    return issue_document(kind=RECOMMENDATIONS, title=title, context=_settled(row), key=str(row.pk))


def protocol_preview(row: Inspection) -> bytes:
    """The protocol before it is handed over, with what was typed so far."""
    return _preview("protocol.html", _protocol(row), f"Protokół kontroli {row.number}")


def recommendations_preview(row: Inspection) -> bytes:
    return _preview("recommendations.html", _settled(row), f"Wystąpienie pokontrolne {row.number}")


def _preview(template: str, context: Mapping[str, Any], title: str) -> bytes:
    return render_pdf(
        f"{FOLDER}/{template}", context, title=title, made_at=clock.now(), letterhead=letterhead()
    )


def _pack(row: Inspection) -> dict[str, Any]:
    files = queries.sample_of(row)
    return {**_common(row), "files": files, "looks": results.looks_told(row, files)}


def _protocol(row: Inspection) -> dict[str, Any]:
    points, files = queries.points_of(row), queries.sample_of(row)
    return {
        **_common(row),
        "faults": results.faults_of(points, files),
        "progress": queries.progress(files, points),
        "files": files,
        "boxes": [SignatureBox("kontrolujący", name=str(one.user)) for one in queries.members_of(row)],
    }


def _settled(row: Inspection) -> dict[str, Any]:
    return {
        **_common(row),
        "recommendations": results.recommendations_of(row),
        "boxes": signature_boxes(on=clock.today()) or [SignatureBox("z upoważnienia wojewody")],
    }


def _common(row: Inspection) -> dict[str, Any]:
    return {
        "inspection": row,
        "said": EntryVersion.objects.filter(entry=row.entry_id).order_by("-since").first(),
        "voivodeship": Voivodeship(voivodeship()).label,
        "basis": row.basis_words or row.get_basis_display(),
        "areas": ", ".join(str(InspectionArea(area).label) for area in row.areas),
        "members": queries.members_of(row),
        "points": queries.points_of(row),
    }
