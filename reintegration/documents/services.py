"""What can be made to happen with papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from reintegration.core.formats import format_date
from reintegration.core.identifiers import format_phone
from reintegration.documents.enums import DocumentState
from reintegration.documents.files import erase_file, read_file, store_bytes, store_file
from reintegration.documents.kinds import DOCUMENT_KINDS
from reintegration.documents.models import Document, PaperSettings, Signatory
from reintegration.documents.numbers import next_number
from reintegration.documents.papers import Letterhead, SignatureBox, render_pdf, template_version
from reintegration.documents.uploads import CheckedFile, clean_name
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope

PAPER_FILE = "documents.paper"
LOGO_FILE = "documents.logo"


def issue_document(
    *,
    kind: str,
    context: Mapping[str, Any],
    title: str = "",
    subject: UUID | None = None,
    language: str = "pl",
    key: str = "",
    number: str = "",
    images: Mapping[str, bytes] | None = None,
) -> Document:
    """Make a paper once: number, PDF, encrypted file and row stand or fall with the caller's transaction.

    With a `key` the second call returns the paper that the first one made, whatever its context. A paper
    whose place is known, such as a position of a list, brings its `number`: taken from the series it would
    hold the series while it is drawn, and a batch would be made one paper after another.
    """
    found = DOCUMENT_KINDS[kind]
    if key:
        _wait_for(kind, key)
        earlier: Document | None = Document.objects.filter(kind=kind, key=key).first()
        if earlier is not None:
            return earlier
    made_at, today = clock.now(), clock.today()
    if found.series and not number:
        number = next_number(found.series, on=today)
    shown = title or found.label
    content = render_pdf(
        found.template,
        context,
        title=shown,
        number=number,
        language=language,
        made_at=made_at,
        letterhead=letterhead(),
        images=images,
    )
    stored = store_bytes(
        content,
        name=clean_name(f"{shown} {number}".replace("/", "-"), "pdf"),
        media_type="application/pdf",
        kind=PAPER_FILE,
        subject=subject,
    )
    made: Document = Document.objects.create(
        kind=kind,
        title=shown,
        series=found.series,
        number=number,
        language=language,
        template_version=template_version(found.template),
        sha256=stored.sha256,
        subject_id=subject,
        file=stored,
        key=key,
        made_at=made_at,
        made_by_id=current_scope().user_id,
    )
    return made


def _wait_for(kind: str, key: str) -> None:
    """Let two that make the same paper go one after the other."""
    name = f"{current_scope().organisation_id}|{kind}|{key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [name])


def withdraw_document(*, document: Document, reason: str) -> Document:
    """Say that an issued paper no longer counts; it keeps its number and stays readable."""
    locked: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.state != DocumentState.ISSUED:
        raise InputError("Ten dokument jest już wycofany albo usunięty.")
    if not reason.strip():
        raise InputError("Wpisz powód wycofania.")
    locked.state = DocumentState.WITHDRAWN
    locked.withdrawal = reason.strip()
    locked.withdrawn_at, locked.withdrawn_by_id = clock.now(), current_scope().user_id
    locked.save()
    for provider in slots.providers("documents.withdrawn"):
        provider(locked)
    return locked


def letterhead() -> Letterhead:
    """The head of the current organisation's papers; what was not set is taken from the organisation."""
    here = Organisation.objects.get(pk=current_scope().organisation_id)
    own = PaperSettings.objects.select_related("logo").first()
    place = f"{here.street}, {here.postcode} {here.town}" if here.street else here.town
    contact = ", ".join(part for part in (format_phone(here.phone), here.email) if part)
    lines = [own.address if own and own.address else place, own.contact if own and own.contact else contact]
    logo = read_file(own.logo) if own and own.logo else b""
    name = own.name if own and own.name else here.name
    return Letterhead(name=name, lines=tuple(line for line in lines if line), logo=logo)


def signature_boxes(*, on: date) -> list[SignatureBox]:
    """Places for those who sign the organisation's papers on a day."""
    return [
        SignatureBox(label="podpis", name=found.name, position=found.position)
        for found in Signatory.objects.order_by("since", "pk")
        if found.since <= on and (found.until is None or found.until >= on)
    ]


def set_letterhead(
    *, name: str, address: str, contact: str, logo: CheckedFile | None = None, drop_logo: bool = False
) -> PaperSettings:
    """Change the head of the papers to come; those issued stay as they are."""
    found = PaperSettings.objects.select_for_update(of=("self",)).first() or PaperSettings()
    found.name, found.address, found.contact = name, address, contact
    before = found.logo
    if logo is not None:
        found.logo = store_file(logo, kind=LOGO_FILE)
    elif drop_logo:
        found.logo = None
    found.save()
    if before is not None and before != found.logo:
        erase_file(before)
    return found


def add_signatory(*, name: str, position: str, since: date) -> Signatory:
    return Signatory.objects.create(name=name, position=position, since=since)  # type: ignore[no-any-return]


def end_signatory(*, signatory: Signatory, on: date) -> None:
    """The last day on which somebody signs; papers already issued keep their name."""
    if on < signatory.since:
        raise InputError(f"Ta osoba podpisuje dopiero od {format_date(signatory.since, today=on)}.")
    signatory.until = on
    signatory.save(update_fields=["until"])
