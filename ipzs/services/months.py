"""Closing a month of attendance, and opening it again (benefits are paid from a closed month alone).

The month is held before anything else is: who marks a day holds the file first and the month after it,
and who closes holds no file at all, so that neither waits for the other in a ring. Marks under way are
waited for and counted; those that come later are refused by the database.
"""

from collections.abc import Iterable

from ipzs.models import AttendanceMonth
from ipzs.queries import months as queries
from ipzs.services.attendance import hold_month
from ipzs.transitions.months import TABLE, Transition
from participants.services.participations.common import actor, stored
from reintegration.core import clock, slots
from reintegration.core.dates import Month
from reintegration.core.errors import InputError
from reintegration.core.formats import counted
from reintegration.core.text import clean
from reintegration.tenancy.scope import current_scope

# fn(unit_id: UUID, month: Month) -> None, in the transaction of the step.
# Asked before the month is held: it may refuse, and holds what its room holds before days and months.
REOPENING_SLOT = "ipzs.attendance_month_reopening"
CLOSED_SLOT = "ipzs.attendance_month_closed"
REOPENED_SLOT = "ipzs.attendance_month_reopened"
LONGEST_REASON = 600


def close(*, month: Month) -> AttendanceMonth:
    """Close a month that nothing keeps open; from now on nobody writes into it."""
    row = _held(month)
    TABLE.move(row, Transition.CLOSE)
    _refuse_blocked(month)
    row.closed_at, row.closed_by_id = clock.now(), actor()
    row.closings += 1
    stored(row)
    _tell(CLOSED_SLOT, month)
    return row


def close_all(*, months: Iterable[Month]) -> list[AttendanceMonth]:
    """Close several months, the earliest first; all of them or none."""
    return [close(month=month) for month in sorted(months)]


def reopen(*, month: Month, reason: str) -> AttendanceMonth:
    """Open a closed month again for corrections; whoever paid from it is told."""
    said = clean(reason)
    if not said:
        raise InputError("Napisz, dlaczego otwierasz miesiąc ponownie.", field="reason")
    if len(said) > LONGEST_REASON:
        raise InputError(f"Powód ma {len(said)} znaków, zmieści się {LONGEST_REASON}.", field="reason")
    _tell(REOPENING_SLOT, month)
    row = _held(month)
    TABLE.move(row, Transition.REOPEN)
    row.reopened_at, row.reopen_reason = clock.now(), said
    stored(row)
    _tell(REOPENED_SLOT, month)
    return row


def _held(month: Month) -> AttendanceMonth:
    hold_month(month.first)
    rows = AttendanceMonth.objects.select_for_update(of=("self",))
    found: AttendanceMonth | None = rows.filter(first_day=month.first).first()
    return found or AttendanceMonth(first_day=month.first)


def _refuse_blocked(month: Month) -> None:
    today = clock.today()
    if month.first > today:
        raise InputError("Ten miesiąc jeszcze się nie zaczął.")
    blocked = queries.check(month, today=today).blocked
    if blocked:
        words = counted(len(blocked), "osoba ma", "osoby mają", "osób ma")
        raise InputError(f"Miesiąca nie można zamknąć: {words} dni do poprawienia.")


def _tell(slot: str, month: Month) -> None:
    unit_id = current_scope().organisation_id
    for provider in slots.providers(slot):
        provider(unit_id, month)
