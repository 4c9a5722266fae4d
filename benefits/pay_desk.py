"""What money puts on the desk: the month that waits to be closed and paid."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from benefits import perms
from benefits.enums import ListState
from benefits.models import PayrollList
from benefits.queries.close import UNPAID
from benefits.queries.forecast import pay_settings
from benefits.queries.granted import files_between
from benefits.queries.lists import live_lists
from benefits.queries.order import first_missing
from reintegration.core.dates import Month
from reintegration.core.formats import format_date, format_month
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import UnitType


@desk_lines
def month_to_close(request: Any, today: date) -> Iterator[DeskLine]:
    """For whoever pays, from the first day of the next month until the list is paid.

    A month that was passed over stands before it: until its list is approved no later one is handed over.
    """
    if request.principal.place.subtype != UnitType.CIS or not request.may(perms.CLOSE_SHOW):
        return
    month = Month.of(today).previous
    missing = first_missing(month)
    if missing is not None:
        yield _line(missing, live_lists(missing).first(), today)
    row = live_lists(month).first()
    if row is None and not files_between(month, month).exists():
        return
    if row is None or row.state in UNPAID:
        yield _line(month, row, today)


def _line(month: Month, row: PayrollList | None, today: date) -> DeskLine:
    due = month.next.first.replace(day=pay_settings().payment_day)
    state = f"Lista: {ListState(row.state).label}." if row is not None else "Listy jeszcze nie ma."
    late = due < today
    return DeskLine(
        Section.TODAY if due == today else Section.GAPS if late else Section.WEEK,
        f"Rozliczenie miesiąca: {format_month(month)}",
        reverse("benefits:close", args=[str(month)]),
        text=state,
        urgency=Urgency.WARN if late else Urgency.INFO,
        icon="checklist",
        action="Zobacz kroki",
        end=f"termin minął {format_date(due, today=today)}" if late else "",
        on=due,
    )
