"""The papers around consents: the notice of art. 13 RODO and the forms to sign, in three languages."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse

from participants.card_parts import CardPart, parts_in
from participants.enums import ConsentKind
from participants.models import Consent, Participation
from participants.papers import RECEIVED_CARD, SHARED_CARD
from participants.papers_text.texts import (
    CONSENTS,
    Paper,
    consent_paper,
    information_notice,
    needed_values,
)
from participants.retention import years_kept
from reintegration.core import clock
from reintegration.core.formats import format_long_date, format_table_date
from reintegration.documents.exports import as_download
from reintegration.documents.papers import SignatureBox, render_pdf
from reintegration.documents.services import letterhead
from reintegration.tenancy.models import Organisation, Unit
from reintegration.tenancy.scope import current_scope

LANGUAGES: Final[Mapping[str, str]] = {"pl": "polski", "uk": "ukraiński", "en": "angielski"}
TEMPLATE: Final = "participants/consents/paper/text.html"
# Papers that left with a consent, or came with one.
KEPT: Final = (SHARED_CARD.key, RECEIVED_CARD.key)
# Where somebody writes by hand.
LINE: Final = "." * 60
BOX: Final = "[   ]"

PARTS: Final[Mapping[str, Mapping[CardPart, str]]] = {
    "pl": {part: str(part.label) for part in CardPart},
    "uk": {
        CardPart.PERSONAL: "особисті дані та контакти",
        CardPart.SITUATION: "робота, освіта, сімейна ситуація",
        CardPart.SENSITIVE: "здоров'я, групи зі ст. 1, доходи та інші чутливі дані",
        CardPart.DIAGNOSES: "діагнози та потреби",
        CardPart.OPINIONS: "висновки спеціалістів, крім конфіденційних",
        CardPart.ENTRIES: "перебіг консультацій, записи команди",
    },
    "en": {
        CardPart.PERSONAL: "personal data and contact",
        CardPart.SITUATION: "work, education, family situation",
        CardPart.SENSITIVE: "health, groups of art. 1, income and other sensitive data",
        CardPart.DIAGNOSES: "diagnoses and needs",
        CardPart.OPINIONS: "specialists' opinions, except confidential ones",
        CardPart.ENTRIES: "the course of counselling, the team's entries",
    },
}


def has_form(kind: str) -> bool:
    return kind in CONSENTS


def notice_pdf(*, language: str) -> bytes:
    """The information for participants, with this unit's name and address in it."""
    return _draw(information_notice(unit_type=_unit_type(), language=language, values=_own_values()))


def form_pdf(
    case: Participation, *, kind: ConsentKind, language: str, consent: Consent | None = None
) -> bytes:
    """A consent to sign: filled from what was written down, or with lines to fill in by hand."""
    values = dict.fromkeys(needed_values(kind.value, unit_type=_unit_type()), LINE)
    values |= {**_own_values(), "person_name": str(case.person)}
    if kind in {ConsentKind.CARD_SHARING, ConsentKind.FILE_TRANSFER}:
        values["scope"] = "; ".join(f"{BOX} {label}" for label in PARTS[language].values())
    if case.case_manager is not None:
        values["worker_name"] = str(case.case_manager)
    if consent is not None:
        values |= _written(consent, language)
    paper = consent_paper(kind=kind.value, unit_type=_unit_type(), language=language, values=values)
    return _draw(paper)


def _written(consent: Consent, language: str) -> dict[str, str]:
    parts = [PARTS[language][part] for part in CardPart if part in parts_in(consent.scope)]
    found = {
        "recipient": consent.recipient,
        "purpose": consent.purpose,
        "scope": ", ".join(parts),
        "until": format_table_date(consent.until) if consent.until else "",
    }
    return {name: value for name, value in found.items() if value}


def _own_values() -> dict[str, str]:
    """What a text says of the unit; an address that nobody has entered yet is a line to fill in."""
    unit = Organisation.objects.get(pk=current_scope().organisation_id)
    head = letterhead()
    contact = ", ".join(part for part in (unit.phone, unit.email) if part)
    today = clock.today()
    return {
        "unit_name": head.name or unit.name,
        "unit_address": ", ".join(head.lines[:1]) or unit.town,
        "unit_contact": contact or ", ".join(head.lines) or LINE,
        "retention_years": str(years_kept()),
        "valid_from": format_table_date(today.replace(month=1, day=1)),
    }


def _unit_type() -> Any:
    return Unit.objects.get(pk=current_scope().organisation_id).unit_type


def _draw(paper: Paper) -> bytes:
    boxes = [SignatureBox(label) for label in paper.signatures]
    return render_pdf(
        TEMPLATE,
        {"paper": paper, "boxes": boxes},
        title=paper.title,
        language=paper.language,
        made_at=clock.now(),
        letterhead=letterhead(),
    )


def notice_download(*, language: str) -> HttpResponse:
    return as_download(notice_pdf(language=language), f"informacja o danych {language}")


def form_download(
    case: Participation, *, kind: ConsentKind, language: str, consent: Consent | None = None
) -> HttpResponse:
    content = form_pdf(case, kind=kind, language=language, consent=consent)
    return as_download(content, f"zgoda {format_long_date(clock.today())} {language}")
