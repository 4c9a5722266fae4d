"""Issuing a certificate, saying it again, and putting it right (art. 13 ust. 5a, art. 18 ust. 5a)."""

from datetime import date
from typing import Any
from uuid import UUID

from participants.models import Participation
from participants.services import participations
from participants.services.participations.common import actor, locked, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.enums import DocumentState
from reintegration.documents.models import Document
from reintegration.documents.numbers import next_number
from reintegration.documents.services import withdraw_document
from reporting import certificate_papers as papers
from reporting.enums import CertificateKind, CertificateState
from reporting.models import Certificate
from reporting.queries import certificates as queries
from reporting.transitions import CERTIFICATES, OfCertificate


def issue(*, participation_id: UUID) -> Certificate:
    """Issue what the file says today, with a number; the file keeps the day."""
    file = _file(participation_id)
    ready = queries.prepare(file, today=clock.today())
    if ready.obstacles:
        raise InputError(" ".join(ready.obstacles))
    if ready.elsewhere_on is not None:
        day = format_table_date(ready.elsewhere_on)
        raise InputError(f"Zaświadczenie z {day} wpisano jako wydane na papierze. Najpierw usuń ten wpis.")
    made = _made(file, CertificateKind.ORIGINAL, dict(ready.content), given_on=clock.today())
    participations.note_certificate(participation_id=file.pk, day=made.given_on)
    papers.issue(made)
    return made


def duplicate(*, certificate_id: UUID, reason: str) -> Certificate:
    """Say again what was certified, word for word; the first one goes on to count."""
    before = _locked(certificate_id)
    if before.state != CertificateState.ISSUED or before.kind == CertificateKind.DUPLICATE:
        raise InputError("Duplikat robi się z zaświadczenia, które jest ważne.")
    if before.content is None:
        raise InputError("Dane tej osoby usunięto, więc zaświadczenia nie da się powtórzyć.")
    earlier = Certificate.objects.filter(follows=before, kind=CertificateKind.DUPLICATE).count()
    made = _made(
        before.participation,
        CertificateKind.DUPLICATE,
        before.content,
        given_on=before.given_on,
        follows=before,
        number=f"{before.number}/D{earlier + 1}",
        reason=_said(reason, "Napisz, po co jest duplikat."),
        title=(before.graduate, before.graduate_until),
    )
    papers.issue(made)
    return made


def correct(*, certificate_id: UUID, reason: str) -> Certificate:
    """Issue anew what the file says today, in place of what was wrong."""
    before = _locked(certificate_id)
    if before.kind == CertificateKind.DUPLICATE:
        raise InputError("Korektę robi się z zaświadczenia, nie z duplikatu.")
    CERTIFICATES.refuse_state(before, OfCertificate.REPLACE)
    said = _said(reason, "Napisz, co było źle.")
    file = before.participation
    content = queries.content_of(file)
    if content == before.content:
        raise InputError("Dane w sprawie są takie same jak na zaświadczeniu. Najpierw je popraw.")
    for one in _valid(file):
        CERTIFICATES.move(one, OfCertificate.REPLACE)
        stored(one)
        _withdraw_paper(one, said)
    made = _made(
        file, CertificateKind.CORRECTION, content, given_on=before.given_on, follows=before, reason=said
    )
    papers.issue(made)
    return made


# What follows from elsewhere


def paper_withdrawn(paper: Document) -> None:
    """A paper that no longer counts takes its certificate with it; that of a correction is gone already."""
    if paper.kind != queries.KIND:
        return
    one = Certificate.objects.filter(pk=UUID(paper.key)).first()
    if one is None or one.state != CertificateState.ISSUED:
        return
    file = locked(one.participation_id)
    CERTIFICATES.move(one, OfCertificate.WITHDRAW)
    stored(one)
    if one.kind == CertificateKind.DUPLICATE:
        return
    for copy in _valid(file):
        CERTIFICATES.move(copy, OfCertificate.WITHDRAW)
        stored(copy)
        _withdraw_paper(copy, paper.withdrawal)
    if file.ended_on is not None:
        participations.note_certificate(participation_id=file.pk, day=None)


def file_reopened(file: Participation) -> None:
    """An end that was a mistake had no certificate."""
    for one in _valid(file):
        _withdraw_paper(one, f"Sprawę otwarto ponownie: {file.reopen_reason}"[:300])


def day_noted(file: Participation) -> None:
    """What was issued here has its day from here."""
    one = _valid_original(file)
    if one is not None and one.given_on != file.certificate_on:
        day = format_table_date(one.given_on)
        raise InputError(f"Zaświadczenie {one.number} wydano tu {day}, więc ten dzień się nie zmienia.")


def _file(participation_id: UUID) -> Participation:
    locked(participation_id)
    found: Participation = Participation.objects.select_related("person").get(pk=participation_id)
    return found


def _locked(certificate_id: UUID) -> Certificate:
    """The certificate with its file, which is locked before it."""
    rows = Certificate.objects.select_related("participation__person")
    found: Certificate = rows.get(pk=certificate_id)
    locked(found.participation_id)
    held: Certificate = (
        Certificate.objects.select_related("participation__person")
        .select_for_update(of=("self",))
        .get(pk=found.pk)
    )
    return held


def _valid(file: Participation) -> list[Certificate]:
    rows = Certificate.objects.select_for_update(of=("self",)).filter(
        participation=file, state=CertificateState.ISSUED
    )
    return list(rows.order_by("made_at", "pk"))


def _valid_original(file: Participation) -> Certificate | None:
    return next((one for one in _valid(file) if one.kind != CertificateKind.DUPLICATE), None)


def _withdraw_paper(one: Certificate, reason: str) -> None:
    paper = Document.objects.filter(kind=queries.KIND, key=str(one.pk), state=DocumentState.ISSUED).first()
    if paper is not None:
        withdraw_document(document=paper, reason=reason)


def _said(reason: str, sentence: str) -> str:
    if not reason.strip():
        raise InputError(sentence, field="reason")
    return reason.strip()


def _made(
    file: Participation,
    kind: CertificateKind,
    content: dict[str, Any],
    *,
    given_on: date,
    follows: Certificate | None = None,
    number: str = "",
    reason: str = "",
    title: tuple[bool, date | None] | None = None,
) -> Certificate:
    if title is None:
        held = queries.title_on(file, given_on)
        title = (held.is_graduate, held.until)
    return stored(
        Certificate(
            participation=file,
            person_id=file.person_id,
            kind=kind,
            number=number or next_number(papers.SERIES, on=clock.today()),
            issued_on=clock.today(),
            given_on=given_on,
            follows=follows,
            reason=reason,
            content=content,
            graduate=title[0],
            graduate_until=title[1],
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )
