"""Partners of the unit, and what they are asked for: asked, promised, refused, come or not.

A request names the person only on a consent that this partner is meant by; then it goes by letter or by
word, as a mail names nobody. A step that was written by mistake is taken back with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from participants.enums import AskedHow, HelpKind, RequestState
from participants.models import Barrier, Consent, Participation, Partner, PartnerRequest
from participants.notice_kinds.partners import REQUEST_MAILS
from participants.papers import PARTNER_LETTER
from participants.rules.partners import tells_who
from participants.services.consents import naming
from participants.services.participations.common import actor, locked_open, stored
from participants.transitions import REQUESTS, OfRequest
from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import search_key
from reintegration.documents.models import Document
from reintegration.documents.papers import SignatureBox
from reintegration.documents.services import issue_document
from reintegration.notices.services import write_to

NEEDS_REASON: Final = frozenset({OfRequest.DECLINE, OfRequest.FAIL, OfRequest.WITHDRAW})
RETRACTS: Final = (OfRequest.RETRACT_RESULT, OfRequest.RETRACT_ANSWER)


def save_partner(*, partner_id: UUID | None, values: Mapping[str, Any]) -> Partner:
    """Write a partner down, or change what is known of one."""
    row: Partner = _locked_partner(partner_id) if partner_id else Partner()
    for name, value in values.items():
        setattr(row, name, "" if value is None else value)
    return stored(row)


def archive_partner(*, partner_id: UUID) -> Partner:
    """Ask no more; what was asked before stays as it is."""
    row = _locked_partner(partner_id)
    row.archived_on = clock.today()
    return stored(row)


def restore_partner(*, partner_id: UUID) -> Partner:
    row = _locked_partner(partner_id)
    row.archived_on = None
    return stored(row)


def _locked_partner(partner_id: UUID) -> Partner:
    found: Partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner_id)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """What a partner is asked for, as the form asks it."""

    partner_id: UUID
    help_kind: str
    text: str
    wanted_by: date
    asked_how: str
    named: bool = False
    barrier_id: UUID | None = None


def ask_partner(*, participation_id: UUID, data: Asking) -> PartnerRequest:
    """Ask a partner for help: by a mail that names nobody, by a letter, or by word that is written down."""
    file = locked_open(participation_id)
    partner = _locked_partner(data.partner_id)
    if partner.archived_on is not None:
        raise InputError("Ten partner jest w archiwum. Wybierz innego.", field="partner")
    if data.wanted_by < clock.today():
        raise InputError("Ten dzień już minął. Wpisz dzisiejszy albo późniejszy.", field="wanted_by")
    if data.asked_how == AskedHow.MAIL and not partner.email:
        raise InputError("Ten partner nie ma adresu e-mail. Wybierz inny sposób.", field="asked_how")
    row = PartnerRequest(
        person_id=file.person_id,
        participation=file,
        partner=partner,
        barrier=_barrier_of(file, data.barrier_id),
        help_kind=data.help_kind,
        text=data.text.strip(),
        wanted_by=data.wanted_by,
        asked_how=data.asked_how,
        consent=_consent_for(file, partner, data),
        asked_at=clock.now(),
        asked_by_id=actor(),
    )
    if data.asked_how == AskedHow.LETTER:
        row.letter = _letter(row)
    stored(row)
    if data.asked_how == AskedHow.MAIL:
        kind = REQUEST_MAILS[HelpKind(data.help_kind)]
        write_to(kind=kind.key, address=partner.email, link="", key=str(row.pk))
    return row


def _barrier_of(file: Participation, barrier_id: UUID | None) -> Barrier | None:
    if barrier_id is None:
        return None
    found: Barrier | None = Barrier.objects.filter(pk=barrier_id, person=file.person_id).first()
    if found is None:
        raise InputError("Tej bariery nie ma już w kartotece. Wróć i wybierz inną.")
    return found


def _consent_for(file: Participation, partner: Partner, data: Asking) -> Consent | None:
    """With what right the person is named; without a name the words must not give it away either."""
    if not data.named:
        person = file.person
        if tells_who(data.text, last_name=person.last_name, pesel=person.pesel):
            raise InputError(
                "Tu jest nazwisko albo PESEL. Bez zgody partner nie wie, o kogo chodzi: usuń je.",
                field="text",
            )
        return None
    if data.asked_how == AskedHow.MAIL:
        raise InputError(
            "E-mailem nie podajemy, o kogo chodzi. Wybierz pismo albo telefon.", field="asked_how"
        )
    wanted = search_key(partner.name)
    given = naming(person_id=file.person_id, day=clock.today())
    found = next((one for one in given if search_key(one.recipient) == wanted), None)
    if found is None:
        raise InputError("Zgoda osoby jest dla kogoś innego. Poproś bez nazwiska.", field="named")
    return found


def _letter(row: PartnerRequest) -> Document:
    worker = User.objects.get(pk=row.asked_by_id).get_full_name()
    return issue_document(
        kind=PARTNER_LETTER.key,
        context={
            "partner": row.partner,
            "help": row.get_help_kind_display(),
            "text": row.text,
            "wanted_by": row.wanted_by,
            "person": str(row.participation.person) if row.consent is not None else "",
            "worker": worker,
            "boxes": [SignatureBox("podpis", name=worker)],
        },
        subject=row.person_id,
        key=str(row.pk),
    )


# What came of it


def record_answer(*, request_id: UUID, step: str, on: date | None = None, reason: str = "") -> PartnerRequest:
    """Write what the partner said or did: `on` is the promised day, or the day on which help came."""
    row = _locked(request_id)
    wanted, today, now = OfRequest(step), clock.today(), clock.now()
    if wanted in NEEDS_REASON and not reason.strip():
        raise InputError("Napisz w jednym zdaniu, dlaczego.", field="reason")
    before = row.state
    REQUESTS.move(row, wanted)
    row.reason = reason.strip() if wanted in NEEDS_REASON else ""
    if wanted == OfRequest.PROMISE:
        if on is None or on < today:
            raise InputError("Wpisz dzień, na który obiecano pomoc: dzisiejszy albo późniejszy.", field="on")
        row.promised_for = on
    elif wanted == OfRequest.DELIVER:
        if on is None or not clock.day_of(row.asked_at) <= on <= today:
            raise InputError("Wpisz dzień, w którym pomoc przyszła: od dnia prośby do dziś.", field="on")
        row.delivered_on, row.promised_for = on, row.promised_for or on
    if before == RequestState.ASKED and wanted != OfRequest.WITHDRAW or wanted == OfRequest.PROMISE:
        row.answered_at, row.answered_by_id = now, actor()
    if wanted in {OfRequest.DELIVER, OfRequest.FAIL, OfRequest.WITHDRAW}:
        row.ended_at, row.ended_by_id = now, actor()
    return stored(row)


def correct_answer(*, request_id: UUID, reason: str) -> PartnerRequest:
    """Take back the last thing that was written of a request, because it was a mistake."""
    row = _locked(request_id)
    if not reason.strip():
        raise InputError("Napisz, co było pomyłką.", field="reason")
    step = next((one for one in RETRACTS if REQUESTS.may(row, one)), OfRequest.RETRACT_ANSWER)
    REQUESTS.move(row, step)
    row.ended_at = row.ended_by = row.delivered_on = None
    if step == OfRequest.RETRACT_ANSWER:
        row.promised_for = row.answered_at = row.answered_by = None
    row.reason = ""
    row.corrected_at, row.correction = clock.now(), reason.strip()
    return stored(row)


def _locked(request_id: UUID) -> PartnerRequest:
    """The request, held until the transaction ends, after its file; also of a file that has ended."""
    rows = PartnerRequest.objects.filter(pk=request_id)
    Participation.objects.select_for_update(of=("self",)).get(pk__in=rows.values("participation"))
    found: PartnerRequest = PartnerRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    return found
