"""Signatures, the agreement of the head of OPS, and a version that comes into force (art. 12 ust. 4)."""

from datetime import date
from uuid import UUID

from ipzs.enums import ProgrammeKind, ProgrammeState, SignedHow, VersionState
from ipzs.models import Programme, ProgrammeVersion
from ipzs.programme_paper import content_of, content_pdf, summary_of
from ipzs.programmes_papers import SERIES_OF
from ipzs.rules import content as rules
from ipzs.services.programmes.common import (
    locked_version,
    open_file,
    paper,
    refuse_live,
    version_in_force,
)
from ipzs.services.programmes.evaluations import plan_evaluations
from ipzs.transitions.programmes import OfProgramme, OfVersion, passed, refuse_state
from participants.enums import AgreementState
from participants.models import Agreement
from participants.papers import PROGRAMME_FILE
from participants.rules.codes import UnitType
from participants.services.participations import ask_agreement, record_answer, sign_programme
from participants.services.participations.common import (
    actor,
    locked_open,
    not_in_future,
    stored,
    unit_type,
)
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import store_file
from reintegration.documents.numbers import next_number
from reintegration.documents.uploads import CheckedFile, clean_name
from reintegration.jobs.services import enqueue
from reintegration.tenancy.scope import current_scope

ANSWERED_JOB = "ipzs.agreement_answered"


def needs_agreement(programme: Programme) -> bool:
    """Nobody enters a CIS before the head of OPS agreed; an annex and a contract of a KIS need no consent."""
    if unit_type() is UnitType.KIS:
        return False
    been = (VersionState.IN_FORCE, VersionState.REPLACED)
    return not ProgrammeVersion.objects.filter(programme=programme, state__in=been).exists()


def sign_version(
    *,
    version_id: UUID,
    signed_on: date,
    how: str,
    witness: str = "",
    scan: CheckedFile | None = None,
    sender_id: UUID | None = None,
    body_name: str = "",
    summary: str = "",
) -> ProgrammeVersion:
    """Write down the signatures; the first version of a CIS then goes to the head of OPS."""
    programme, version = locked_version(version_id)
    file = open_file(programme)
    refuse_state(version, OfVersion.SIGN)
    not_in_future(signed_on, field="signed_on")
    if how not in {SignedHow.PAPER, SignedHow.WITNESSED}:
        raise InputError("Wybierz, jak podpisano.", field="how")
    if how == SignedHow.PAPER and scan is None:
        raise InputError("Dodaj skan podpisanego dokumentu.", field="scan")
    if how == SignedHow.WITNESSED and not witness.strip():
        raise InputError("Wpisz, w czyjej obecności podpisano.", field="witness")
    # A scan stands for what was signed; else what was printed for the signatures does.
    signed = scan or _printed(programme, version)
    first = version_in_force(programme) is None
    values = {"signed_on": signed_on, "signed_how": how, "witness": witness.strip()}
    if needs_agreement(programme):
        asked = ask_agreement(
            participation_id=file.pk,
            body_name=body_name,
            signed_on=signed_on,
            sender_id=sender_id,
            programme=signed,
            summary=summary or summary_of(programme, version),
        )
        passed(version, OfVersion.SIGN, **values, agreement=asked, scan=asked.stored_file)
        return version
    kept = store_file(signed, kind=PROGRAMME_FILE, subject=file.person_id)
    passed(version, OfVersion.SIGN, **values, scan=kept.pk)
    if first:
        sign_programme(participation_id=file.pk, signed_on=signed_on)
    _enforce(programme, version)
    return version


def _printed(programme: Programme, version: ProgrammeVersion) -> CheckedFile:
    """What was printed for the signatures, when they were given in somebody's presence."""
    pdf = content_pdf(programme, version)
    name = clean_name(f"{paper(unit_type())} {programme.number}".replace("/", "-"), "pdf")
    return CheckedFile(name, "application/pdf", pdf)


def answered(agreement: Agreement) -> None:
    """What an answer of OPS means for the version that was sent; in the unit's own scope."""
    if current_scope().organisation_id != agreement.unit_id:
        enqueue(
            kind=ANSWERED_JOB,
            payload={"unit": agreement.unit_id, "agreement": agreement.pk},
            key=f"agreement:{agreement.pk}",
        )
        return
    settle(agreement)


def settle(agreement: Agreement) -> None:
    """Bring the version that was sent to what OPS answered; again it changes nothing."""
    sent = ProgrammeVersion.objects.filter(agreement=agreement).values_list("pk", flat=True).first()
    if sent is None:
        return
    programme, version = locked_version(sent)
    if version.state != VersionState.SIGNED:
        return
    if agreement.state == AgreementState.AGREED:
        _enforce(programme, version)
    elif agreement.state == AgreementState.REMARKS:
        passed(version, OfVersion.OBJECT, remarks=agreement.remarks)


def _enforce(programme: Programme, version: ProgrammeVersion) -> None:
    """Let a version hold in place of the one before it, and the programme for as long as it says."""
    before = version_in_force(programme)
    if before is not None:
        passed(before, OfVersion.REPLACE)
    passed(version, OfVersion.ENFORCE)
    programme.since = programme.since or version.since
    programme.until = version.until
    if programme.state == ProgrammeState.PREPARED:
        passed(programme, OfProgramme.BEGIN)
    else:
        stored(programme)
    replaced = content_of(before, programme.kind).evaluations if before is not None else ()
    plan_evaluations(programme, content_of(version, programme.kind).evaluations, before=replaced)


def enter_running(
    *,
    participation_id: UUID,
    signed_on: date,
    content: rules.Content,
    number: str = "",
    agreed_on: date | None = None,
    agreed_by: str = "",
    body_name: str = "",
    scan: CheckedFile | None = None,
) -> Programme:
    """Enter a programme that was agreed before the unit began to work here, as it stands on paper.

    What such a paper lacks by today's rules stays as it is; the next annex makes it whole.
    """
    file = locked_open(participation_id)
    if content.since is None or content.until is None:
        raise InputError("Wpisz, od kiedy i do kiedy obowiązuje program.", field="since")
    not_in_future(signed_on, field="signed_on")
    refuse_live(file)
    kind = content.face.value
    kept = store_file(scan, kind=PROGRAMME_FILE, subject=file.person_id).pk if scan is not None else None
    programme = stored(
        Programme(
            participation=file,
            person_id=file.person_id,
            kind=kind,
            number=number or next_number(SERIES_OF[ProgrammeKind(kind)], on=clock.today()),
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )
    version = stored(
        ProgrammeVersion(
            programme=programme,
            person_id=file.person_id,
            number=1,
            state=VersionState.SIGNED,
            content=rules.to_dict(content),
            since=content.since,
            until=content.until,
            signed_on=signed_on,
            signed_how=SignedHow.EARLIER if kept is None else SignedHow.PAPER,
            scan=kept,
            made_by_id=actor(),
            made_at=clock.now(),
        )
    )
    if unit_type() is UnitType.KIS:
        sign_programme(participation_id=file.pk, signed_on=signed_on)
        _enforce(programme, version)
        return programme
    asked = ask_agreement(participation_id=file.pk, body_name=body_name, signed_on=signed_on)
    version.agreement = asked
    stored(version)
    # The answer brings the version into force.
    record_answer(
        agreement_id=asked.pk,
        agreed=True,
        remarks="",
        name=agreed_by,
        answered_on=agreed_on or signed_on,
    )
    programme.refresh_from_db()
    return programme
