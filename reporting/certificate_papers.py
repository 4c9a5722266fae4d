"""The certificate on paper: the same template for a centre and a club, each with its own words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from participants.perms import CASE
from participants.rules.codes import UnitType
from reintegration.core import clock
from reintegration.documents.kinds import document_kind, series
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead
from reporting.enums import CertificateKind
from reporting.models import Certificate
from reporting.queries.certificates import KIND
from reporting.rules.graduates import Standing

SERIES: Final = series("ZS", "zaświadczenia o uczestnictwie").code
TEMPLATE: Final = "reporting/certificates/paper.html"
TITLE: Final = {
    UnitType.CIS: "Zaświadczenie o uczestnictwie w Centrum Integracji Społecznej",
    UnitType.KIS: "Zaświadczenie o uczestnictwie w Klubie Integracji Społecznej",
}
BOX: Final = {
    UnitType.CIS: "podpis kierownika Centrum",
    UnitType.KIS: "podpis w imieniu podmiotu prowadzącego Klub",
}

document_kind(KIND, "Zaświadczenie o uczestnictwie", template=TEMPLATE, series=SERIES, opens=CASE)


def issue(row: Certificate) -> Document:
    """Make the paper of what was issued, once."""
    kind = UnitType(row.content["unit_type"])
    title = f"{TITLE[kind]} – duplikat" if row.kind == CertificateKind.DUPLICATE else TITLE[kind]
    return issue_document(
        kind=KIND,
        title=title,
        context=_context(row.content, row.graduate, row.graduate_until, row),
        subject=row.person_id,
        key=str(row.pk),
        number=row.number,
    )


def preview(content: Mapping[str, Any], title: Standing) -> bytes:
    """The same paper without a number, to be read before it is issued."""
    kind = UnitType(content["unit_type"])
    return render_pdf(
        TEMPLATE,
        _context(content, title.is_graduate, title.until, None),
        title=TITLE[kind],
        number="",
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def _context(
    content: Mapping[str, Any], graduate: bool, until: date | None, row: Certificate | None
) -> dict[str, Any]:
    kind = UnitType(content["unit_type"])
    return {
        "said": told(content),
        "cis": kind is UnitType.CIS,
        "graduate": graduate,
        "until": until,
        "row": row,
        "draft": row is None,
        "boxes": [SignatureBox(BOX[kind])],
    }


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its days as days, for a template."""

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    def spans(rows: list[list[str]]) -> list[tuple[str, date | None, date | None]]:
        return [(name, day(since), day(until)) for name, since, until in rows]

    return {
        **content,
        "decision": content.get("decision", ""),
        "decision_on": day(content.get("decision_on", "")),
        "born": day(content["born"]),
        "since": day(content["since"]),
        "until": day(content["until"]),
        "counted_from": day(content["counted_from"]),
        "periods": spans(content["periods"]),
        "workshops": spans(content["workshops"]),
        "placements": spans(content["placements"]),
        "skills": [name for name, _ in content["skills"]],
        "social": [(name, hours) for name, area, hours in content["services"] if area == "social"],
        "vocational": [(name, hours) for name, area, hours in content["services"] if area == "vocational"],
    }
