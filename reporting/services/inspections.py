"""An inspection, led by the office: prepared, opened, its sample and checklist, and the end of its access.

What is read in the unit comes from `services.inspection_looks`; here everything is the office's own.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from participants.services.participations.common import actor, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reporting.enums import InspectionAct, InspectionBasis, InspectionState
from reporting.models import (
    Inspection,
    InspectionFile,
    InspectionFinding,
    InspectionMember,
    InspectionPoint,
    InspectionStep,
    RegisterEntry,
)
from reporting.queries import inspections as queries
from reporting.rules import checklist
from reporting.rules import inspections as rules
from reporting.services import sides
from reporting.transitions import INSPECTIONS, OfInspection

WHAT = "inspection"
SEED_BYTES = 16


def prepare(*, entry_id: UUID, **said: Any) -> Inspection:
    """Write down what an inspection is to be; nobody but the office reads it until its access is opened."""
    entry = RegisterEntry.objects.get(pk=entry_id)
    row = Inspection(entry=entry, unit_type=entry.unit_type, made_by_id=actor(), made_on=clock.today())
    made = _said(row, said)
    add_member(inspection_id=made.pk, user_id=actor())
    return made


def change(*, inspection_id: UUID, **said: Any) -> Inspection:
    row = locked(inspection_id)
    if row.state != InspectionState.DRAFT:
        raise InputError("Tę kontrolę już otwarto. Zakres i okres zostają, jak były.")
    return _said(row, said)


def open_access(*, inspection_id: UUID) -> Inspection:
    """From here the unit reads of the inspection, and those who inspect may look at its files."""
    row = locked(inspection_id)
    INSPECTIONS.move(row, OfInspection.OPEN)
    today = clock.today()
    if row.access_until < today:
        raise InputError(f"Dostęp miał trwać do {format_table_date(row.access_until)}. Popraw jego dni.")
    if not queries.members_of(row):
        raise InputError("Dodaj osobę, która kontroluje.")
    row.opened_at = clock.now()
    row.addressee_id = RegisterEntry.objects.values_list("joined", flat=True).get(pk=row.entry_id)
    made: Inspection = stored(row)
    InspectionMember.objects.filter(inspection=made).update(addressee=made.addressee_id)
    for point in checklist.points_for(made.unit_type, made.areas):
        stored(
            InspectionPoint(
                inspection=made, code=point.code, addressee_id=made.addressee_id, made_at=clock.now()
            )
        )
    _note(made, InspectionAct.OPENED, until=made.access_until)
    sides.tell_other(WHAT, made, "opened")
    return made


def extend(*, inspection_id: UUID, until: date, words: str) -> Inspection:
    row = locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.EXTEND)
    if row.access_ended_at is not None:
        raise InputError("Ten dostęp już zakończono. Do dalszej kontroli potrzeba nowego upoważnienia.")
    if until <= row.access_until:
        raise InputError(
            f"Dostęp trwa do {format_table_date(row.access_until)}. Wpisz późniejszy dzień.", field="until"
        )
    if until > (last := rules.latest_end(row.access_from, extended=True)):
        raise InputError(
            f"Dostęp trwa najwyżej {rules.MOST_EXTENDED} dni, do {format_table_date(last)}.", field="until"
        )
    row.access_until, row.extended = until, True
    made: Inspection = stored(row)
    _note(made, InspectionAct.EXTENDED, words=words, until=until)
    sides.tell_other(WHAT, made, "extended", f":{until.isoformat()}")
    return made


def end_access(*, inspection_id: UUID, words: str = "") -> Inspection:
    """End the access before its last day; the inspection goes on without it."""
    row = locked(inspection_id)
    INSPECTIONS.refuse_state(row, OfInspection.END)
    if row.access_ended_at is not None:
        raise InputError("Ten dostęp już zakończono.")
    row.access_ended_at = clock.now()
    made: Inspection = stored(row)
    _note(made, InspectionAct.ENDED, words=words)
    sides.tell_other(WHAT, made, "ended")
    return made


def cancel(*, inspection_id: UUID, words: str) -> Inspection:
    row = locked(inspection_id)
    opened = row.state == InspectionState.OPEN
    INSPECTIONS.move(row, OfInspection.CANCEL)
    if opened and row.access_ended_at is None:
        row.access_ended_at = clock.now()
    row.cancelled_on = clock.today()
    made: Inspection = stored(row)
    _note(made, InspectionAct.CANCELLED, words=words)
    sides.tell_other(WHAT, made, "cancelled")
    return made


def add_member(*, inspection_id: UUID, user_id: UUID) -> InspectionMember:
    row = _going_on(inspection_id)
    if not queries.colleagues().filter(pk=user_id).exists():
        raise InputError("Kontrolować może tylko osoba z tego urzędu.", field="user")
    member = InspectionMember(
        inspection=row, user_id=user_id, addressee_id=row.addressee_id, made_at=clock.now()
    )
    made: InspectionMember = stored(member)
    if row.state == InspectionState.OPEN:
        _note(row, InspectionAct.MEMBER_ADDED, words=str(made.user))
        sides.tell_other(WHAT, row, "joined", f":{made.pk}")
    return made


def remove_member(*, inspection_id: UUID, member_id: UUID) -> None:
    """Whoever is taken away looks no longer, from this moment on."""
    row = _going_on(inspection_id)
    member = InspectionMember.objects.get(pk=member_id, inspection=row)
    if len(queries.members_of(row)) == 1 and member.removed_at is None:
        raise InputError("Ktoś musi kontrolować. Dodaj najpierw drugą osobę.")
    if row.state == InspectionState.DRAFT:
        member.delete()
        return
    member.removed_at = clock.now()
    stored(member)
    _note(row, InspectionAct.MEMBER_REMOVED, words=str(member.user))


def draw(
    *,
    inspection_id: UUID,
    frame: Mapping[UUID, str],
    facts: Mapping[str, tuple[int, int]],
    size: int | None = None,
) -> Inspection:
    """Draw the sample from the files that the unit had in the period, and keep how it was drawn."""
    row = _with_access(inspection_id)
    if row.seed:
        raise InputError("Próba jest już wylosowana. Akta można dodać ręcznie, z powodem.")
    if not frame:
        raise InputError("W okresie kontrolowanym jednostka nie miała żadnych akt.")
    size = min(size or rules.proposed_size(len(frame)), len(frame))
    if size > rules.MOST_FILES:
        raise InputError(f"Próba ma najwyżej {rules.MOST_FILES} akt.", field="size")
    row.seed, row.drawn_at = secrets.token_hex(SEED_BYTES), clock.now()
    row.frame_size, row.frame_digest = len(frame), rules.digest_of(frame)
    made = _counted(row, facts)
    known = {one.participation for one in queries.files_of(made)}
    for key in rules.draw(frame, size=size, seed=made.seed):
        if key not in known:
            _add(made, participation=key, file_number=frame[key], drawn=True)
    _note(made, InspectionAct.DRAWN, words=f"{size} z {len(frame)}")
    return made


def count(*, inspection_id: UUID, facts: Mapping[str, tuple[int, int]]) -> Inspection:
    """Keep what the program counts for the checklist today."""
    return _counted(_with_access(inspection_id), facts)


def add_file(*, inspection_id: UUID, number: str, reason: str, participation: UUID | None) -> InspectionFile:
    """Add a file by hand, with a reason; of a unit in the program it is one that the unit has."""
    row = locked(inspection_id)
    if row.addressee_id is not None:
        _refuse_without_access(row)
        if participation is None:
            raise InputError("Jednostka nie ma w okresie kontrolowanym akt o tym numerze.", field="number")
    if any(one.participation == participation for one in queries.files_of(row) if participation):
        raise InputError("Te akta są już w próbie.", field="number")
    return _add(row, participation=participation, file_number=clean(number), reason=clean(reason))


def find(*, inspection_id: UUID, file_id: UUID, finding: str, words: str) -> InspectionFinding:
    """Write down what was found in a file of the sample."""
    row = inspected(inspection_id)
    found = InspectionFinding.objects.get(file=file_id, file__inspection=row)
    found.finding, found.words = finding, clean(words, lines=True)
    found.checked_by_id = actor() if finding else None
    found.checked_at = clock.now() if finding else None
    made: InspectionFinding = stored(found)
    return made


def answer(*, inspection_id: UUID, code: str, answer: str, words: str) -> InspectionPoint:
    """Answer a point of the checklist."""
    row = inspected(inspection_id)
    point = InspectionPoint.objects.get(inspection=row, code=code)
    point.answer, point.words = answer, clean(words, lines=True)
    point.answered_by_id = actor() if answer else None
    point.answered_at = clock.now() if answer else None
    made: InspectionPoint = stored(point)
    return made


def inspected(inspection_id: UUID) -> Inspection:
    """The inspection, for one of those who inspect: what was found is theirs to say."""
    row = locked(inspection_id)
    if not queries.inspects(row, actor()):
        raise InputError("Tę kontrolę prowadzi kto inny. Ustalenia wpisuje osoba, która kontroluje.")
    return row


def locked(inspection_id: UUID) -> Inspection:
    found: Inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection_id)
    return found


def _said(row: Inspection, said: Mapping[str, Any]) -> Inspection:
    for name in ("number", "authorisation", "basis_words"):
        setattr(row, name, clean(said[name]))
    for name in ("authorised_on", "basis", "period_from", "period_until", "access_from", "access_until"):
        setattr(row, name, said[name])
    allowed = checklist.areas_for(row.unit_type)
    row.areas = [area for area in allowed if area in said["areas"]]
    if not row.areas:
        raise InputError("Zaznacz, co obejmuje kontrola.", field="areas")
    if row.basis == InspectionBasis.SUPERVISION and row.unit_type != "CIS":
        raise InputError("Nadzór z art. 5b dotyczy CIS. Wybierz inną podstawę.", field="basis")
    if row.basis == InspectionBasis.OTHER and not row.basis_words:
        raise InputError("Napisz, jaki przepis albo umowa.", field="basis_words")
    if row.authorised_on > row.access_from:
        raise InputError("Dostęp zaczyna się nie wcześniej niż upoważnienie.", field="access_from")
    if row.access_until > (last := rules.latest_end(row.access_from)):
        raise InputError(
            f"Dostęp trwa najwyżej {rules.MOST_DAYS} dni, do {format_table_date(last)}.", field="access_until"
        )
    made: Inspection = stored(row)
    return made


def _going_on(inspection_id: UUID) -> Inspection:
    row = locked(inspection_id)
    if row.state not in {InspectionState.DRAFT, InspectionState.OPEN}:
        raise InputError("Tej kontroli nikt już nie prowadzi w aktach.")
    return row


def _with_access(inspection_id: UUID) -> Inspection:
    row = locked(inspection_id)
    _refuse_without_access(row)
    return row


def _refuse_without_access(row: Inspection) -> None:
    if not queries.may_look(row, clock.today()):
        raise InputError("Dostęp do akt jest zamknięty.")


def _counted(row: Inspection, facts: Mapping[str, tuple[int, int]]) -> Inspection:
    row.facts, row.facts_at = {key: list(found) for key, found in facts.items()}, clock.now()
    made: Inspection = stored(row)
    return made


def _add(row: Inspection, **file: Any) -> InspectionFile:
    position = len(queries.files_of(row)) + 1
    part = {"addressee_id": row.addressee_id, "made_at": clock.now()}
    made: InspectionFile = stored(InspectionFile(inspection=row, position=position, **part, **file))
    stored(InspectionFinding(file=made, **part))
    return made


def _note(row: Inspection, act: InspectionAct, *, words: str = "", until: date | None = None) -> None:
    stored(
        InspectionStep(
            inspection=row,
            act=act,
            words=clean(words, lines=True),
            until=until,
            by_id=actor(),
            addressee_id=row.addressee_id,
            made_at=clock.now(),
        )
    )
