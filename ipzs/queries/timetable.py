"""The plan as the rules take it: whose entries, on which days, without holidays and closed days.

A person's plan is what stands in it alone and what the groups they belong to have, for as long as they
belong. Where a month has no plan at all, the unit's weekdays speak for it (benefit spec, section 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from ipzs.models import AttendanceSettings, TimetableEntry, WorkshopPlace
from ipzs.rules import plan
from ipzs.rules.codes import EntryPurpose, Weekday
from ipzs.rules.plan import Closure, Named, Once, Weekly
from participants.models import Participation, Period
from reintegration.core.dates import DateSpan, Month, as_span
from reintegration.tenancy.models import ClosedDay, UnitCalendar

DAY_HOURS = Decimal(6)
_HOUR = Decimal(60)
_CENT = Decimal("0.01")
_WORK_WEEK = (1, 2, 3, 4, 5)


def off_days(within: DateSpan | Month) -> dict[date, str]:
    """Public holidays and the unit's days without classes, with their names."""
    span = as_span(within)
    rows = ClosedDay.objects.filter(day__range=(span.first, span.last)).order_by("day")
    return plan.off_days(span, [Closure(DateSpan.single(row.day), row.reason) for row in rows])


def entries_within(within: DateSpan | Month) -> QuerySet[TimetableEntry]:
    """What of the plan may fall into a span, with all that a screen names."""
    span = as_span(within)
    rows: QuerySet[TimetableEntry] = TimetableEntry.objects.filter(
        Q(until__isnull=True) | Q(until__gte=span.first), since__lte=span.last
    )
    return rows.select_related(
        "service", "workshop", "room", "leader", "participation__person", "person"
    ).order_by("begins", "ends", "pk")


def as_entry(row: TimetableEntry, persons: Iterable[Named] = ()) -> plan.Entry:
    """A row of the plan as the rules take it. Why somebody is away stands in no sentence of theirs."""
    leader = Named(str(row.leader_id), row.leader.get_full_name()) if row.leader else None
    return plan.Entry(
        key=str(row.pk),
        name=name_of(row) if row.purpose == EntryPurpose.CLASS else str(row.get_purpose_display()),
        when=Once(row.since)
        if row.weekday is None
        else Weekly(Weekday(row.weekday), DateSpan(row.since, row.until)),
        begins=row.begins,
        ends=row.ends,
        purpose=EntryPurpose(row.purpose),
        leader=leader,
        room=Named(str(row.room_id), row.room.name) if row.room else None,
        persons=frozenset(persons),
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


def plans(participation_ids: Iterable[UUID], within: DateSpan | Month) -> dict[UUID, PersonalPlan]:
    """The plans of many files at once, in three queries."""
    span, wanted = as_span(within), list(participation_ids)
    places = _places(wanted, span)
    groups = {place.workshop_id for found in places.values() for place in found}
    own: defaultdict[UUID, list[TimetableEntry]] = defaultdict(list)
    shared: defaultdict[UUID, list[TimetableEntry]] = defaultdict(list)
    for row in entries_within(span).filter(Q(participation__in=wanted) | Q(workshop__in=groups)):
        if row.participation_id is not None:
            own[row.participation_id].append(row)
        else:
            shared[row.workshop_id].append(row)
    terms = _terms(wanted, span)
    found: dict[UUID, PersonalPlan] = {}
    for key in wanted:
        entries = [as_entry(row) for row in own[key]]
        rows = list(own[key])
        for place in places[key]:
            for row in shared[place.workshop_id]:
                part = as_entry(row).during(DateSpan(place.since, place.until))
                if part is not None:
                    entries.append(part)
                    rows.append(row)
        by_key = {str(row.pk): row for row in rows}
        found[key] = PersonalPlan(tuple(entries), tuple(terms[key]), by_key)
    return found


def class_days(participation_ids: Iterable[UUID], month: Month) -> dict[UUID, dict[date, Decimal]]:
    """The class days of each file in a month, with hours: only these carry an absence (art. 14 ust. 1a).

    Somebody whose plan is empty for the month has the unit's weekdays at its usual hours.
    """
    off = off_days(month)
    found: dict[UUID, dict[date, Decimal]] = {}
    usual: dict[date, Decimal] | None = None
    for key, own in plans(participation_ids, month).items():
        minutes = plan.plan_minutes(own.entries, month, taking_part=own.taking_part, off=off)
        if minutes or has_plan(own, month):
            found[key] = {day: in_hours(part) for day, part in sorted(minutes.items())}
            continue
        if usual is None:
            usual = usual_days(month, off)
        found[key] = {
            day: hours for day, hours in usual.items() if any(day in term for term in own.taking_part)
        }
    return found


def has_plan(own: PersonalPlan, within: DateSpan | Month) -> bool:
    """Whether any class of the plan falls into the span, be it on a day without classes."""
    span = as_span(within)
    return any(
        entry.purpose is EntryPurpose.CLASS and any(True for _ in entry.when.days(span))
        for entry in own.entries
    )


def usual_days(month: Month, off: Iterable[date]) -> dict[date, Decimal]:
    """The days of a month on which the unit has classes, by its own layout of the week."""
    weeks = list(UnitCalendar.objects.filter(since__lte=month.last).order_by("since"))
    settings = AttendanceSettings.objects.first()
    hours = settings.day_hours if settings is not None else DAY_HOURS
    closed = set(off)
    found: dict[date, Decimal] = {}
    for day in month:
        weekdays = next((row.weekdays for row in reversed(weeks) if row.since <= day), _WORK_WEEK)
        if day.isoweekday() in weekdays and day not in closed:
            found[day] = hours
    return found


def in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / _HOUR).quantize(_CENT)


def workshop_people(workshop_id: UUID, day: date) -> list[Participation]:
    """Who belongs to a workshop on a day and takes part then, in the order of names."""
    taking = Period.objects.filter(since__lte=day, until__gte=day).values("participation")
    places = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        workshop=workshop_id,
        since__lte=day,
        participation__in=taking,
    )
    rows = Participation.objects.filter(pk__in=places.values("participation"))
    return list(rows.select_related("person").order_by("person__name_order", "pk"))


def _places(wanted: Sequence[UUID], span: DateSpan) -> defaultdict[UUID, list[WorkshopPlace]]:
    rows = WorkshopPlace.objects.filter(
        Q(until__isnull=True) | Q(until__gte=span.first),
        participation__in=wanted,
        since__lte=span.last,
    )
    found: defaultdict[UUID, list[WorkshopPlace]] = defaultdict(list)
    for row in rows.order_by("since", "pk"):
        found[row.participation_id].append(row)
    return found


def _terms(wanted: Sequence[UUID], span: DateSpan) -> defaultdict[UUID, list[DateSpan]]:
    rows = Period.objects.filter(participation__in=wanted, since__lte=span.last, until__gte=span.first)
    found: defaultdict[UUID, list[DateSpan]] = defaultdict(list)
    for row in rows.order_by("since", "pk"):
        found[row.participation_id].append(DateSpan(row.since, row.until))
    return found
