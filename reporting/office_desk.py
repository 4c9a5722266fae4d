"""The desk of a voivode's office: its registers in numbers, statuses that run out, and where units work."""

from datetime import date
from typing import Any

from reintegration.core import slots
from reintegration.core.formats import counted
from reintegration.core.slots import Panel
from reintegration.tenancy.enums import OrganisationKind
from reporting import chart, perms
from reporting.queries import office
from reporting.queries.statistics import Row
from reporting.rules.registers import HORIZONS, horizon_of

# A powiat more would push what waits off the screen; the registers name them all.
MOST_POWIATS = 12
IN_MONTHS = {3: "do 3 miesięcy", 6: "od 3 do 6 miesięcy", 12: "od 6 do 12 miesięcy"}


def _cockpit(request: Any, today: date) -> office.Cockpit | None:
    """Read once for all the panels of a desk."""
    here = request.principal.place
    if here.kind != OrganisationKind.VOIVODE_OFFICE or not request.may(perms.REGISTER_SHOW):
        return None
    found: office.Cockpit | None = getattr(request, "office_cockpit", None)
    if found is None:
        found = request.office_cockpit = office.cockpit(today)
    return found


def in_numbers(request: Any, today: date) -> Panel | None:
    found = _cockpit(request, today)
    return found and Panel("rejestry", "Rejestry dziś", "reporting/office/numbers.html", {"found": found})


def running_out(request: Any, today: date) -> Panel | None:
    found = _cockpit(request, today)
    if found is None:
        return None
    groups = {months: [] for months in HORIZONS}  # type: dict[int, list[Any]]
    for row in found.ending:
        groups[horizon_of(row.valid_until, today) or HORIZONS[-1]].append(row)
    rows = [(IN_MONTHS[months], len(group), group[0] if group else None) for months, group in groups.items()]
    return Panel(
        "statusy",
        "Statusy, które się kończą",
        "reporting/office/ending.html",
        {"rows": rows},
        len(found.ending),
    )


def by_powiat(request: Any, today: date) -> Panel | None:
    found = _cockpit(request, today)
    if found is None or not found.powiats:
        return None
    busiest = sorted(found.powiats, key=lambda one: -(one.cis + one.kis))[:MOST_POWIATS]
    shown = [one for one in found.powiats if one in busiest]
    drawn = chart.bars([Row(one.name, one.name, one.cis, one.kis) for one in shown])
    left = len(found.powiats) - len(shown)
    return Panel(
        "powiaty",
        "Jednostki w powiatach",
        "reporting/office/powiats.html",
        {
            "rows": list(zip(shown, drawn, strict=True)),
            "left": counted(left, "powiat", "powiaty", "powiatów") if left else "",
        },
    )


slots.fill("desk.top", in_numbers, order=10)
slots.fill("desk.main", running_out, order=20)
slots.fill("desk.rail", by_powiat, order=30)
