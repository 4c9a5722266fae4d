"""Classes of a day and of a person: what the plan has, what the journal says, who was there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from ipzs import catalogue
from ipzs.enums import EntryPurpose, MeetingState
from ipzs.models import (
    ClassMeeting,
    ClassPresence,
    DayMark,
    Placement,
    PracticalSkill,
    TimetableEntry,
    WorkshopPlace,
)
from ipzs.queries.timetable import entries_within, name_of, off_days, workshop_people
from ipzs.services.timetable_classes import falls_on, in_lessons, lessons
from participants.models import Participation, Period
from reintegration.core.components import Badge
from reintegration.core.dates import DateSpan
from reintegration.core.formats import clock_text

BADGES = {
    MeetingState.PLANNED: Badge("bez wpisu", "info"),
    MeetingState.HELD: Badge("odbyły się", "ok"),
    MeetingState.CANCELLED: Badge("odwołane", "plain"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A class of a day: of the plan, of the journal, or of both."""

    entry: TimetableEntry | None
    meeting: ClassMeeting | None
    hours: str
    name: str
    group: str
    leader: str
    room: str
    badge: Badge
    present: int | None
    person_id: Any = None


def of_day(day: date, *, leader_id: UUID | None = None) -> tuple[str, list[Slot]]:
    """Why there are no classes on the day, and its classes, or those of one leader, in the order of hours."""
    off = off_days(DateSpan.single(day)).get(day, "")
    led = Q() if leader_id is None else Q(leader=leader_id)
    # What somebody else held in their stead is written too.
    written_by = Q() if leader_id is None else led | Q(entry__leader=leader_id)
    held = list(
        ClassMeeting.objects.filter(written_by, day=day)
        .select_related("service", "workshop", "room", "leader", "entry__person")
        .annotate(people=Count("presences"))
        .order_by("begins", "pk")
    )
    written = {row.entry_id for row in held if row.entry_id is not None}
    found = [(row.begins, row.ends, _of_journal(row)) for row in held]
    if not off:
        for entry in entries_within(DateSpan.single(day)).filter(led):
            planned = entry.purpose == EntryPurpose.CLASS and falls_on(entry, day)
            if planned and entry.pk not in written:
                found.append((entry.begins, entry.ends, _of_plan(entry)))
    found.sort(key=lambda one: (one[0], one[1], one[2].name, one[2].group))
    return off, [slot for _, _, slot in found]


def _of_journal(row: ClassMeeting) -> Slot:
    person = row.entry.person if row.entry is not None and row.entry.person_id is not None else None
    return Slot(
        row.entry,
        row,
        f"{clock_text(row.begins)}–{clock_text(row.ends)}",
        str(row.service.name),
        row.workshop.name if row.workshop else str(person or ""),
        row.leader.get_full_name(),
        row.room.name if row.room else "",
        BADGES[MeetingState(row.state)],
        row.people,  # type: ignore[attr-defined]
        person.pk if person else None,
    )


def _of_plan(row: TimetableEntry) -> Slot:
    return Slot(
        row,
        None,
        f"{clock_text(row.begins)}–{clock_text(row.ends)}",
        name_of(row),
        row.workshop.name if row.workshop else str(row.person or ""),
        row.leader.get_full_name() if row.leader else "",
        row.room.name if row.room else "",
        BADGES[MeetingState.PLANNED],
        None,
        row.person_id,
    )


def people_of(entry: TimetableEntry | None, meeting: ClassMeeting | None, day: date) -> list[Participation]:
    """Who may have been there: the group on that day, or the one person; and who is written down."""
    found: dict[Any, Participation] = {}
    if meeting is not None:
        written = meeting.presences.values("participation")
        rows = Participation.objects.filter(pk__in=written).select_related("person")
        found = {row.pk: row for row in rows.order_by("person__name_order", "pk")}
    workshop_id = meeting.workshop_id if meeting is not None else entry.workshop_id if entry else None
    if workshop_id is not None:
        found |= {row.pk: row for row in workshop_people(workshop_id, day)}
    elif entry is not None and entry.participation_id is not None:
        taking = Period.objects.filter(since__lte=day, until__gte=day).values("participation")
        one = Participation.objects.filter(pk=entry.participation_id, pk__in=taking)
        found |= {row.pk: row for row in one.select_related("person").order_by("pk")}
    return sorted(found.values(), key=lambda row: (row.person.name_order, row.pk))


def away_by_marks(people: Iterable[Participation], day: date) -> set[UUID]:
    """Whose mark of the day says that they were not there."""
    return set(_marks(people, day).exclude(kind="present").values_list("participation", flat=True))


def shorter_by_marks(
    people: Iterable[Participation], entry: TimetableEntry, day: date
) -> dict[UUID, Decimal]:
    """Whose day is marked as shorter than the class cannot have been there for all of it."""
    whole = lessons(entry.begins, entry.ends)
    came = _marks(people, day).filter(kind="present", hours__isnull=False)
    there = {key: in_lessons(hours) for key, hours in came.values_list("participation", "hours")}
    return {key: part for key, part in there.items() if 0 < part < whole}


def _marks(people: Iterable[Participation], day: date) -> QuerySet[DayMark]:
    rows: QuerySet[DayMark] = DayMark.objects.filter(day=day, participation__in=[row.pk for row in people])
    return rows.order_by("pk")


def journal() -> QuerySet[ClassMeeting]:
    rows: QuerySet[ClassMeeting] = ClassMeeting.objects.select_related(
        "service", "workshop", "leader", "room"
    ).annotate(people=Count("presences"))
    return rows


def for_paper(rows: QuerySet[ClassMeeting]) -> QuerySet[ClassMeeting]:
    """Lines of the journal with everybody who was there."""
    present = ClassPresence.objects.select_related("person").order_by("person__name_order", "pk")
    return rows.prefetch_related(Prefetch("presences", queryset=present)).order_by("day", "begins", "pk")


# One person


@dataclass(frozen=True, slots=True)
class PersonClasses:
    """What the tab of a file shows."""

    places: Sequence[WorkshopPlace]
    placements: Sequence[Placement]
    skills: Sequence[PracticalSkill]
    recent: Sequence[ClassPresence]
    hours: Any


def of_person(case: Participation) -> PersonClasses:
    presences = ClassPresence.objects.filter(participation=case)
    return PersonClasses(
        list(
            WorkshopPlace.objects.filter(participation=case)
            .select_related("workshop")
            .order_by("-since", "pk")
        ),
        list(Placement.objects.filter(participation=case).order_by("-since", "pk")),
        list(
            PracticalSkill.objects.filter(participation=case)
            .select_related("workshop", "confirmed_by")
            .order_by("-acquired_on", "pk")
        ),
        list(
            presences.select_related("meeting__service", "meeting__workshop").order_by(
                "-day", "-meeting__begins", "pk"
            )[:10]
        ),
        presences.aggregate(all=Sum("hours"))["all"] or 0,
    )


def skills_to_offer(case: Participation) -> list[tuple[str, str]]:
    """The built-in skills of the trades that a person works in, without those confirmed before."""
    trades = set(
        WorkshopPlace.objects.filter(participation=case)
        .order_by("pk")
        .values_list("workshop__trade", flat=True)
    )
    known = set(
        PracticalSkill.objects.filter(participation=case).order_by("pk").values_list("name", flat=True)
    )
    found = [skill for one in catalogue.trades() if one.key in trades for skill in one.skills]
    return [(skill, skill) for skill in dict.fromkeys(found) if skill not in known]
