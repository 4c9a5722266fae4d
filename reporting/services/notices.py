"""What a club tells the office that keeps its register, and what the office makes of it (art. 18a)."""

from datetime import date
from typing import Any
from uuid import UUID

from participants.services.participations.common import actor, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope
from reporting.enums import EndReason, NoticeKind, ProcedureState
from reporting.models import ClubNotice, RegisterEntry
from reporting.queries.procedures import BESIDES, data_of_club, entry_of, missing_of_notice
from reporting.services import proceedings, registers
from reporting.transitions import OfProcedure


def start(*, kind: str, since: date | None = None, **data: Any) -> ClubNotice:
    """Begin a notice; it is the unit's own until it is sent. A closing says what the register says."""
    unit = Unit.objects.get(pk=current_scope().organisation_id)
    if unit.unit_type != UnitType.KIS:
        raise InputError("Zgłoszenie składa klub. CIS składa wniosek o status.")
    entry = entry_of(unit.pk)
    if kind == NoticeKind.ENTRY and entry is not None:
        raise InputError("Klub jest już w rejestrze. Zgłoś zmianę danych.")
    _check(kind, since)
    proceedings.refuse_second(ClubNotice.objects.filter(kind=kind))
    made: ClubNotice = stored(
        ClubNotice(
            kind=kind,
            content=_kept(data or data_of_club(unit.pk)),
            since=since,
            entry=entry.pk if entry is not None else None,
            made_at=clock.now(),
            made_by_id=actor(),
        )
    )
    return made


def write(*, notice_id: UUID, since: date | None = None, **data: Any) -> ClubNotice:
    """Put a draft right; what the office asked to be completed goes to it at once."""
    notice = proceedings.locked(ClubNotice, notice_id)
    proceedings.refuse_closed(notice)
    _check(notice.kind, since)
    notice.since = since
    if data:
        notice.content = _kept(data)
    if notice.state == ProcedureState.TO_COMPLETE:
        _send(notice)
    else:
        stored(notice)
    return notice


def send(*, notice_id: UUID) -> ClubNotice:
    """Give a notice to the office once it says all that its form asks: the office's term runs from then."""
    notice = proceedings.locked(ClubNotice, notice_id)
    _send(notice)
    return notice


def enter(*, notice_id: UUID, number: str, decided_on: date, **data: Any) -> RegisterEntry:
    """Enter the club that was told of: entry and unit are linked with it."""
    notice = _of_kind(notice_id, NoticeKind.ENTRY)
    entry = registers.enter(
        unit_type=UnitType.KIS, number=number, decision="", decided_on=decided_on, since=decided_on, **data
    )
    registers.link(entry_id=entry.pk, unit_id=notice.unit_id)
    notice.entry = entry.pk
    proceedings.finish(notice, OfProcedure.FINISH, on=decided_on)
    return entry


def change(*, notice_id: UUID, since: date, **data: Any) -> RegisterEntry:
    """Write the changed data into the register."""
    notice = _of_kind(notice_id, NoticeKind.CHANGE)
    entry = _linked(notice)
    registers.change(entry_id=entry.pk, since=since, **data)
    notice.entry = entry.pk
    proceedings.finish(notice, OfProcedure.FINISH, on=clock.today())
    return entry


def delete(*, notice_id: UUID, number: str, decided_on: date, since: date) -> RegisterEntry:
    """Delete the club that says it has stopped (art. 18a ust. 5)."""
    notice = _of_kind(notice_id, NoticeKind.CLOSING)
    entry = _linked(notice)
    registers.end(
        entry_id=entry.pk, reason=EndReason.CLOSED, number=number, decided_on=decided_on, since=since
    )
    notice.entry = entry.pk
    proceedings.finish(notice, OfProcedure.FINISH, on=decided_on)
    return entry


def _send(notice: ClubNotice) -> None:
    if missing := missing_of_notice(notice):
        raise InputError(f"Zanim wyślesz, uzupełnij: {'; '.join(missing)}.")
    proceedings.send(notice)


def _check(kind: str, since: date | None) -> None:
    if kind == NoticeKind.CLOSING and since is not None and since > clock.today():
        raise InputError("Zaprzestanie zgłasza się, gdy nastąpiło.", field="since")


def _of_kind(notice_id: UUID, kind: NoticeKind) -> ClubNotice:
    notice = proceedings.locked(ClubNotice, notice_id)
    if notice.kind != kind:
        raise InputError(f"To jest {notice.get_kind_display()}.")
    return notice


def _linked(notice: ClubNotice) -> RegisterEntry:
    found: RegisterEntry | None = RegisterEntry.objects.filter(joined=notice.unit_id).first()
    if found is None:
        raise InputError("Najpierw w rejestrze połącz wpis klubu z tą jednostką.")
    return found


def _kept(data: dict[str, Any]) -> dict[str, str]:
    """The data as the row keeps them: days as ISO 8601."""
    names = (*registers.DATA, *BESIDES)
    return {name: plain(data[name]) for name in names if data.get(name) is not None}


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else clean(str(value), lines=True)
