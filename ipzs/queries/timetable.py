"""The plan as the rules take it: whose entries, on which days, without holidays and closed days.

A person's plan is what stands in it alone, what the groups they belong to have, for as long as they
belong, and their days at an employer's. Where a month has no plan at all, the unit's weekdays speak for it
(benefit spec, section 2), and practice for its own days.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from ipzs.models import AttendanceSettings, Placement, TimetableEntry, WorkshopPlace
from ipzs.queries import catalogue
from ipzs.rules import plan
from ipzs.rules.codes import EntryPurpose, Weekday
from ipzs.rules.plan import Closure, Named, Once, Practice, Weekly
from participants.models import Participation, Period
from reintegration.core.dates import ONE_DAY, DateSpan, Month, as_span
from reintegration.core.together import JsonRows, Questions
from reintegration.tenancy.models import ClosedDay, UnitCalendar
from reintegration.tenancy.prepared import prepared

DAY_HOURS = Decimal(6)
_HOUR = Decimal(60)
_CENT = Decimal("0.01")
_WORK_WEEK = (1, 2, 3, 4, 5)
_FORTNIGHT = timedelta(days=14)


def off_days(within: DateSpan | Month) -> dict[date, str]:
    """Public holidays and the unit's days without classes, with their names."""
    span = as_span(within)
    return _off(span, _closed(span))


def _closed(span: DateSpan) -> QuerySet[ClosedDay]:
    rows: QuerySet[ClosedDay] = ClosedDay.objects.filter(day__range=(span.first, span.last))
    return rows.order_by("day")


def _off(span: DateSpan, closed: Iterable[ClosedDay]) -> dict[date, str]:
    return plan.off_days(span, [Closure(DateSpan.single(row.day), row.reason) for row in closed])


def entries_within(within: DateSpan | Month) -> QuerySet[TimetableEntry]:
    """What of the plan may fall into a span, with all that a screen names."""
    return _entries(as_span(within)).select_related(
        "service", "workshop", "room", "leader", "participation__person", "person"
    )


def _entries(span: DateSpan) -> QuerySet[TimetableEntry]:
    rows: QuerySet[TimetableEntry] = TimetableEntry.objects.filter(
        Q(until__isnull=True) | Q(until__gte=span.first), since__lte=span.last
    )
    return rows.order_by("begins", "ends", "pk")


def as_entry(row: TimetableEntry, persons: Iterable[Named] = ()) -> plan.Entry:
    """A row of the plan as the rules take it. Why somebody is away stands in no sentence of theirs."""
    leader = Named(str(row.leader_id), row.leader.get_full_name()) if row.leader else None
    return replace(
        as_time(row),
        name=name_of(row) if row.purpose == EntryPurpose.CLASS else str(row.get_purpose_display()),
        leader=leader,
        room=Named(str(row.room_id), row.room.name) if row.room else None,
        persons=frozenset(persons),
    )


def as_time(row: TimetableEntry) -> plan.Entry:
    """When a row of the plan is, and nothing that it is called: enough to count hours."""
    return plan.Entry(
        key=str(row.pk),
        name="",
        when=Once(row.since)
        if row.weekday is None
        else Weekly(Weekday(row.weekday), DateSpan(row.since, row.until)),
        begins=row.begins,
        ends=row.ends,
        purpose=EntryPurpose(row.purpose),
    )


def name_of(row: TimetableEntry) -> str:
    """What it is called on screen: the service, or the workshop, or its own words."""
    if row.service is not None:
        return str(row.service.name)
    if row.workshop is not None:
        return str(row.workshop.name)
    return str(row.label or row.get_purpose_display())


@dataclass(frozen=True, slots=True)
class PersonalPlan:
    """What stands in the plan of one person, and when they take part."""

    entries: tuple[plan.Entry, ...] = ()
    taking_part: tuple[DateSpan, ...] = ()
    # The rows that the entries were made of, by their key.
    rows: Mapping[str, TimetableEntry] = field(default_factory=dict)
    practice: tuple[Practice, ...] = ()

    def minutes(self, within: DateSpan | Month, off: Container[date]) -> dict[date, int]:
        """How long the person is in classes or at an employer's, day by day."""
        return plan.plan_minutes(
            self.entries, within, taking_part=self.taking_part, off=off, practice=self.practice
        )

    def shape(self, month: Month) -> object:
        """All that decides its days in a month: whole workshops have the same."""
        span = as_span(month)
        times = tuple(
            (entry.begins, entry.ends, entry.purpose, part)
            for entry in self.entries
            if (part := entry.when.within(span)) is not None
        )
        terms = tuple(part for term in self.taking_part if (part := term.clip(span)) is not None)
        return month, times, terms, self.practice

    def with_usual(
        self, usual: Mapping[date, int], within: DateSpan | Month, off: Container[date]
    ) -> dict[date, int]:
        """The unit's usual days for somebody without a plan; a day at the employer's has its own hours."""
        days = {
            day: minutes for day, minutes in usual.items() if any(day in term for term in self.taking_part)
        }
        at_work = plan.practice_minutes(self.practice, within, taking_part=self.taking_part, off=off)
        return dict(sorted((days | at_work).items()))


def plans(participation_ids: Iterable[UUID], within: DateSpan | Month) -> dict[UUID, PersonalPlan]:
    """The plans of many files at once, with what a screen names, in one query."""
    wanted, span = list(participation_ids), as_span(within)
    found, _ = _plans(wanted, span, _of_these(wanted, span, entries_within(within)), as_entry)
    return found


def _of_these(wanted: Sequence[UUID], span: DateSpan, entries_in: QuerySet[TimetableEntry]) -> Questions:
    """What the plans of some files are made of."""
    where = _places(span).filter(participation__in=wanted)
    theirs = entries_in.filter(
        Q(participation__in=wanted) | Q(workshop__in=where.order_by().values("workshop"))
    )
    return Questions(where, theirs, _taking_part(span).filter(pk__in=wanted), _closed(span))


@prepared
def _of_everybody(span: DateSpan) -> Questions:
    """The same for all who take part within a span: it names nobody, so it is put together once."""
    there = Period.objects.filter(participation=OuterRef("pk"), since__lte=span.last, until__gte=span.first)
    return Questions(_places(span), _entries(span), _taking_part(span).filter(Exists(there)), _closed(span))


def _plans(
    wanted: Sequence[UUID], span: DateSpan, asked: Questions, read: Callable[[TimetableEntry], plan.Entry]
) -> tuple[dict[UUID, PersonalPlan], dict[date, str]]:
    """The plans and the days without classes."""
    all_places, all_entries, all_taking, closed = asked.answers()
    places: defaultdict[UUID, list[WorkshopPlace]] = defaultdict(list)
    for place in all_places:
        places[place.participation_id].append(place)
    own: defaultdict[UUID, list[tuple[TimetableEntry, plan.Entry]]] = defaultdict(list)
    shared: defaultdict[UUID, list[tuple[TimetableEntry, plan.Entry]]] = defaultdict(list)
    for row in all_entries:
        if row.participation_id is not None:
            own[row.participation_id].append((row, read(row)))
        else:
            shared[row.workshop_id].append((row, read(row)))
    taking = {row.pk: row for row in all_taking}
    found: dict[UUID, PersonalPlan] = {}
    for key in wanted:
        entries = [entry for _, entry in own[key]]
        by_key = {str(row.pk): row for row, _ in own[key]}
        for place in places[key]:
            for row, entry in shared[place.workshop_id]:
                part = entry.during(DateSpan(place.since, place.until))
                if part is not None:
                    entries.append(part)
                    by_key[str(row.pk)] = row
        mine = taking.get(key)
        terms = [_span(one) for one in mine.terms] if mine is not None else []
        placed = [_placed(one) for one in mine.placed] if mine is not None else []
        found[key] = PersonalPlan(tuple(entries), tuple(terms), by_key, tuple(placed))
    return found, _off(span, closed)


def practice(
    participation_ids: Iterable[UUID], within: DateSpan | Month
) -> defaultdict[UUID, list[Placement]]:
    """Who is at an employer's within a span, in one query."""
    span = as_span(within)
    rows = Placement.objects.filter(
        participation__in=list(participation_ids), since__lte=span.last, until__gte=span.first
    )
    found: defaultdict[UUID, list[Placement]] = defaultdict(list)
    for row in rows.order_by("since", "pk"):
        found[row.participation_id].append(row)
    return found


def as_practice(row: Placement, persons: Iterable[Named] = ()) -> Practice:
    """A placement as the rules take it."""
    return Practice(
        key=str(row.pk),
        employer=row.employer,
        term=DateSpan(row.since, row.until),
        weekdays=frozenset(Weekday(number - 1) for number in row.weekdays),
        minutes=round(row.hours * _HOUR),
        begins=row.begins,
        ends=row.ends,
        persons=frozenset(persons),
    )


def class_days(participation_ids: Iterable[UUID], month: Month) -> dict[UUID, dict[date, Decimal]]:
    """The class days of each file in a month, with hours: only these carry an absence (art. 14 ust. 1a).

    Somebody whose plan is empty for the month has the unit's weekdays at its usual hours.
    """
    found = class_days_in([(key, month) for key in participation_ids])
    return {key: dict(days) for (key, _), days in found.items()}


def class_days_in(wanted: Iterable[tuple[UUID, Month]]) -> dict[tuple[UUID, Month], Mapping[date, Decimal]]:
    """The class days of files, each in its own months; one query, however many.

    People of one plan share what is found, so nobody may write into it.
    """
    months: defaultdict[UUID, set[Month]] = defaultdict(set)
    for key, month in wanted:
        months[key].add(month)
    if not months:
        return {}
    asked = set.union(*months.values())
    span = DateSpan(min(asked).first, max(asked).last)
    return _days_of(months, span, _of_these(list(months), span, _entries(span)))


def class_days_of_unit(participation_ids: Iterable[UUID], month: Month) -> dict[UUID, dict[date, Decimal]]:
    """The same of a month for most of those who take part in it."""
    span = as_span(month)
    found = _days_of({key: {month} for key in participation_ids}, span, _of_everybody(span))
    return {key: dict(days) for (key, _), days in found.items()}


def hours_on(participation_ids: Iterable[UUID], day: date) -> dict[UUID, Decimal]:
    """Who of those that take part on a day has classes then, and for how long."""
    month, single = Month.of(day), DateSpan.single(day)
    personal, off = _plans(list(participation_ids), as_span(month), _of_everybody(as_span(month)), as_time)
    found: dict[UUID, Decimal] = {}
    usual: dict[date, int] | None = None
    for key, own in personal.items():
        if has_plan(own, month):
            minutes = own.minutes(single, off)
        else:
            if usual is None:
                usual = usual_minutes(single, off)
            minutes = own.with_usual(usual, single, off)
        if day in minutes:
            found[key] = in_hours(minutes[day])
    return found


def _days_of(
    months: Mapping[UUID, set[Month]], span: DateSpan, asked: Questions
) -> dict[tuple[UUID, Month], Mapping[date, Decimal]]:
    personal, off = _plans(list(months), span, asked, as_time)
    found: dict[tuple[UUID, Month], Mapping[date, Decimal]] = {}
    usual: dict[date, int] | None = None
    alike: dict[object, Mapping[date, Decimal]] = {}
    for key, own in personal.items():
        for month in sorted(months[key]):
            shape = own.shape(month)
            if shape not in alike:
                if has_plan(own, month):
                    minutes = own.minutes(month, off)
                else:
                    if usual is None:
                        usual = usual_minutes(span, off)
                    here = {day: part for day, part in usual.items() if day in month}
                    minutes = own.with_usual(here, month, off)
                alike[shape] = {day: in_hours(part) for day, part in minutes.items()}
            found[key, month] = alike[shape]
    return found


def has_plan(own: PersonalPlan, within: DateSpan | Month) -> bool:
    """Whether any class of the plan falls into the span, be it on a day without classes."""
    span = as_span(within)
    return any(
        entry.purpose is EntryPurpose.CLASS and any(True for _ in entry.when.days(span))
        for entry in own.entries
    )


@prepared
def _usual(last: date | None) -> Questions:
    return Questions(
        UnitCalendar.objects.filter(since__lte=last).order_by("since"),
        AttendanceSettings.objects.order_by("pk")[:1],
    )


def usual_minutes(within: DateSpan | Month, off: Iterable[date]) -> dict[date, int]:
    """The days on which the unit has classes, by its own layout of the week."""
    span = as_span(within)
    weeks, settings = _usual(span.last).answers()
    hours = settings[0].day_hours if settings else DAY_HOURS
    closed = set(off)
    found: dict[date, int] = {}
    for day in span:
        weekdays = next((row.weekdays for row in reversed(weeks) if row.since <= day), _WORK_WEEK)
        if day.isoweekday() in weekdays and day not in closed:
            found[day] = round(hours * _HOUR)
    return found


def days_around(workshop_id: UUID, day: date) -> tuple[date, date]:
    """The last day before and the first day after on which there may be classes here.

    By the layout of the unit's week or by the plan of this workshop; with neither in a fortnight, the next
    days there are.
    """
    span = DateSpan(day - _FORTNIGHT, day + _FORTNIGHT)
    off = off_days(span)
    found = set(usual_minutes(span, off))
    for row in entries_within(span).filter(workshop=workshop_id, purpose=EntryPurpose.CLASS):
        found |= set(as_entry(row).when.days(span)) - set(off)
    before = max((one for one in found if one < day), default=day - ONE_DAY)
    return before, min((one for one in found if one > day), default=day + ONE_DAY)


@cache
def in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / _HOUR).quantize(_CENT)


def workshop_people(workshop_id: UUID, day: date) -> list[Participation]:
    """Who belongs to a workshop on a day and takes part then, in the order of names."""
    taking = Period.objects.filter(since__lte=day, until__gte=day).values("participation")
    places = catalogue.places_on(day).filter(workshop=workshop_id, participation__in=taking)
    rows = Participation.objects.filter(pk__in=places.values("participation"))
    return list(rows.select_related("person").order_by("person__name_order", "pk"))


def _places(span: DateSpan) -> QuerySet[WorkshopPlace]:
    rows: QuerySet[WorkshopPlace] = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=span.first), since__lte=span.last
    )
    return rows.order_by("since", "pk")


def _taking_part(span: DateSpan) -> QuerySet[Any]:
    """Periods and practice of each file, both in one query: a month's grid has few to spend."""
    within = Q(participation=OuterRef("pk"), since__lte=span.last, until__gte=span.first)
    terms = Period.objects.filter(within).order_by("since", "pk")
    placed = Placement.objects.filter(within).order_by("since", "pk")
    days = {name: name for name in ("since", "until")}
    more = {name: name for name in ("pk", "employer", "weekdays", "hours", "begins", "ends")}
    rows: QuerySet[Any] = Participation.objects.only("pk").order_by("pk")
    return rows.annotate(
        terms=JsonRows(terms.values(json=JSONObject(**days))),
        placed=JsonRows(placed.values(json=JSONObject(**days, **more))),
    )


def _span(row: Mapping[str, Any]) -> DateSpan:
    return DateSpan(date.fromisoformat(row["since"]), date.fromisoformat(row["until"]))


def _placed(row: Mapping[str, Any]) -> Practice:
    span = _span(row)
    return as_practice(
        Placement(
            pk=UUID(row["pk"]),
            employer=row["employer"],
            since=span.first,
            until=span.last,
            weekdays=row["weekdays"],
            hours=Decimal(str(row["hours"])),
            begins=_time(row["begins"]),
            ends=_time(row["ends"]),
        )
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
