"""The season of a year as the office works through it: the board of units, and what their reports say.

Which report is of which entry stands in `YearReport`, as it was written at the sending: who is linked to what
today, and where a unit has moved since, changes nothing of what an office got.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, CharField, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from reintegration.core import clock
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.scope import current_scope
from reporting.enums import LayoutKind as Kinds
from reporting.enums import OutsideState, Standing, Turn, VersionState
from reporting.models import (
    CollectiveReport,
    OutsideReport,
    RegisterEntry,
    ReportLayout,
    ReportVersion,
    SeasonReminder,
    YearReport,
)
from reporting.queries import registers
from reporting.queries.layouts import in_force
from reporting.queries.reports import KINDS
from reporting.rules import season as rules
from reporting.rules.layouts import Layout, LayoutKind
from reporting.rules.registers import Standing as RuleStanding
from reporting.rules.registers import standing_on
from reporting.rules.reports import YEARS_BACK

# Whoever asks for nothing first sees what the office has to do.
_ORDER = {Turn.SUBMITTED: 0, Turn.MISSING: 1, Turn.RETURNED: 2, Turn.ACCEPTED: 3}
# How a report from paper counts beside those that were sent.
_AS_SENT: Final = {
    OutsideState.RECEIVED: VersionState.SUBMITTED,
    OutsideState.ACCEPTED: VersionState.ACCEPTED,
}
FIRST_YEAR = 2003


def last_day(year: int) -> date:
    return date(year, 12, 31)


def _sent(year: int) -> QuerySet[ReportVersion]:
    """What came to this office of a year; what a unit took back did not."""
    rows = ReportVersion.objects.filter(sender=current_scope().organisation_id, year=year)
    return rows.exclude(state=VersionState.WITHDRAWN)


def of_year(year: int) -> QuerySet[YearReport]:
    """The one report of each entry."""
    rows = YearReport.objects.filter(organisation=current_scope().organisation_id, year=year)
    return rows.order_by("entry")


def board(year: int) -> QuerySet[Any]:
    """Every unit that owes a report of the year, or sent one, with how its report stands.

    Owes who was in the register on the last day of the year. What a unit only prepares is not seen here.
    """
    brought = of_year(year).filter(entry=OuterRef("entry"))
    newest = _sent(year).filter(report=OuterRef("report_id")).order_by("-number")
    outside = OutsideReport.objects.filter(pk=OuterRef("outside_id")).order_by("pk")
    reminded = SeasonReminder.objects.filter(entry=OuterRef("entry"), year=year).order_by("-made_at")
    # A unit that came into the register after the year may have reported of it.
    entries = of_year(year).values("entry")
    rows = registers.on_day(last_day(year), ahead=entries).annotate(
        report_id=Subquery(brought.values("report")[:1]),
        outside_id=Subquery(brought.values("outside")[:1]),
    )
    rows = rows.annotate(
        version_number=Subquery(newest.values("number")[:1]),
        version_state=Subquery(newest.values("state")[:1]),
        submitted_on=Subquery(newest.annotate(day=TruncDate("submitted_at")).values("day")[:1]),
        outside_state=Subquery(outside.values("state")[:1]),
        received_on=Subquery(outside.values("received_on")[:1]),
        reminded_at=Subquery(reminded.values("made_at")[:1]),
    )
    owes = Q(standing=Standing.ACTIVE) | Q(report_id__isnull=False) | Q(outside_id__isnull=False)
    return (
        rows.filter(owes)
        .annotate(
            came_on=Coalesce("submitted_on", "received_on"),
            turn=Case(
                *(When(version_state=one, then=Value(one.value)) for one in _STATES),
                When(outside_state=OutsideState.ACCEPTED, then=Value(Turn.ACCEPTED.value)),
                When(outside_state=OutsideState.RECEIVED, then=Value(Turn.SUBMITTED.value)),
                default=Value(Turn.MISSING.value),
                output_field=CharField(),
            ),
        )
        .annotate(
            turn_order=Case(
                *(When(turn=turn, then=Value(place)) for turn, place in _ORDER.items()),
                output_field=IntegerField(),
            )
        )
        .order_by("turn_order", "name_order", "pk")
    )


_STATES = (VersionState.SUBMITTED, VersionState.RETURNED, VersionState.ACCEPTED)


def counts(year: int) -> dict[Turn, int]:
    """How many units stand where."""
    found = dict.fromkeys(Turn, 0)
    for turn in board(year).values_list("turn", flat=True):
        found[Turn(turn)] += 1
    return found


def waiting_for_office() -> QuerySet[Any]:
    """Reports that were sent in the program and not decided about."""
    rows = ReportVersion.objects.filter(sender=current_scope().organisation_id, state=VersionState.SUBMITTED)
    return rows.order_by("pk")


def waiting_years(year: int) -> list[tuple[int, int]]:
    """How many reports of other years wait for the office besides those of this one."""
    found = Counter(waiting_for_office().exclude(year=year).values_list("year", flat=True))
    return sorted(found.items(), reverse=True)


@dataclass(frozen=True, slots=True)
class Alone:
    """A report that stands at no entry of the register: it has no row of the board until the office gives it
    an entry."""

    report_id: UUID
    unit_id: UUID
    unit_type: str
    # As the unit itself said it.
    name: str
    powiat: str
    gmina: str
    turn: Turn
    came_on: date


def without_entry(year: int, unit_type: str = "") -> list[Alone]:
    """What units sent that stands at no entry: they are not linked, or came into the register later."""
    shown = of_year(year).filter(report__isnull=False).values("report")
    rows = _sent(year).exclude(report__in=shown).select_related("unit")
    if unit_type:
        rows = rows.filter(unit__unit_type=unit_type)
    found = []
    for row in rows.order_by("report", "-number").distinct("report"):
        unit, came_on = row.content["unit"], clock.day_of(row.submitted_at)
        place = (unit.get("powiat", ""), unit.get("gmina", ""))
        found.append(
            Alone(
                row.report_id, row.unit_id, row.unit.unit_type, unit["name"], *place, Turn(row.state), came_on
            )
        )
    return sorted(found, key=lambda one: (one.name, str(one.report_id)))


def powiats() -> list[str]:
    """The powiats in which units of either kind stand, to choose from."""
    return sorted({one for kind in UnitType for one in registers.powiats(kind)})


def years(today: date) -> list[int]:
    """The years of which a season is looked at, the one that is due first."""
    return list(range(today.year - 1, max(today.year - YEARS_BACK, FIRST_YEAR) - 1, -1))


@dataclass(frozen=True, slots=True)
class YearOf:
    """A year of one unit: how its report stands, and where it is."""

    year: int
    turn: Turn
    report_id: UUID | None = None
    outside_id: UUID | None = None


def years_of(entry: RegisterEntry, today: date) -> list[YearOf]:
    """The last years of one entry in which it owed a report or sent one, the newest first."""
    told = YearReport.objects.filter(entry=entry, year__in=years(today)).order_by("year")
    versions = {
        row.year: row
        for row in ReportVersion.objects.filter(
            sender=current_scope().organisation_id, report__in=told.values("report")
        )
        .exclude(state=VersionState.WITHDRAWN)
        .defer("content")
        .order_by("number")
    }
    brought = {
        row.year: row
        for row in OutsideReport.objects.filter(pk__in=told.values("outside"))
        .defer("content")
        .order_by("year")
    }
    decided = registers.history(entry).decisions
    known = registers.as_rules(decided)
    found = []
    for year in years(today):
        if year in versions:
            row = versions[year]
            found.append(YearOf(year, Turn(row.state), report_id=row.report_id))
        elif year in brought:
            found.append(YearOf(year, turn_of(brought[year]), outside_id=brought[year].pk))
        elif standing_on(known, last_day(year)) is RuleStanding.ACTIVE:
            found.append(YearOf(year, Turn.MISSING))
    return found


# What the reports say


@dataclass(frozen=True)
class Asked:
    """Which reports are added up: of a year, of one kind, and whether those that wait count too."""

    year: int
    unit_type: str = UnitType.CIS
    waiting: bool = False
    powiat: str = ""
    gmina: str = ""

    def narrowed(self, told: Iterable[rules.Told]) -> list[rules.Told]:
        return [
            one
            for one in told
            if (not self.powiat or one.powiat == self.powiat) and (not self.gmina or one.gmina == self.gmina)
        ]


@dataclass(frozen=True)
class Season:
    """What all reports of a year say in the cells of one layout, beside the year before."""

    layout: Layout
    now: tuple[rules.Told, ...]
    before: tuple[rules.Told, ...]
    # Units of the year, whether they told anything or not.
    units: int
    # What does not count, since it stands at no entry of the register.
    alone: tuple[Alone, ...] = ()

    @cached_property
    def lines(self) -> Mapping[str, rules.Line]:
        return rules.beside(rules.add(self.now), rules.add(self.before))


def season(asked: Asked, kind: LayoutKind | None = None, *, same: bool = False) -> Season:
    """Add up a year by the layout of that year.

    `same`: of the year before only those units that told this year too.
    """
    layout = layout_of(kind or KINDS[asked.unit_type], asked.year)
    now = asked.narrowed(told(asked, layout))
    before = asked.narrowed(told(Asked(asked.year - 1, asked.unit_type, waiting=asked.waiting), layout))
    if same:
        before = rules.same_units(now, before)
    owing = board(asked.year).filter(entry__unit_type=asked.unit_type)
    if asked.powiat:
        owing = owing.filter(powiat=asked.powiat)
    if asked.gmina:
        owing = owing.filter(gmina=asked.gmina)
    alone = without_entry(asked.year, asked.unit_type)
    return Season(layout, tuple(now), tuple(before), owing.count(), tuple(alone))


def layout_of(kind: LayoutKind, year: int) -> Layout:
    return in_force(Kinds(kind.value), year).layout


def told(asked: Asked, wanted: Layout) -> list[rules.Told]:
    """Every report of a year that counts: of that at each entry the latest accepted version (or sent one).

    What stands at no entry does not count: its unit may have another report there, from paper.
    """
    states = [VersionState.ACCEPTED, *([VersionState.SUBMITTED] if asked.waiting else [])]
    of_report = {one.report: one.entry_id for one in of_year(asked.year).filter(report__isnull=False)}
    versions = list(
        _sent(asked.year)
        .filter(unit__unit_type=asked.unit_type, state__in=states, report__in=of_report)
        .order_by("report", "-number")
        .distinct("report")
    )
    papers = of_year(asked.year).filter(outside__isnull=False).values("outside")
    brought = OutsideReport.objects.filter(pk__in=papers, entry__unit_type=asked.unit_type)
    if not asked.waiting:
        brought = brought.filter(state=OutsideState.ACCEPTED)
    outside = list(brought.select_related("entry").order_by("pk"))
    layouts = _layouts({*(one.layout_id for one in versions), *(one.layout_id for one in outside)})
    places = _places(asked.year)

    def said(one: ReportVersion | OutsideReport, entry: UUID, state: str) -> rules.Told:
        unit, place = one.content["unit"], places.get(entry, {})
        sender = one.unit_id if isinstance(one, ReportVersion) else None
        return rules.Told(
            entry, unit["name"],
            *(place.get(name) or unit.get(name, "") for name in ("powiat", "gmina")), str(state),
            rules.numbers(wanted, layouts[one.layout_id], one.content), isinstance(one, OutsideReport),
            place.get("number") or unit.get("number", ""), sender,
        )  # fmt: skip

    found = [
        *(said(one, of_report[one.report_id], one.state) for one in versions),
        *(said(one, one.entry_id, _AS_SENT[OutsideState(one.state)]) for one in outside),
    ]
    return sorted(found, key=lambda one: (one.name, str(one.entry)))


def _places(year: int) -> dict[UUID, dict[str, str]]:
    """Where each entry with a report stood on the last day of the year, and under which number.

    What was sent before entry and unit were linked does not say it, and its content stays as it was sent.
    """
    entries = of_year(year).values("entry")
    rows = registers.data_on(last_day(year), ahead=entries).filter(entry__in=entries)
    return {
        row.entry_id: {"powiat": row.powiat, "gmina": row.gmina, "number": row.entry.number}
        for row in rows.order_by("entry")
    }


def _layouts(keys: Iterable[UUID]) -> dict[UUID, Layout]:
    """Each layout read once, however many reports stand in it."""
    return {row.pk: row.layout for row in ReportLayout.objects.filter(pk__in=keys).order_by("pk")}


# What goes on to the minister and to public statistics


def collective(unit_type: str, year: int) -> QuerySet[CollectiveReport]:
    return CollectiveReport.objects.filter(unit_type=unit_type, year=year).order_by("-number")


def register_of_year(year: int) -> QuerySet[Any]:
    """The CIS that had a status on some day of the year, as of its last day: what UW CIS 01 asks of."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gte=date(year, 1, 1))
    rows = registers.on_day(last_day(year)).filter(entry__unit_type=UnitType.CIS)
    return rows.filter(ended, first_on__lte=last_day(year), valid_until__gte=date(year, 1, 1)).order_by(
        "name_order", "pk"
    )


def reminders(year: int) -> QuerySet[SeasonReminder]:
    return (
        SeasonReminder.objects.filter(year=year).select_related("entry", "made_by").order_by("-made_at", "pk")
    )


def silent(asked: Asked, told_by: Iterable[rules.Told]) -> list[Any]:
    """Who owes a report of this kind and is not among those that were added up."""
    here = {one.entry for one in told_by}
    return [
        row for row in board(asked.year).filter(entry__unit_type=asked.unit_type) if row.entry_id not in here
    ]


def newest_sent(report_id: UUID) -> ReportVersion | None:
    """What a report says to the office now: its newest version that was not withdrawn."""
    rows = ReportVersion.objects.filter(sender=current_scope().organisation_id, report=report_id)
    rows = rows.exclude(state=VersionState.WITHDRAWN).select_related("report", "layout")
    return rows.order_by("-number").first()


def turn_of(row: OutsideReport) -> Turn:
    return Turn.ACCEPTED if row.state == OutsideState.ACCEPTED else Turn.SUBMITTED


def outside(pk: UUID) -> QuerySet[OutsideReport]:
    return OutsideReport.objects.filter(pk=pk).select_related("entry", "layout").order_by("pk")
