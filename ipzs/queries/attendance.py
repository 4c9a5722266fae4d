"""What the screens of attendance show: a workshop's day, a month of everybody, the days of one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from ipzs.enums import FreeDayState, MarkKind, MonthState, WorkshopKind
from ipzs.models import (
    AttendanceMonth,
    AttendanceSettings,
    DayMark,
    ExcuseReason,
    FreeDayRequest,
    OpeningBalance,
    Placement,
    SickLeave,
    Workshop,
    WorkshopPlace,
)
from ipzs.queries import balances, catalogue, journal, spent, timetable
from ipzs.queries.meals import Meals, meals_rows
from ipzs.queries.spent import Balance
from ipzs.rules.balances import Balances, Facts, period_on
from ipzs.rules.closing import asks_for_mark
from ipzs.rules.hours import Spent, crowded
from ipzs.rules.programmes import left_text
from participants.models import Participation, Period
from participants.rules.codes import PeriodKind
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month, as_span
from reintegration.core.together import JsonRows, Questions, together
from reintegration.tenancy.prepared import prepared

# How a mark is written on paper and in the grid; the key that types it is its first letter but for these.
LETTERS: Mapping[MarkKind, str] = {
    MarkKind.PRESENT: "O",
    MarkKind.UNEXCUSED: "NN",
    MarkKind.SICK: "L4",
    MarkKind.FREE: "DW",
    MarkKind.EXCUSED: "U",
    MarkKind.EMPLOYER: "P",
    MarkKind.CLOSED: "Z",
}
KEYS: Mapping[MarkKind, str] = {kind: letters[0] for kind, letters in LETTERS.items()} | {MarkKind.FREE: "W"}
SHORT: Mapping[MarkKind, str] = {
    MarkKind.PRESENT: "obecny",
    MarkKind.UNEXCUSED: "nieusprawiedliwiona",
    MarkKind.SICK: "choroba",
    MarkKind.FREE: "dzień wolny",
    MarkKind.EXCUSED: "inna usprawiedliwiona",
    MarkKind.EMPLOYER: "u pracodawcy",
    MarkKind.CLOSED: "jednostka zamknięta",
}


def workshops_on(day: date) -> QuerySet[Workshop]:
    """Workshops that work on a day, and groups of whoever belongs to none, in the order of their names."""
    rows: QuerySet[Workshop] = Workshop.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day
    )
    taken = catalogue.places_on(day)
    elsewhere = taken.filter(participation=OuterRef("participation")).exclude(
        workshop__kind=WorkshopKind.GROUP
    )
    alone = taken.filter(~Exists(elsewhere), workshop=OuterRef("pk"))
    # Where everybody is in a workshop, a group only has classes together.
    return rows.filter(~Q(kind=WorkshopKind.GROUP) | Exists(alone)).order_by("name_order", "pk")


def excuses() -> list[ExcuseReason]:
    return list(ExcuseReason.objects.filter(active=True).order_by("name_order", "pk"))


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person on one day."""

    file: Participation
    mark: DayMark | None
    # None where the unit pays no benefit.
    balances: Balances | None
    kind: PeriodKind | None
    until: date | None
    hours: Decimal | None
    # At whose place the person has practice on this day.
    employer: str = ""
    # Classes and counselling in the week and in the month of the day.
    done: Balance | None = None
    # The countdown of the period.
    left: str = ""
    # A request for this day waits for the manager.
    asked: bool = False

    @property
    def has_class(self) -> bool:
        return self.hours is not None

    @property
    def revision(self) -> int:
        return self.mark.revision if self.mark is not None else 0

    @property
    def spent(self) -> Decimal | None:
        """The hours of the mark, or those of the plan."""
        return self.mark.hours if self.mark is not None and self.mark.hours is not None else self.hours


def day_rows(files: Sequence[Participation], day: date, *, pays: bool) -> list[DayRow]:
    """The rows of a day: marks, hours by the plan, and balances where there is a benefit."""
    keys = [file.pk for file in files]
    planned = timetable.class_days(keys, Month.of(day))
    governing = balances.rules_on(day) if pays else None
    waiting = FreeDayRequest.objects.filter(
        participation=OuterRef("participation"), state=FreeDayState.ASKED, since__lte=day, until__gte=day
    )
    marks = DayMark.objects.select_related("marked_by", "excuse").annotate(asked=Exists(waiting))
    here = marks.filter(participation__in=keys, day=day).order_by("pk")
    marked, counted = together(here, balances.counted_rows(keys))
    standing = {row.participation_id: row for row in marked}
    facts = balances.as_facts(counted, governing)
    practice = employers(keys, DateSpan.single(day))
    done = spent.of_day(keys, day)
    found = []
    for file in files:
        own = facts[file.pk]
        found.append(
            DayRow(
                file,
                standing.get(file.pk),
                balances.of_facts(own, day, governing) if governing is not None else None,
                period_on(own, day),
                _until(own, day),
                planned[file.pk].get(day),
                practice.get(file.pk, {}).get(day, ""),
                done[file.pk],
                left_text(_until(own, day), clock.today()),
                file.pk in standing and standing[file.pk].asked,
            )
        )
    return found


def employers(participation_ids: Iterable[UUID], within: DateSpan) -> dict[UUID, dict[date, str]]:
    """Who has practice at an employer's, and where on each day, in one query."""
    return {
        key: {day: row.employer for row in rows for day in timetable.as_practice(row).days(within)}
        for key, rows in timetable.practice(participation_ids, within).items()
    }


def _days_of_practice(row: Mapping[str, Any], within: DateSpan) -> dict[date, str]:
    since, until = date.fromisoformat(row["since"]), date.fromisoformat(row["until"])
    return {
        day: row["employer"]
        for day in within
        if since <= day <= until and day.isoweekday() in row["weekdays"]
    }


def _until(facts: Facts, day: date) -> date | None:
    return next((period.span.last for period in facts.periods if day in period.span), None)


@dataclass(frozen=True, slots=True)
class DayState:
    """How far a workshop is on a day, and who leads it."""

    workshop: Workshop
    people: int
    marked: int
    leaders: Sequence[str]
    # A sentence when there are too many people to a leader; it stops nothing.
    crowded: str

    @property
    def left(self) -> int:
        return self.people - self.marked


@dataclass(frozen=True, slots=True)
class Loose:
    """Somebody with classes on a day who belongs to no workshop, so that no list of the day has them."""

    file: Participation
    marked: bool


@dataclass(frozen=True, slots=True)
class DayOverview:
    states: Sequence[DayState]
    loose: Sequence[Loose]
    # Only where the unit gives them.
    meals: Meals | None = None


@prepared
def _of_day(day: date) -> Questions:
    inside = Exists(Period.objects.filter(_of_outer(), since__lte=day, until__gte=day))
    taken, open_here = catalogue.places_on(day), workshops_on(day)
    in_one = taken.filter(participation=OuterRef("pk"), workshop__in=open_here.order_by().values("pk"))
    outside = Participation.objects.filter(
        ~Exists(in_one),
        Exists(Period.objects.filter(participation=OuterRef("pk"), since__lte=day, until__gte=day)),
    )
    return Questions(
        taken.filter(inside).values_list("workshop_id", "participation_id").order_by("pk"),
        open_here,
        outside.select_related("person").order_by("person__name_order", "pk"),
        catalogue.leaders_on(day),
        AttendanceSettings.objects.order_by("pk")[:1],
        *meals_rows(day),
        *_said_on(day),
    )


def day_overview(day: date) -> DayOverview:
    """Every workshop of a day with how many people have classes there, who is in none, and the meals."""
    places, workshops, strays, leaders_of, settings, present, noted, *said = _of_day(day).answers()
    here = {row.pk for row in workshops}
    housed = {key for place, key in places if place in here}
    planned = timetable.hours_on(housed | {file.pk for file in strays}, day)
    marked = {key for keys in said for key in keys}
    led = catalogue.names_of(leaders_of)
    most = catalogue.most_per_leader(day)
    states = []
    for workshop in workshops:
        people = [key for place, key in places if place == workshop.pk and key in planned]
        leaders = led.get(workshop.pk, [])
        crowd = crowded(len(people), len(leaders), most=most) or ""
        states.append(DayState(workshop, len(people), len(marked.intersection(people)), leaders, crowd))
    loose = [Loose(file, file.pk in marked) for file in strays if file.pk in planned]
    own = next(iter(settings), AttendanceSettings())
    return DayOverview(states, loose, Meals.of(present, noted) if own.meals else None)


def led_on(day: date, user_id: UUID) -> list[DayState]:
    """The workshops that somebody leads on a day, where anybody has classes."""
    led = catalogue.leaders_on(day).filter(user=user_id)
    workshops = list(workshops_on(day).filter(pk__in=led.order_by().values("workshop")))
    if not workshops:
        return []
    inside = Exists(Period.objects.filter(_of_outer(), since__lte=day, until__gte=day))
    taken = catalogue.places_on(day).filter(inside, workshop__in=workshops)
    places, *said = together(
        taken.values_list("workshop_id", "participation_id").order_by("pk"), *_said_on(day)
    )
    planned = timetable.class_days({key for _, key in places}, Month.of(day))
    marked = {key for keys in said for key in keys}
    states = []
    for workshop in workshops:
        people = [key for place, key in places if place == workshop.pk and day in planned[key]]
        if people:
            states.append(DayState(workshop, len(people), len(marked.intersection(people)), (), ""))
    return states


def _said_on(day: date) -> list[QuerySet[Any]]:
    """Of whom something says what the day was, as the close of a month counts it."""
    covered = SickLeave.objects.filter(since__lte=day, until__gte=day)
    before = OpeningBalance.objects.filter(until__gte=day)
    rows = [DayMark.objects.filter(day=day), covered, before, journal.speaking().filter(day=day)]
    return [row.order_by("pk").values_list("participation_id", flat=True) for row in rows]


def _of_outer() -> Q:
    return Q(participation=OuterRef("participation"))


# A month of everybody


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a person in the grid."""

    day: date
    letter: str = ""
    kind: str = ""
    revision: int = 0
    # Whether the day may carry a mark at all: it lies inside the participation.
    open: bool = False
    missing: bool = False
    employer: str = ""
    # How long the day is: the hours of its mark, or those of the plan.
    hours: Decimal | None = None
    # Nothing but the class journal of a KIS says that the person was there.
    journal: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    file: Participation
    place_id: UUID | None
    cells: Sequence[Cell]
    balances: Balances | None
    kind: PeriodKind | None
    missing: int
    # The countdown of the period.
    left: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    month: Month
    days: Sequence[date]
    rows: Sequence[GridRow]
    closed: bool
    places: Sequence[tuple[UUID, str, int]] = field(default_factory=tuple)

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


_LAST_GROUPS = Case(When(workshop__kind=WorkshopKind.GROUP, then=Value(1)), default=Value(0))


def month_files(month: Month) -> QuerySet[Any]:
    """Who takes part in a month, with the last workshop they belong to in it."""
    periods = Period.objects.filter(
        participation=OuterRef("pk"), since__lte=month.last, until__gte=month.first
    )
    places = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=month.first),
        participation=OuterRef("pk"),
        since__lte=month.last,
    )
    # A group speaks for somebody only when no workshop does.
    newest = places.order_by(_LAST_GROUPS, "-since", "-pk")
    closed = AttendanceMonth.objects.filter(state=MonthState.CLOSED, first_day=month.first)
    practice = Placement.objects.filter(
        participation=OuterRef("pk"), since__lte=month.last, until__gte=month.first
    )
    came = journal.speaking().filter(participation=OuterRef("pk"), day__range=(month.first, month.last))
    rows: QuerySet[Any] = Participation.objects.select_related("person").filter(Exists(periods))
    found: QuerySet[Any] = rows.annotate(
        place_id=Subquery(newest.values("workshop")[:1]),
        place_name=Subquery(newest.values("workshop__name")[:1]),
        place_order=Subquery(newest.values("workshop__name_order")[:1]),
        month_closed=Exists(closed),
        practice=JsonRows(
            practice.order_by("since", "pk").values(
                json=JSONObject(since="since", until="until", employer="employer", weekdays="weekdays")
            )
        ),
        came=ArraySubquery(came.order_by("day").values("day").distinct()),
    )
    return found.order_by("place_order", "person__name_order", "pk")


@prepared
def _files(month: Month) -> Questions:
    return Questions(month_files(month))


def grid(
    month: Month,
    *,
    today: date,
    pays: bool,
    files: Sequence[Any] | None = None,
    days: Sequence[date] = (),
) -> Grid:
    """Everybody's month: in at most twelve queries, however many people there are."""
    people = _files(month).answers()[0] if files is None else list(files)
    keys = [file.pk for file in people]
    class_days = timetable.class_days_of_unit if files is None else timetable.class_days
    planned = class_days(keys, month)
    marks: dict[UUID, dict[date, _Marked]] = {key: {} for key in keys}
    at = min(today, month.last)
    governing = balances.rules_on(at) if pays else None
    rows = DayMark.objects.filter(participation__in=keys, day__range=(month.first, month.last))
    marked, counted = together(
        rows.order_by("pk").values_list("participation_id", "day", "kind", "revision", "hours"),
        balances.counted_rows(keys),
    )
    for key, day, *mark in marked:
        marks[key][day] = _Marked(*mark)
    facts = balances.as_facts(counted, governing)
    columns = list(days) or sorted({day for own in (*planned.values(), *marks.values()) for day in own})
    shown = []
    for file in people:
        own = facts[file.pk]
        at_work: dict[date, str] = {}
        for one in file.practice:
            at_work |= _days_of_practice(one, as_span(month))
        cells = [
            replace(
                _cell(
                    day, marks[file.pk].get(day), planned[file.pk].get(day), own, today=today, came=file.came
                ),
                employer=at_work.get(day, ""),
            )
            for day in columns
        ]
        balance = balances.of_facts(own, at, governing) if governing is not None else None
        missing = sum(cell.missing for cell in cells)
        left = left_text(_until(own, today), today)
        shown.append(GridRow(file, file.place_id, cells, balance, period_on(own, at), missing, left))
    closed = any(file.month_closed for file in people)
    return Grid(month, columns, shown, closed, _places(people))


@dataclass(frozen=True, slots=True)
class _Marked:
    """A mark as the grid takes it."""

    kind: str
    revision: int
    hours: Decimal | None


def _cell(
    day: date,
    mark: _Marked | None,
    planned: Decimal | None,
    facts: Facts,
    *,
    today: date,
    came: Sequence[date],
) -> Cell:
    if mark is not None:
        kind, hours = mark.kind, mark.hours or planned
        return Cell(day, LETTERS[MarkKind(kind)], kind, mark.revision, open=True, hours=hours)
    inside = period_on(facts, day) is not None
    if any(day in leave.span for leave in facts.leaves):
        # A leave speaks for its days by itself.
        return Cell(day, LETTERS[MarkKind.SICK], MarkKind.SICK, open=inside, hours=planned)
    missing = planned is not None and day <= today and day not in came and asks_for_mark(facts, day)
    return Cell(day, open=inside, missing=missing, hours=planned, journal=day in came)


def _places(people: Iterable[Any]) -> list[tuple[UUID, str, int]]:
    found: dict[UUID, list[Any]] = {}
    for file in people:
        if file.place_id is not None:
            found.setdefault(file.place_id, []).append(file.place_name)
    return [(key, names[0], len(names)) for key, names in found.items()]


# One person


@dataclass(frozen=True, slots=True)
class PersonDay:
    day: date
    mark: DayMark | None
    hours: Decimal | None
    sick: bool
    open: bool
    employer: str = ""
    # Whether something has to be said of the day, and whether the class journal alone says it.
    missing: bool = False
    journal: bool = False

    @property
    def spent(self) -> Decimal | None:
        return self.mark.hours if self.mark is not None else None


@dataclass(frozen=True, slots=True)
class PersonMonth:
    month: Month
    days: Sequence[PersonDay]
    balances: Balances | None
    # Classes and counselling in one balance, in the month and in each of its weeks.
    done: Spent
    weeks: Sequence[tuple[DateSpan, Spent]]
    closed: bool
    leaves: Sequence[SickLeave]
    requests: Sequence[FreeDayRequest]


def person_month(file: Participation, month: Month, *, today: date, pays: bool) -> PersonMonth:
    """The days of one person in a month, with the papers of the whole participation."""
    planned = timetable.class_days([file.pk], month)[file.pk]
    rows = DayMark.objects.select_related("marked_by", "excuse").filter(
        participation=file, day__range=(month.first, month.last)
    )
    marks = {row.day: row for row in rows.order_by("day")}
    at = min(today, month.last)
    governing = balances.rules_on(at) if pays else None
    facts = balances.facts_of([file.pk], governing)[file.pk]
    practice = employers([file.pk], as_span(month)).get(file.pk, {})
    came = set(
        journal.speaking()
        .filter(participation=file, day__range=(month.first, month.last))
        .order_by("day")
        .values_list("day", flat=True)
    )
    found = [
        PersonDay(
            day,
            marks.get(day),
            planned.get(day),
            any(day in leave.span for leave in facts.leaves),
            period_on(facts, day) is not None,
            practice.get(day, ""),
            missing=day <= today and day not in came and asks_for_mark(facts, day),
            journal=day in came,
        )
        for day in month
        if day in planned or day in marks
    ]
    done, weeks = spent.of_month(file.pk, month)
    closed = AttendanceMonth.objects.filter(state=MonthState.CLOSED, first_day=month.first).exists()
    return PersonMonth(
        month,
        found,
        balances.of_facts(facts, at, governing) if governing is not None else None,
        done,
        # Weeks that are to come have no hours yet.
        [(week, one) for week, one in weeks if week.first <= today],
        closed,
        list(SickLeave.objects.filter(participation=file).order_by("-since")),
        list(
            FreeDayRequest.objects.select_related("decided_by")
            .filter(participation=file)
            .order_by("-since", "-pk")
        ),
    )


# Lists


def sick_leaves() -> QuerySet[SickLeave]:
    rows: QuerySet[SickLeave] = SickLeave.objects.select_related("person")
    return rows


def free_requests() -> QuerySet[FreeDayRequest]:
    rows: QuerySet[FreeDayRequest] = FreeDayRequest.objects.select_related("person")
    return rows


def waiting_requests() -> QuerySet[FreeDayRequest]:
    return free_requests().filter(state=FreeDayState.ASKED)
