"""What the registers put on the desk of a voivode's office: statuses that run out within three months."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from reintegration.core.dates import add_months
from reintegration.core.formats import format_date
from reintegration.notices.desk import DeskLine, desk_lines, first_of
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import OrganisationKind
from reporting import perms
from reporting.queries import registers as queries
from reporting.rules import registers as rules


@desk_lines
def running_out(request: Any, today: date) -> Iterator[DeskLine]:
    """The nearest first; whoever founded the unit has to ask for a prolongation in time (art. 5a)."""
    here = request.principal.place
    if here.kind != OrganisationKind.VOIVODE_OFFICE or not request.may(perms.REGISTER_SHOW):
        return
    rows = queries.running_out(today, add_months(today, rules.HORIZONS[0]))
    every = reverse("reporting:expiry")
    yield from first_of(rows, lambda row: _line(row, today), rest="Następne statusy", url=every)


def _line(row: Any, today: date) -> DeskLine:
    return DeskLine(
        Section.GAPS,
        f"Status kończy się: {row.name}",
        reverse("reporting:entry", args=[row.entry_id]),
        text=f"{row.town}, {row.founder_name}. Status do {format_date(row.valid_until, today=today)}.",
        urgency=Urgency.WARN,
        icon="hourglass",
        action="Zobacz wpis",
    )
