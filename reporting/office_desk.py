"""The desk of a voivode's office: its registers in numbers, statuses that run out, and where units work."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from participants.diagnosis.chart import Drawing
from reintegration.core import clock, slots
from reintegration.core.formats import counted, format_long_date
from reintegration.core.slots import Panel
from reintegration.notices.desk import DeskLine, desk_lines
from reintegration.notices.enums import Urgency
from reintegration.notices.rules import Section
from reintegration.tenancy.enums import OrganisationKind, UnitType
from reporting import chart, perms, season_words
from reporting.enums import Turn
from reporting.models import RegisterEntry
from reporting.queries import collective, office
from reporting.queries import season as queries
from reporting.queries.statistics import Row
from reporting.rules import season as rules
from reporting.rules.registers import HORIZONS, horizon_of

# A powiat more would push what waits off the screen; the registers name them all.
MOST_POWIATS = 12
# By which article the minister is told.
ASKED_BY = {UnitType.CIS: "art. 5 ust. 7", UnitType.KIS: "art. 18b"}
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


def _turns(request: Any, year: int) -> dict[Turn, int]:
    """How the reports of the season stand, read once for a desk."""
    found: dict[Turn, int] | None = getattr(request, "office_turns", None)
    if found is None:
        found = request.office_turns = queries.counts(year)
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


def season(request: Any, today: date) -> Panel | None:
    """How the reports of the year that is due stand, in one bar."""
    here = request.principal.place
    if here.kind != OrganisationKind.VOIVODE_OFFICE or not request.may(perms.SEASON_SHOW):
        return None
    year = today.year - 1
    counts = _turns(request, year)
    if not any(counts.values()):
        return None
    context = {
        "year": year,
        "bar": chart.shares([(counts[turn], mark) for turn, mark in chart.TURNS]),
        "counts": [(turn.label, counts[turn]) for turn, _ in chart.TURNS],
        "term": season_words.term_said(year, today),
    }
    return Panel("sezon", f"Sprawozdania za {year}", "reporting/office/season.html", context)


def year_to_year(request: Any, today: date) -> Panel | None:
    """What the reports of the last finished year come to, beside the year before it."""
    here = request.principal.place
    if here.kind != OrganisationKind.VOIVODE_OFFICE or not request.may(perms.TOTALS_SHOW):
        return None
    year = today.year - 1
    found = office.year_to_year(year)
    if not found:
        return None
    kinds = [
        (one.unit_type, [*_drawn([("Sprawozdania", one.reports)]), *_drawn(one.figures)]) for one in found
    ]
    return Panel(
        "rok-do-roku",
        "Rok do roku",
        "reporting/office/year_to_year.html",
        {"year": year, "before": year - 1, "kinds": kinds},
    )


def _drawn(lines: Sequence[tuple[str, rules.Line]]) -> list[tuple[str, rules.Line, Drawing]]:
    """Lines with their bars to one scale: reports are few and people many, so each have their own."""
    rows = [Row(label, label, line.value or 0, line.before or 0) for label, line in lines]
    return [(label, line, bar) for (label, line), bar in zip(lines, chart.bars(rows), strict=True)]


def of_entry(request: Any, entry: RegisterEntry) -> Panel | None:
    """The reports of a unit on the page of its entry; one that came on paper is brought in from there."""
    if not request.may(perms.SEASON_SHOW):
        return None
    rows = queries.years_of(entry, clock.today())
    may = request.may(perms.OUTSIDE_WRITE)
    return Panel(
        "sprawozdania",
        "Sprawozdania",
        "reporting/office/of_entry.html",
        {"rows": rows, "may": may, "entry": entry},
    )


@desk_lines
def to_check(request: Any, today: date) -> Iterator[DeskLine]:
    """What was sent and waits for the office, and from April on what the minister was not told yet."""
    here = request.principal.place
    if here.kind != OrganisationKind.VOIVODE_OFFICE or not request.may(perms.SEASON_SHOW):
        return
    year = today.year - 1
    alone = sum(one.turn is Turn.SUBMITTED for one in queries.without_entry(year))
    waiting = _turns(request, year)[Turn.SUBMITTED] + alone
    if waiting:
        many = counted(waiting, "sprawozdanie", "sprawozdania", "sprawozdań")
        yield DeskLine(
            Section.GAPS,
            f"Do sprawdzenia: {many} za {year}",
            f"{reverse('reporting:season')}?rok={year}&stan={Turn.SUBMITTED.value}",
            icon="report",
            action="Sprawdź",
        )
    due = rules.collective_due_on(year)
    for kind in collective.untold(year) if today >= rules.collective_from(year) else ():
        yield DeskLine(
            Section.GAPS,
            f"Sprawozdanie zbiorcze {kind} za {year} dla ministra",
            reverse("reporting:collectives"),
            text=f"Termin {format_long_date(due)}. ({ASKED_BY[kind]})",
            urgency=Urgency.BAD if today > due else Urgency.WARN,
            icon="file-text",
            action="Przygotuj",
        )


slots.fill("desk.rail", season, order=20)
slots.fill("reporting.entry", of_entry, order=20)
slots.fill("desk.top", in_numbers, order=10)
slots.fill("desk.main", running_out, order=20)
slots.fill("desk.main", year_to_year, order=40)
slots.fill("desk.rail", by_powiat, order=30)
