"""Supported employment: the motion to PUP, its answer, the agreement, the work (art. 16).

Everything runs in the scope of the unit, in the transaction of the request. The file is locked first, then
what belongs to it. A file that has ended takes part too: a referral comes after the participation.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from benefits.enums import JobBreak, JobFailure, JobPlace, JobState
from benefits.models import SupportedJob
from benefits.queries import supported as queries
from benefits.rules import supported_work as rules
from benefits.transitions import JOBS, OfJob
from participants.models import Participation
from participants.rules.codes import UnitType
from participants.services.participations.common import locked, not_in_future, stored, unit_type
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean

EMPLOYER = (
    "employer_name",
    "employer_nip",
    "employer_street",
    "employer_postcode",
    "employer_town",
    "employer_contact",
    "employer_phone",
    "employer_email",
)
NOT_BEGUN = "Osoba nie zaczęła jeszcze zajęć. PUP kieruje po nich albo po 6 miesiącach. (art. 16 ust. 1)"


def propose(*, participation_id: UUID, **said: Any) -> SupportedJob:
    """Begin a motion; it may be prepared before the day on which PUP may refer."""
    file = locked(participation_id)
    if SupportedJob.objects.filter(participation=file, state__in=queries.UNDER_WAY).exists():
        raise InputError("Ta osoba ma już jedno zatrudnienie wspierane w toku.")
    row = SupportedJob(participation=file, person_id=file.person_id, unit_type=unit_type())
    return _described(row, said)


def change(*, job_id: UUID, **said: Any) -> SupportedJob:
    """Correct a motion that has not been answered."""
    row, _ = held(job_id)
    if row.state not in {JobState.DRAFTED, JobState.SENT}:
        raise InputError("PUP odpowiedział już na ten wniosek. Zmienić można dane pracodawcy.")
    return _described(row, said)


def set_employer(*, job_id: UUID, position: str, accident_rate: Decimal, **said: str | None) -> SupportedJob:
    """Who employs, with what stands on the papers; what was left empty is not known."""
    row, _ = held(job_id)
    if row.state not in queries.UNDER_WAY:
        raise InputError("Ta sprawa jest zakończona. Nie można jej zmienić.")
    for name in EMPLOYER:
        setattr(row, name, clean(said[name] or ""))
    row.position, row.accident_rate = clean(position), accident_rate
    return stored(row)


def send(
    *,
    job_id: UUID,
    sent_on: date,
    social_worker_on: date,
    manager_on: date | None = None,
    participant_on: date | None = None,
) -> SupportedJob:
    """The motion goes to PUP, signed: in a CIS by three, in a KIS by the social worker (art. 16 ust. 1)."""
    row, file = held(job_id)
    JOBS.refuse_state(row, OfJob.SEND)
    not_in_future(sent_on, field="sent_on")
    if queries.referral_from(file) is None:
        raise InputError(NOT_BEGUN)
    if queries.is_early(file, sent_on) and not row.reason:
        raise InputError(
            "Osoba jeszcze chodzi na zajęcia. Dopisz we wniosku, dlaczego ma zacząć pracę wcześniej."
            " (art. 16 ust. 1)"
        )
    row.sent_on, row.social_worker_on = sent_on, social_worker_on
    if row.unit_type == UnitType.CIS:
        row.manager_on, row.participant_on = manager_on, participant_on
    JOBS.move(row, OfJob.SEND)
    return stored(row)


def refer(*, job_id: UUID, answered_on: date, employer_name: str, position: str) -> SupportedJob:
    """PUP has referred; the act says from which day on it may."""
    row, file = held(job_id)
    JOBS.refuse_state(row, OfJob.REFER)
    not_in_future(answered_on, field="answered_on")
    first = queries.referral_from(file)
    if first is None or answered_on < first:
        said = f"PUP może skierować najwcześniej {format_table_date(first)}." if first else NOT_BEGUN
        raise InputError(
            f"{said} Po 6 miesiącach zajęć albo po ich końcu. (art. 16 ust. 1)", field="answered_on"
        )
    row.answered_on, row.employer_name, row.position = answered_on, clean(employer_name), clean(position)
    JOBS.move(row, OfJob.REFER)
    return stored(row)


def agree(*, job_id: UUID, **said: Any) -> SupportedJob:
    """The starosta and the employer have signed (art. 16 ust. 2)."""
    row, _ = held(job_id)
    JOBS.refuse_state(row, OfJob.AGREE)
    if not queries.at_employer(row):
        raise InputError("Praca w Centrum nie ma umowy ze starostą ani refundacji. (art. 16 ust. 2)")
    _written(row, said)
    JOBS.move(row, OfJob.AGREE)
    return stored(row)


def correct_agreement(*, job_id: UUID, **said: Any) -> SupportedJob:
    """What the agreement says was typed wrongly, or an annex has changed it."""
    row, _ = held(job_id)
    if row.state not in {JobState.AGREED, JobState.WORKING} or not queries.at_employer(row):
        raise InputError("W tej sprawie nie ma umowy, którą można zmienić.")
    return stored(_written(row, said))


def start(*, job_id: UUID, since: date, until: date) -> SupportedJob:
    """The person has begun to work."""
    row, _ = held(job_id)
    centre = row.place == JobPlace.CENTRE
    step = OfJob.START_IN_CENTRE if centre else OfJob.START
    JOBS.refuse_state(row, step)
    not_in_future(since, field="since")
    row.since, row.until = since, until
    if not centre:
        _bound(row)
    JOBS.move(row, step)
    return stored(row)


def complete(*, job_id: UUID, ended_on: date) -> SupportedJob:
    """The person has worked as long as was agreed."""
    row, _ = held(job_id)
    JOBS.refuse_state(row, OfJob.COMPLETE)
    not_in_future(ended_on, field="ended_on")
    if row.until is not None and ended_on < row.until:
        until = format_table_date(row.until)
        raise InputError(f"Praca miała trwać do {until}. Jeśli skończyła się wcześniej, wpisz przerwanie.")
    row.ended_on = ended_on
    JOBS.move(row, OfJob.COMPLETE)
    return stored(row)


def break_off(*, job_id: UUID, ended_on: date, end_reason: str, note: str) -> SupportedJob:
    """The work ended earlier than was agreed."""
    row, _ = held(job_id)
    JOBS.refuse_state(row, OfJob.BREAK_OFF)
    not_in_future(ended_on, field="ended_on")
    if row.until is not None and ended_on >= row.until:
        raise InputError("Praca trwała do końca umowy. Zapisz jej zakończenie.", field="ended_on")
    row.ended_on, row.end_reason = ended_on, end_reason
    row.end_note = _explained(note, needed=end_reason == JobBreak.OTHER)
    JOBS.move(row, OfJob.BREAK_OFF)
    return stored(row)


def fail(*, job_id: UUID, failed_on: date, fail_reason: str, note: str) -> SupportedJob:
    """Nothing comes of it, and why (PAIN-09)."""
    row, _ = held(job_id)
    JOBS.refuse_state(row, OfJob.FAIL)
    not_in_future(failed_on, field="failed_on")
    row.failed_on, row.fail_reason = failed_on, fail_reason
    row.end_note = _explained(note, needed=fail_reason == JobFailure.OTHER)
    JOBS.move(row, OfJob.FAIL)
    return stored(row)


def held(job_id: UUID) -> tuple[SupportedJob, Participation]:
    """The row and its file, the file locked first."""
    file = locked(SupportedJob.objects.values_list("participation_id", flat=True).get(pk=job_id))
    row: SupportedJob = SupportedJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    return row, file


def _described(row: SupportedJob, said: Mapping[str, Any]) -> SupportedJob:
    row.place = said["place"]
    row.pup_name = clean(said["pup_name"])
    row.employer_name, row.position = clean(said["employer_name"]), clean(said["position"])
    row.reason = clean(said["reason"], lines=True)
    return stored(row)


def _written(row: SupportedJob, said: Mapping[str, Any]) -> SupportedJob:
    not_in_future(said["agreed_on"], field="agreed_on")
    row.agreed_on, row.agreement_number = said["agreed_on"], clean(said["agreement_number"])
    row.since, row.until, row.monthly_pay = said["since"], said["until"], said["monthly_pay"]
    row.de_minimis_note = clean(said["de_minimis_note"])
    return _bound(row)


def _bound(row: SupportedJob) -> SupportedJob:
    """Hold the work to the shortest employment of the agreement, and say until when it is refunded."""
    if row.agreed_on is None or row.since is None or row.until is None:
        raise InputError("Umowa ma dzień podpisania, początek i koniec pracy.")
    found = rules.terms(row.agreed_on, queries.current_law())
    least = rules.least_until(row.since, found)
    if row.until < least:
        raise InputError(
            f"Umowa jest na co najmniej {found.least} miesięcy: do {format_table_date(least)} albo dłużej."
            " (art. 16 ust. 2)",
            field="until",
        )
    row.refund_until = rules.refund_until(row.since, found)
    return row


def _explained(note: str, *, needed: bool) -> str:
    text = clean(note, lines=True)
    if needed and not text:
        raise InputError("Napisz, co się stało.", field="note")
    return text
