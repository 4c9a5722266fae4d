"""Sick leaves: days on which a doctor says that somebody could not come (art. 15 ust. 7a).

A leave speaks for its days by itself; marks of absence inside it become sickness, a mark of presence has
to be put right first.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from ipzs.enums import MarkKind
from ipzs.models import DayMark, SickLeave
from ipzs.rules.words import days_text
from ipzs.services.attendance.common import (
    change_kind,
    not_ahead,
    ordered,
    refuse_closed,
    said_span,
    terms_of,
)
from ipzs.sick_papers import SICK_FILE
from participants.models import Participation
from participants.services.participations.common import actor, locked, stored
from reintegration.core.dates import DateSpan
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.core.text import clean
from reintegration.documents.files import erase_file, store_file
from reintegration.documents.models import StoredFile
from reintegration.documents.uploads import CheckedFile

LONGEST = 366
NOTE = 600
# A stay in hospital is often known weeks ahead; a paper still older is a mistake of the year or the month.
EARLIEST_PAPER = 60
ABSENT = (MarkKind.UNEXCUSED, MarkKind.EXCUSED, MarkKind.FREE)


def add_sick_leave(
    *,
    participation_id: UUID,
    since: date,
    until: date,
    confirmed_on: date | None = None,
    scan: CheckedFile | None = None,
    note: str = "",
) -> SickLeave:
    """Write down a leave; the doctor's paper may come later, and the month waits for it."""
    file = locked(participation_id)
    span = ordered(since, until)
    _check_span(file, span)
    refuse_closed(list(span), field="since")
    _check_paper(span, confirmed_on)
    leave = stored(
        SickLeave(
            participation=file,
            person_id=file.person_id,
            since=since,
            until=until,
            confirmed_on=confirmed_on,
            scan=_stored_scan(scan, file.person_id),
            note=clean(note, lines=True)[:NOTE],
        )
    )
    _take_marks(leave)
    return leave


def confirm(*, leave_id: UUID, confirmed_on: date, scan: CheckedFile | None = None) -> SickLeave:
    """The doctor's paper came."""
    leave = _held(leave_id)
    _check_paper(DateSpan(leave.since, leave.until), confirmed_on)
    leave.confirmed_on = confirmed_on
    if scan is not None:
        _forget_scan(leave)
        leave.scan = _stored_scan(scan, leave.person_id)
    return stored(leave)


def change(*, leave_id: UUID, since: date, until: date, note: str | None = None) -> SickLeave:
    """Make a leave longer or shorter; days that leave it keep their marks as sickness without a paper."""
    leave = _held(leave_id)
    span = ordered(since, until)
    _check_span(leave.participation, span)
    before = DateSpan(leave.since, leave.until)
    refuse_closed([day for day in {*before, *span} if (day in before) != (day in span)], field="since")
    leave.since, leave.until = since, until
    if note is not None:
        leave.note = clean(note, lines=True)[:NOTE]
    stored(leave)
    _let_go(leave, ~Q(day__range=(since, until)))
    _take_marks(leave)
    return leave


def remove(*, leave_id: UUID) -> None:
    """Take away a leave that was a mistake; the close of the month asks for its marked days."""
    leave = _held(leave_id)
    refuse_closed(list(DateSpan(leave.since, leave.until)))
    _let_go(leave, Q())
    _forget_scan(leave)
    leave.delete()


def _stored_scan(scan: CheckedFile | None, person_id: UUID) -> UUID | None:
    return None if scan is None else store_file(scan, kind=SICK_FILE, subject=person_id).pk


def _forget_scan(leave: SickLeave) -> None:
    found = StoredFile.objects.filter(pk=leave.scan, erased_at__isnull=True).first() if leave.scan else None
    if found is not None:
        erase_file(found)


def _held(leave_id: UUID) -> SickLeave:
    """The leave under its file: marks of the same person wait."""
    key = SickLeave.objects.values_list("participation_id", flat=True).get(pk=leave_id)
    locked(key)
    found: SickLeave = (
        SickLeave.objects.select_for_update(of=("self",)).select_related("participation").get(pk=leave_id)
    )
    return found


def _check_span(file: Participation, span: DateSpan) -> None:
    if span.days > LONGEST:
        raise InputError("Zwolnienie trwa najwyżej rok. Sprawdź dni.", field="until")
    if not terms_of(file).touch(span):
        raise InputError(f"W dniach {said_span(span)} ta osoba nie uczestniczy w zajęciach.", field="since")


def _check_paper(span: DateSpan, confirmed_on: date | None) -> None:
    if confirmed_on is None:
        return
    not_ahead(confirmed_on, field="confirmed_on")
    if confirmed_on < span.first - timedelta(days=EARLIEST_PAPER):
        first = format_table_date(span.first)
        raise InputError(
            f"Zwolnienie zaczyna się {first}. Zaświadczenie jest najwyżej {EARLIEST_PAPER} dni wcześniejsze.",
            field="confirmed_on",
        )


def _take_marks(leave: SickLeave) -> None:
    """Marks of absence become sickness; whoever is marked as having come was not ill on that day."""
    inside = DayMark.objects.select_for_update(of=("self",)).filter(
        participation=leave.participation_id, day__range=(leave.since, leave.until)
    )
    marks = list(inside.order_by("day"))
    came = [row.day for row in marks if row.kind in {MarkKind.PRESENT, MarkKind.EMPLOYER}]
    if came:
        raise InputError(f"W tych dniach jest obecność: {days_text(came)}. Najpierw popraw wpisy.")
    user_id = actor()
    for row in marks:
        if row.kind in ABSENT:
            change_kind(row, MarkKind.SICK, reason="zwolnienie lekarskie", user_id=user_id)
        if row.kind == MarkKind.SICK and row.sick_leave_id != leave.pk:
            row.sick_leave_id = leave.pk
            row.save(update_fields=["sick_leave"])


def _let_go(leave: SickLeave, which: Q) -> None:
    for row in (
        DayMark.objects.select_for_update(of=("self",)).filter(which, sick_leave=leave).order_by("day")
    ):
        row.sick_leave = None
        row.revision += 1
        row.save(update_fields=["sick_leave", "revision"])
