"""Duties done: for one person, or one training for several."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from ipzs.duties_papers import DUTY_FILE
from ipzs.enums import DutyEffect, DutyKind
from ipzs.models import DutyRecord, DutyRule
from ipzs.rules.duties import last_valid_day
from ipzs.services.duties.rules import rules
from participants.models import Participation
from participants.services.participations.common import actor, locked_open, not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.documents.files import erase_file, store_file
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import CheckedFile


@dataclass(frozen=True, slots=True)
class DutyData:
    """A duty done, as its form asks for it; without `valid_until` the unit's rule says how long it holds."""

    kind: str
    done_on: date
    valid_until: date | None = None
    done_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordedMany:
    done: tuple[DutyRecord, ...]
    # Who was left out, each with the reason.
    refused: tuple[tuple[Participation, str], ...]


def record_duty(*, participation_id: UUID, data: DutyData, scan: CheckedFile | None = None) -> DutyRecord:
    """Write down that a duty was done."""
    file = locked_open(participation_id)
    return _recorded(file, _termed(data), scan)


def record_for_many(*, participation_ids: Iterable[UUID], data: DutyData) -> RecordedMany:
    """Write down one training for several people; whoever cannot have it is named, the others do."""
    termed = _termed(data)
    rows = Participation.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(pk__in=list(participation_ids)).order_by("person__name_order", "pk")
    done: list[DutyRecord] = []
    refused: list[tuple[Participation, str]] = []
    for file in found:
        if file.ended_on is not None:
            refused.append((file, "Ta sprawa jest zakończona."))
            continue
        try:
            with transaction.atomic():
                done.append(_recorded(file, termed, None))
        except ValidationError as error:
            refused.append((file, " ".join(error.messages)))
    return RecordedMany(tuple(done), tuple(refused))


def change_duty(
    *,
    record_id: UUID,
    done_on: date,
    valid_until: date | None = None,
    done_by: str = "",
    note: str | None = None,
    scan: CheckedFile | None = None,
) -> DutyRecord:
    """Put an entry right. Without `note` it stays as it is: not everybody who mends a day reads it."""
    row = _locked(record_id)
    data = _termed(DutyData(row.kind, done_on, valid_until, done_by), earlier=row)
    row.done_on, row.valid_until, row.done_by = data.done_on, data.valid_until, data.done_by
    if note is not None:
        row.note = note
    if scan is not None:
        _forget_scan(row)
        row.scan = store_file(scan, kind=DUTY_FILE, subject=row.person_id).pk
    return stored(row)


def remove_duty(*, record_id: UUID) -> None:
    """Take away an entry made by mistake; history keeps it."""
    row = _locked(record_id)
    _forget_scan(row)
    row.delete()


def _locked(record_id: UUID) -> DutyRecord:
    found: DutyRecord = DutyRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    return found


def _forget_scan(row: DutyRecord) -> None:
    if row.scan is None:
        return
    found = StoredFile.objects.filter(pk=row.scan, erased_at__isnull=True).first()
    if found is not None:
        erase_file(found)
    row.scan = None


def _recorded(file: Participation, data: DutyData, scan: CheckedFile | None) -> DutyRecord:
    row = DutyRecord(
        participation=file,
        person_id=file.person_id,
        kind=data.kind,
        done_on=data.done_on,
        valid_until=data.valid_until,
        done_by=data.done_by.strip(),
        note=data.note.strip(),
        made_by_id=actor(),
    )
    if scan is not None:
        row.scan = store_file(scan, kind=DUTY_FILE, subject=file.person_id).pk
    return stored(row)


def _termed(data: DutyData, *, earlier: DutyRecord | None = None) -> DutyData:
    """Check the days, and say until when it holds."""
    rule: DutyRule = rules()[DutyKind(data.kind)]
    if rule.effect == DutyEffect.OFF and earlier is None:
        raise InputError("Ten obowiązek jest wyłączony w ustawieniach jednostki.")
    not_in_future(data.done_on, field="done_on")
    if data.valid_until is not None:
        if data.valid_until < data.done_on:
            message = "Ważność nie kończy się przed dniem, w którym to zrobiono."
            raise InputError(message, field="valid_until")
        return data
    if data.kind == DutyKind.MEDICAL and rule.months is None:
        message = "Wpisz dzień, do którego ważne jest orzeczenie."
        raise InputError(message, field="valid_until")
    return replace(data, valid_until=last_valid_day(data.done_on, rule.months))
