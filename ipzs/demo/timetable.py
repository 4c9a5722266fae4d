"""Workshops with their people, a plan with therapy beside it, and three weeks of the class journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from ipzs import catalogue as built_in
from ipzs.enums import MarkKind
from ipzs.models import ClassMeeting, DayMark, PracticalSkill, Room, Service, TimetableEntry, Workshop
from ipzs.queries.timetable import off_days, workshop_people
from ipzs.services import catalogue, timetable, timetable_classes, timetable_results
from ipzs.services.catalogue import WorkshopData
from ipzs.services.timetable import EntryData
from ipzs.services.timetable_classes import MeetingData, falls_on, lessons
from ipzs.services.timetable_results import PlacementData
from participants.models import Participation, Period
from participants.services.participations.common import actor
from reintegration.accounts.models import User
from reintegration.administration.demo_data import SINCE, email_of
from reintegration.core import clock
from reintegration.core.dates import DateSpan
from reintegration.core.demo import demo_id, demo_step
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import scope

CENTRE, CLUB = "nowymost", "przystan"
JOURNAL = timedelta(days=20)
TOPICS = (
    "Zasady bezpieczeństwa przy maszynach",
    "Pomiar i trasowanie",
    "Praca z rysunkiem",
    "Łączenie elementów",
    "Wykończenie i porządek na stanowisku",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A workshop or a group, who leads it, and its hours: (weekdays, from, to)."""

    unit: str
    name: str
    leader: str
    service: str
    hours: tuple[tuple[tuple[int, ...], int, int], ...]
    kind: str = "workshop"
    trade: str = ""
    site: str = ""
    places: int | None = None


GROUPS = (
    Group(
        CENTRE, "Stolarnia", "tomasz.klon", "workshop_practice",
        (((0, 1, 3, 4), 8, 14), ((2,), 8, 12)), trade="carpentry", site="Stolarnia", places=8,
    ),
    Group(
        CENTRE, "Kuchnia", "jan.deren", "workshop_practice",
        (((0, 1, 3, 4), 8, 14), ((2,), 8, 12)), trade="catering", site="Kuchnia i ogród", places=6,
    ),
    Group(
        CENTRE, "Trening społeczny", "olga.mieta", "social_roles", (((2,), 12, 14),), kind="group",
        site="Stolarnia",
    ),
    Group(
        CLUB, "Klub pracy", "bozena.lipa", "job_search", (((0, 2), 9, 12),), kind="group", site="Sala klubu",
        places=12,
    ),
    Group(
        CLUB, "Zajęcia komputerowe", "igor.buk", "computer", (((4,), 9, 12),), kind="group", site="Sala klubu"
    ),
)  # fmt: skip


@contextmanager
def _as(login: str, unit: str) -> Iterator[User]:
    user = User.objects.get(email=email_of(login, unit))
    with scope(organisation_id=demo_id(f"organisation:{unit}"), user_id=user.pk, source="demo"):
        yield user


@demo_step("services, workshops and the plan", order=58)
def load_plan() -> None:
    for unit, login in ((CENTRE, "ewa.jarzebina"), (CLUB, "bozena.lipa")):
        with _as(login, unit):
            catalogue.ensure_catalogue()
            if Workshop.objects.exists():
                continue
            for group in GROUPS:
                if group.unit == unit:
                    _open(group)
            _people(unit)


@demo_step("practice and skills", order=72)
def load_results() -> None:
    with _as("ewa.jarzebina", CENTRE):
        if not PracticalSkill.objects.exists():
            _results()


@demo_step("the class journal", order=92)
def load_journal() -> None:
    """After the attendance, which says who was there."""
    for unit, login in ((CENTRE, "ewa.jarzebina"), (CLUB, "bozena.lipa")):
        with _as(login, unit):
            if not ClassMeeting.objects.exists():
                _journal()


def _open(group: Group) -> None:
    site = Site.objects.filter(name=group.site).first()
    room_id = None
    if site is not None:
        name = f"Sala: {site.name}"
        room = Room.objects.filter(site=site, name=name).first()
        room_id = (room or catalogue.save_room(site_id=site.pk, name=name, places=12)).pk
    made = catalogue.save_workshop(
        data=WorkshopData(
            kind=group.kind,
            name=group.name,
            opened_on=SINCE,
            trade=group.trade,
            site_id=site.pk if site else None,
            places=group.places,
        )
    )
    leader = User.objects.get(email=email_of(group.leader, group.unit))
    catalogue.add_leader(workshop_id=made.pk, user_id=leader.pk, since=SINCE)
    service = Service.objects.get(key=group.service)
    for weekdays, begins, ends in group.hours:
        timetable.add_entries(
            data=EntryData(
                begins=time(begins),
                ends=time(ends),
                since=SINCE,
                workshop_id=made.pk,
                service_id=service.pk,
                room_id=room_id,
                leader_id=leader.pk,
            ),
            weekdays=weekdays,
        )


def _people(unit: str) -> None:
    """Everybody who takes part has a place; workshops take turns, groups take all."""
    groups = list(Workshop.objects.filter(kind="group").order_by("name"))
    workshops = list(Workshop.objects.filter(kind="workshop").order_by("-name"))
    taking = Period.objects.filter(until__gte=clock.today()).values("participation")
    cases = Participation.objects.filter(pk__in=taking, ended_on__isnull=True)
    for number, case in enumerate(cases.order_by("opened_on", "pk")):
        first = Period.objects.filter(participation=case).order_by("since").first()
        if first is None:
            continue
        for where in ([workshops[number % len(workshops)]] if workshops else []) + groups:
            catalogue.take_place(workshop_id=where.pk, participation_id=case.pk, since=first.since)
        if number == 1:
            _therapy(case, first.since)
        if unit == CLUB or number == 0:
            _advice(case, first.since)


def _therapy(case: Participation, since: date) -> None:
    """Therapy on Tuesdays, around which the classes go."""
    data = EntryData(
        begins=time(12),
        ends=time(14),
        since=since,
        purpose="away",
        participation_id=case.pk,
        label="poradnia",
    )
    timetable.add_entries(data=data, weekdays=[1])


def _advice(case: Participation, since: date) -> None:
    service = Service.objects.get(key="career_advice")
    data = EntryData(
        begins=time(14), ends=time(15), since=since, participation_id=case.pk, service_id=service.pk
    )
    timetable.add_entries(data=data, weekdays=[3])


def _journal() -> None:
    """Three weeks up to yesterday; one class was cancelled."""
    today = clock.today()
    span = DateSpan(today - JOURNAL, today - timedelta(days=1))
    off = off_days(span)
    entries = list(TimetableEntry.objects.filter(workshop__isnull=False).order_by("begins", "pk"))
    number = 0
    for day in span:
        if day in off:
            continue
        for entry in entries:
            if not falls_on(entry, day):
                continue
            number += 1
            if number == 6:
                timetable_classes.cancel(reason="awaria prądu", entry_id=entry.pk, day=day)
                continue
            _hold(entry, day, number)


def _hold(entry: TimetableEntry, day: date, number: int) -> None:
    hours = lessons(entry.begins, entry.ends)
    here = workshop_people(entry.workshop_id, day) if entry.workshop_id else []
    marked = DayMark.objects.filter(day=day, kind=MarkKind.PRESENT).order_by("pk")
    came = set(marked.values_list("participation_id", flat=True))
    present: dict[UUID, Decimal] = {case.pk: hours for case in here if case.pk in came}
    timetable_classes.hold(
        data=MeetingData(
            service_id=entry.service_id or Service.objects.get(key="workshop_practice").pk,
            leader_id=entry.leader_id or actor(),
            begins=entry.begins,
            ends=entry.ends,
            hours=hours,
            topic=TOPICS[number % len(TOPICS)],
            present=present,
            room_id=entry.room_id,
        ),
        entry_id=entry.pk,
        day=day,
    )


def _results() -> None:
    """Who has come furthest had a practice and can do the first things of the trade."""
    today = clock.today()
    case = Participation.objects.filter(person__first_name="Lech", person__last_name="Jawor").first()
    if case is None:
        return
    timetable_results.save_placement(
        participation_id=case.pk,
        data=PlacementData(
            employer="Meble Wymyślone sp. z o.o.",
            agreement_number="3/2026",
            agreement_on=today - timedelta(days=50),
            since=today - timedelta(days=40),
            until=today - timedelta(days=27),
            place="Modrzewno, ul. Polna 2",
            tutor="Adam Grabina",
            tasks="Montaż mebli, pakowanie, praca w zespole.",
        ),
    )
    trade = next(one for one in built_in.trades() if one.key == "carpentry")
    timetable_results.confirm_skills(
        participation_id=case.pk,
        names=trade.skills[:2],
        acquired_on=today - timedelta(days=10),
        workshop_id=Workshop.objects.get(name="Stolarnia").pk,
    )
