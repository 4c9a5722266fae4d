"""The programme is signed and the head of the welfare centre agrees to it, before anybody enters.

The body that is asked reads the agreement and the programme's file, and nothing else of the unit's.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from participants.enums import AgreementState
from participants.models import Agreement, IntakeSettings, Participation
from participants.papers import PROGRAMME_FILE
from participants.rules.codes import UnitType
from participants.services.participations.common import (
    actor,
    locked,
    locked_open,
    not_in_future,
    stored,
    unit_type,
)
from participants.transitions import AGREEMENTS, OfAgreement
from reintegration.core import clock, slots
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.files import store_file
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope


def sign_programme(*, participation_id: UUID, signed_on: date) -> Participation:
    """Note the day on which the person and the unit signed the programme, in a KIS the contract."""
    file = locked_open(participation_id)
    _signed(file, signed_on)
    return file


def ask_agreement(
    *,
    participation_id: UUID,
    body_name: str,
    signed_on: date,
    sender_id: UUID | None = None,
    programme: CheckedFile | None = None,
    summary: str = "",
) -> Agreement:
    """Ask the head of the welfare centre to agree (art. 12 ust. 4); the new version replaces the last.

    Without `sender_id` the body has no account: it answers by a signed link or on paper.
    """
    file = locked_open(participation_id)
    if unit_type() is UnitType.KIS:
        raise InputError("W KIS kontraktu nie uzgadnia się z OPS. (art. 18)")
    if sender_id is not None:
        body = Organisation.objects.filter(pk=sender_id, kind=OrganisationKind.REFERRING_BODY).first()
        if body is None:
            raise InputError("Wybierz ośrodek z listy.", field="sender")
        body_name = body.name
    if not body_name.strip():
        raise InputError("Wpisz, z kim uzgadniasz program.", field="body_name")
    _signed(file, signed_on)
    before = newest_agreement(file)
    if before is not None and AGREEMENTS.may(before, OfAgreement.REPLACE):
        _replace(before)
    stored_file = None
    if programme is not None:
        kept = store_file(programme, kind=PROGRAMME_FILE, subject=file.person_id)
        if sender_id is not None:
            kept.shared_with_id = sender_id
            kept.save(update_fields=["shared_with"])
        stored_file = kept.pk
    terms = IntakeSettings.objects.first() or IntakeSettings()
    return stored(
        Agreement(
            unit_id=file.unit_id,
            sender_id=sender_id,
            participation=file,
            version=before.version + 1 if before is not None else 1,
            person_name=str(file.person),
            body_name=body_name.strip(),
            stored_file=stored_file,
            summary=summary.strip(),
            signed_on=signed_on,
            asked_at=clock.now(),
            asked_by_id=actor(),
            due_on=clock.today() + timedelta(days=terms.agreement_days),
        )
    )


def answer_agreement(
    *, agreement_id: UUID, agreed: bool, remarks: str = "", name: str, user_id: UUID | None
) -> Agreement:
    """Write down the answer of the body, in its own scope or in the unit's (by a signed link)."""
    answer = _answer(remarks, name)
    return _answered(agreement_id, agreed, {**answer, "answered_at": clock.now(), "answered_by_id": user_id})


def record_answer(
    *, agreement_id: UUID, agreed: bool, remarks: str, name: str, answered_on: date
) -> Agreement:
    """Write down an answer that came on paper."""
    not_in_future(answered_on, field="answered_on")
    at = datetime.combine(answered_on, time(12), tzinfo=clock.WARSAW)
    answer = _answer(remarks, name)
    return _answered(
        agreement_id, agreed, {**answer, "answered_at": at, "answered_by_id": current_scope().user_id}
    )


def newest_agreement(file: Participation) -> Agreement | None:
    rows = Agreement.objects.select_for_update(of=("self",)).filter(participation=file)
    found: Agreement | None = rows.order_by("-version").first()
    return found


def drop_asked(file: Participation) -> None:
    """Nobody needs to answer any more."""
    found = newest_agreement(file)
    if found is not None and AGREEMENTS.may(found, OfAgreement.REPLACE):
        _replace(found)


def _replace(row: Agreement) -> None:
    AGREEMENTS.move(row, OfAgreement.REPLACE)
    row.save(update_fields=["state"])


def entry_obstacles(file: Participation, *, on: date | None = None) -> list[str]:
    """What stops a person from entering on a day (art. 12 ust. 4), in sentences; other rooms add theirs.

    Without a day it is asked about today, or about the first day that is still to come.
    """
    found = [*_paper_obstacles(file, on)]
    day = on or max([clock.today(), *_first_days(file)])
    for provider in slots.providers("participants.entry_conditions"):
        found += provider(file, day)
    return found


def _first_days(file: Participation) -> list[date]:
    days = [provider(file) for provider in slots.providers("participants.first_day")]
    return [day for day in days if day is not None]


def _paper_obstacles(file: Participation, on: date | None) -> list[str]:
    cis = unit_type() is UnitType.CIS
    paper = "Program" if cis else "Kontrakt"
    signed = file.programme_signed_on
    if signed is None:
        return [f"{paper} nie jest podpisany."]
    if on is not None and on < signed:
        return [f"{paper} podpisano {format_table_date(signed)}. Zajęcia zaczynają się najwcześniej wtedy."]
    return _agreement_obstacles(file, on) if cis else []


def _agreement_obstacles(file: Participation, on: date | None) -> list[str]:
    agreement = Agreement.objects.filter(participation=file).order_by("-version").first()
    if agreement is None or agreement.state == AgreementState.REPLACED:
        return ["Programu nie uzgodniono z OPS. (art. 12 ust. 4)"]
    if agreement.state == AgreementState.ASKED:
        return [f"OPS nie odpowiedział jeszcze w sprawie wersji {agreement.version}. (art. 12 ust. 4)"]
    if agreement.state == AgreementState.REMARKS:
        return [f"OPS ma uwagi do wersji {agreement.version}. Popraw program i wyślij go ponownie."]
    agreed_on = clock.day_of(agreement.answered_at) if agreement.answered_at else None
    if on is not None and agreed_on is not None and on < agreed_on:
        agreed = format_table_date(agreed_on)
        return [f"OPS uzgodnił program {agreed}. Zajęcia zaczynają się najwcześniej wtedy."]
    return []


def _signed(file: Participation, signed_on: date) -> None:
    not_in_future(signed_on, field="signed_on")
    if file.programme_signed_on != signed_on:
        file.programme_signed_on = signed_on
        file.save(update_fields=["programme_signed_on"])


def _answered(agreement_id: UUID, agreed: bool, answer: dict[str, Any]) -> Agreement:
    unit_id, file_id = Agreement.objects.values_list("unit_id", "participation_id").get(pk=agreement_id)
    if current_scope().organisation_id == unit_id:
        # In the unit its file is locked before everything else; the body knows no file.
        locked(file_id)
    row: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    AGREEMENTS.move(row, OfAgreement.AGREE if agreed else OfAgreement.REMARK)
    if not answer["answered_name"]:
        raise InputError("Wpisz imię i nazwisko osoby, która odpowiada.", field="name")
    if not agreed and not answer["remarks"]:
        raise InputError("Napisz, co zmienić w programie.", field="remarks")
    for field, value in answer.items():
        setattr(row, field, value)
    row.save(update_fields=["state", *answer])
    for provider in slots.providers("participants.agreement_answered"):
        provider(row)
    return row


def _answer(remarks: str, name: str) -> dict[str, Any]:
    return {"remarks": remarks.strip(), "answered_name": name.strip()}
