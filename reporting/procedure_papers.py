"""Papers of the procedures: what a unit hands in, and what an office answers, decides and asks."""

from datetime import date
from typing import Any, Final

from reintegration.core import clock
from reintegration.core.formats import format_number
from reintegration.core.identifiers import format_phone
from reintegration.documents.kinds import document_kind
from reintegration.documents.models import Document
from reintegration.documents.papers import Letterhead, SignatureBox, render_pdf
from reintegration.documents.services import issue_document, letterhead, signature_boxes
from reintegration.tenancy.enums import FounderKind, OrganisationKind, Voivodeship
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope
from reporting.enums import ApplicationKind, FounderForm, LetterKind, NoticeKind
from reporting.models import (
    ClubNotice,
    EntryVersion,
    ProcedureStep,
    StatusApplication,
    StatusDecision,
    SupervisionLetter,
)
from reporting.perms import OFFICE
from reporting.queries import procedures as queries
from reporting.queries.registers import voivodeship
from reporting.rules import procedures as rules
from reporting.services.registers import DATA

FOLDER: Final = "reporting/procedures/paper"
CALL: Final = "reporting.completion_call"
DECISION: Final = "reporting.status_decision"
LETTER: Final = "reporting.supervision_letter"
document_kind(CALL, "Wezwanie do uzupełnienia wniosku", template=f"{FOLDER}/call.html", opens=OFFICE)
document_kind(DECISION, "Decyzja o statusie CIS", template=f"{FOLDER}/decision.html", opens=OFFICE)
document_kind(LETTER, "Pismo nadzoru", template=f"{FOLDER}/letter.html", opens=OFFICE)

TITLES: Final = {
    NoticeKind.ENTRY: "Zgłoszenie Klubu Integracji Społecznej do rejestru wojewody",
    NoticeKind.CHANGE: "Zgłoszenie zmiany danych Klubu Integracji Społecznej",
    NoticeKind.CLOSING: "Zgłoszenie zaprzestania prowadzenia Klubu Integracji Społecznej",
}
APPLICATIONS: Final = {
    ApplicationKind.GRANT: "Wniosek o przyznanie statusu Centrum Integracji Społecznej",
    ApplicationKind.PROLONG: "Wniosek o przedłużenie statusu Centrum Integracji Społecznej",
}
HEAD_OF_UNIT: Final = SignatureBox("podpis osoby uprawnionej")


# What the unit hands in


def notice(row: ClubNotice) -> bytes:
    """The form of a club, the same on screen and on paper (R2012)."""
    return _render(
        "notice.html",
        {
            "notice": row,
            "said": said_of(row.content),
            "files": queries.files_of(row),
            "boxes": [HEAD_OF_UNIT],
            "entry": row.kind == NoticeKind.ENTRY,
            "closing": row.kind == NoticeKind.CLOSING,
        },
        title=TITLES[NoticeKind(row.kind)],
        head=_head_of(row.unit.organisation),
    )


def application(row: StatusApplication) -> bytes:
    answers = queries.answers_of(row)
    files = [one for one in queries.files_of(row) if not one.by_office]
    points = [
        (
            point,
            told(point, answers[point.code].content if point.code in answers else None),
            [one for one in files if one.point == point.code],
        )
        for point in rules.points_for(local=row.local, powiat=row.powiat)
    ]
    return _render(
        "application.html",
        {"application": row, "points": points, "boxes": [HEAD_OF_UNIT]},
        title=APPLICATIONS[ApplicationKind(row.kind)],
        head=_head_of(row.unit.organisation),
    )


# What the office writes


def call(row: StatusApplication, step: ProcedureStep) -> Document:
    return issue_document(
        kind=CALL,
        title="Wezwanie do uzupełnienia wniosku",
        context={**_office(row), "missing": step.words, "days": row.call_days, "boxes": _boxes()},
        key=str(step.pk),
    )


def decision(
    row: StatusApplication,
    made: StatusDecision | None,
    *,
    decision: str,
    decided_on: date,
    words: str = "",
) -> Document:
    """The decision with its ground, its reasons and the way to appeal (art. 107 of the code, art. 6a)."""
    granted = made is not None
    looked_at = queries.reports_of(row, decided_on)
    title = "Decyzja o odmowie" if not granted else "Decyzja"
    context = {
        **_office(row),
        "decided_on": decided_on,
        "made": made,
        "prolong": row.kind == ApplicationKind.PROLONG,
        "reasons": words,
        "reports": [one for one in looked_at if one.state],
        "without": [str(one.year) for one in looked_at if not one.state],
        "boxes": _boxes(),
    }
    # The number that the office typed stands in the paper; numbers of its series are the program's own.
    return issue_document(
        kind=DECISION, title=f"{title} {decision}", context=context, key=f"{row.pk}:{decision}"
    )


def letter(row: SupervisionLetter) -> Document:
    return issue_document(kind=LETTER, title=letter_title(row), context=_letter_context(row), key=str(row.pk))


def letter_preview(row: SupervisionLetter) -> bytes:
    """The letter before it is sent."""
    return _render("letter.html", _letter_context(row), title=letter_title(row), head=letterhead())


def letter_title(row: SupervisionLetter) -> str:
    if row.kind == LetterKind.REMEDY:
        return "Wezwanie do usunięcia nieprawidłowości"
    return "Żądanie wyjaśnień"


# Words


def said_of(content: dict[str, Any] | None) -> dict[str, Any]:
    """What was kept of the data, with the names of choices."""
    return _named(queries.data_from(content))


def _named(data: dict[str, Any]) -> dict[str, Any]:
    names = (*DATA, *queries.BESIDES)
    blank = {name: None if name in queries.DAYS else "" for name in names}
    said = blank | data
    if kind := said.get("founder_kind"):
        said["founder_kind"] = FounderKind(kind).label
    if form := said.get("founder_form"):
        said["founder_form"] = FounderForm(form).label
    if phone := said.get("phone"):
        said["phone"] = format_phone(phone)
    return said


def told(point: rules.Point, content: dict[str, Any] | None) -> list[tuple[str, Any]]:
    """An answer as rows of name and value."""
    said = said_of(content)
    rows = [(_label(name), said.get(name)) for name in point.fields]
    # A nought is an answer too.
    rows += [
        (number.label, format_number(int(said[number.key])))
        for number in point.numbers
        if said.get(number.key) not in {None, ""}
    ]
    if said.get("words"):
        rows.append(("", said["words"]))
    return [(label, value) for label, value in rows if value]


def _label(name: str) -> str:
    text = str(EntryVersion._meta.get_field(name).verbose_name)
    return f"{text[:1].upper()}{text[1:]}"


def _letter_context(row: SupervisionLetter) -> dict[str, Any]:
    version = EntryVersion.objects.filter(entry=row.entry_id).order_by("-since").first()
    return {
        "letter": row,
        "said": version,
        "remedy": row.kind == LetterKind.REMEDY,
        "voivodeship": Voivodeship(voivodeship()).label,
        "boxes": _boxes(),
    }


def _office(row: StatusApplication) -> dict[str, Any]:
    return {
        "application": row,
        "said": _named(queries.register_data(queries.answers_of(row))),
        "voivodeship": Voivodeship(voivodeship()).label,
        "grant": row.kind == ApplicationKind.GRANT,
    }


def _boxes() -> list[SignatureBox]:
    return signature_boxes(on=clock.today()) or [SignatureBox("z upoważnienia wojewody")]


def _head_of(unit: Organisation) -> Letterhead:
    """The unit's own head; an office that prints what came reads the unit's name and address."""
    here = Organisation.objects.get(pk=current_scope().organisation_id)
    if here.kind == OrganisationKind.UNIT:
        return letterhead()
    place = f"{unit.street}, {unit.postcode} {unit.town}" if unit.street else unit.town
    return Letterhead(name=unit.name, lines=(place,))


def _render(template: str, context: dict[str, Any], *, title: str, head: Letterhead) -> bytes:
    return render_pdf(f"{FOLDER}/{template}", context, title=title, made_at=clock.now(), letterhead=head)
