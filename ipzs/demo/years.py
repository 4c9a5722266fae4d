"""Three years of days in the large demo: workshops, programmes, leaves and marks, up to yesterday.

The marks are by far the most rows; the database takes them in one statement for each unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ipzs.demo.programmes import content, offered_services
from ipzs.enums import MarkKind, MonthState, ProgrammeEnd, ProgrammeKind, ProgrammeState, VersionState
from ipzs.models import (
    AttendanceMonth,
    DayMark,
    Evaluation,
    ExcuseReason,
    Programme,
    ProgrammeVersion,
    Service,
    SickLeave,
    Workshop,
    WorkshopPlace,
)
from ipzs.programmes_papers import SERIES_OF
from ipzs.queries import timetable as plans
from ipzs.rules import content as rules
from ipzs.services import catalogue, timetable
from ipzs.services import months as month_services
from ipzs.services.catalogue import WorkshopData
from ipzs.services.timetable import EntryData
from participants.enums import EndReason
from participants.models import Agreement, Participation, Period
from participants.rules.codes import PeriodKind
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import SINCE, id_of
from reintegration.core import clock
from reintegration.core.dates import DateSpan, Month
from reintegration.core.demo import demo_step, moment_of
from reintegration.core.ids import uuid7
from reintegration.documents.numbers import next_number
from reintegration.tenancy.models import Site
from reintegration.tenancy.scope import Scope, scope

# Units whose last month is closed; in the others it waits, and in one of them days are missing.
CLOSED: Final = ("furtka", "kram", "czolenko", "laweczka")
GAPS: Final = "zielnik"
# So many of the last months are closed by the service, which looks at every person; those before in bulk.
CHECKED: Final = 3
# Of so many days one is an absence that nobody excused, and one that the rules of the unit excuse.
UNEXCUSED, EXCUSED = 41, 67
# A leave lasts so many days; every so many files have one, this many days after the first day in classes.
LEAVE, ILL_ONE_IN, ILL_AFTER = 6, 3, 45
ENDS: Final[Mapping[str, ProgrammeEnd]] = {
    EndReason.JOB: ProgrammeEnd.WORK,
    EndReason.BUSINESS: ProgrammeEnd.WORK,
    EndReason.COOPERATIVE: ProgrammeEnd.WORK,
    EndReason.ABANDONED: ProgrammeEnd.ABANDONMENT,
    EndReason.STATEMENT: ProgrammeEnd.STATEMENT,
    EndReason.COMPLETED: ProgrammeEnd.PERIOD_OVER,
}
COLUMNS: Final = {
    "id": "uuid", "participation_id": "uuid", "person_id": "uuid", "day": "date", "kind": "text",
    "hours": "numeric", "meal": "bool", "workshop_id": "uuid", "excuse_id": "uuid", "sick_leave_id": "uuid",
    "marked_at": "timestamptz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file with its periods, in their order."""

    row: Participation
    periods: Sequence[Period]

    @property
    def days(self) -> DateSpan:
        return DateSpan(self.periods[0].since, self.periods[-1].until)

    def kind_on(self, day: date) -> str | None:
        return next((one.kind for one in self.periods if one.since <= day <= one.until), None)


@demo_step("three years of days", order=93, large=True)
def load_years() -> None:
    for unit in country.UNITS:
        with _as(unit, "manager") as opened:
            if not DayMark.objects.exists():
                workshops = _workshops(unit)
                found = _files()
                leader = unit.user("social_worker" if unit.social_worker else "manager")
                _programmes(unit, leader, found)
                places = _places(unit, workshops, found)
                _mark(unit, opened, found, places, _leaves(unit, found))


@demo_step("three years of closed months", order=98, large=True)
def close_years() -> None:
    today = clock.today()
    last = Month.of(today).previous
    for unit in country.UNITS:
        until = last if unit.key in CLOSED else last.previous
        with _as(unit, "manager"):
            if AttendanceMonth.objects.exists():
                continue
            first = Month.of(Period.objects.order_by("since").values_list("since", flat=True)[0])
            checked = max(first, last.plus(1 - CHECKED))
            manager = unit.user("manager")
            AttendanceMonth.objects.bulk_create(
                AttendanceMonth(
                    first_day=month.first, state=MonthState.CLOSED, closings=1, closed_by=manager,
                    closed_at=_at(_closing_day(month)),
                )
                for month in _months(first, checked.previous)
            )  # fmt: skip
        for month in _months(checked, until):
            with clock.frozen(moment_of(_closing_day(month))), _as(unit, "manager"):
                month_services.close(month=month)


def _months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.next


def _closing_day(month: Month) -> date:
    """One of the first days of the next month."""
    return month.next.first + timedelta(days=3)


def _as(unit: country.CountryUnit, role: str) -> Any:
    user = unit.user(role)
    return scope(organisation_id=id_of(unit.key), user_id=user.pk, source="demo")  # type: ignore[arg-type]


def _files() -> list[File]:
    periods: dict[UUID, list[Period]] = {}
    for one in Period.objects.select_related("participation__person").order_by("since", "pk"):
        periods.setdefault(one.participation_id, []).append(one)
    return [File(rows[0].participation, rows) for rows in periods.values()]


def _workshops(unit: country.CountryUnit) -> list[Workshop]:
    catalogue.ensure_catalogue()
    emails = [f"{country.login(name)}@{unit.key}.example" for name in (unit.instructor, *unit.others)]
    leaders = [User.objects.get(email=email) for email in emails]
    service = Service.objects.get(key="workshop_practice" if unit.is_cis else "job_search")
    made = []
    for number, (name, trade) in enumerate(unit.groups):
        leader = leaders[number % len(leaders)]
        site = Site.objects.get(name=name)
        room = catalogue.save_room(site_id=site.pk, name=f"Sala: {name}", places=12)
        kind = "workshop" if unit.is_cis else "group"
        workshop = catalogue.save_workshop(
            data=WorkshopData(kind=kind, name=name, opened_on=SINCE, trade=trade, site_id=site.pk)
        )
        catalogue.add_leader(workshop_id=workshop.pk, user_id=leader.pk, since=SINCE)
        data = EntryData(
            begins=time(8 if unit.is_cis else 9), ends=time(14 if unit.is_cis else 12), since=SINCE,
            workshop_id=workshop.pk, service_id=service.pk, room_id=room.pk, leader_id=leader.pk,
        )  # fmt: skip
        timetable.add_entries(data=data, weekdays=range(5) if unit.is_cis else (number, number + 2))
        made.append(workshop)
    return made


def _programmes(unit: country.CountryUnit, leader: User, found: Sequence[File]) -> None:
    """One agreement each, signed before the first day; over when the file is."""
    offered = offered_services()
    kind = ProgrammeKind.IPZS if unit.is_cis else ProgrammeKind.SOCIAL_CONTRACT
    agreed = {one.participation_id: one for one in Agreement.objects.order_by("pk")}
    programmes, versions, evaluations = [], [], []
    for file in found:
        row, (since, planned) = file.row, _planned(file)
        signed = row.programme_signed_on or since
        # An end shortens the programme; who began to work has left it with the same day.
        until = row.ended_on or planned
        ended = row.ended_on is not None
        end_kind = ENDS.get(row.end_reason, ProgrammeEnd.OTHER) if ended else ""
        if end_kind == ProgrammeEnd.PERIOD_OVER and not unit.is_cis:
            end_kind = ProgrammeEnd.CONTRACT_FULFILLED
        programme = Programme(
            participation=row, person=row.person, kind=kind, number=next_number(SERIES_OF[kind], on=signed),
            state=ProgrammeState.ENDED if ended else ProgrammeState.RUNNING, since=since, until=until,
            ended_on=row.ended_on, end_kind=end_kind,
            work_since=row.ended_on if end_kind == ProgrammeEnd.WORK else None,
            made_by=leader, made_at=_at(signed),
        )  # fmt: skip
        programmes.append(programme)
        said = content(kind, since, planned, leader.get_full_name(), offered)
        versions.append(ProgrammeVersion(
            programme=programme, person=row.person, number=1, state=VersionState.IN_FORCE, since=since,
            until=planned, content=rules.to_dict(said), signed_on=signed, signed_how="witnessed",
            witness=leader.get_full_name(), agreement=agreed.get(row.pk), made_by=leader,
            made_at=_at(signed),
        ))  # fmt: skip
        evaluations += _evaluations(programme, said.evaluations, until, leader)
    Programme.objects.bulk_create(programmes)
    ProgrammeVersion.objects.bulk_create(versions)
    Evaluation.objects.bulk_create(evaluations)


def _planned(file: File) -> tuple[date, date]:
    last = file.periods[-1]
    return file.periods[0].since, last.planned_until or last.until


def _evaluations(programme: Programme, days: Sequence[date], until: date, leader: User) -> list[Evaluation]:
    made = []
    for due in days:
        held = due if due < clock.today() - timedelta(days=2) else None
        if due <= until:
            made.append(Evaluation(
                programme=programme, person=programme.person, due_on=due, held_on=held,
                result="on_course" if held else "", held_by=leader if held else None,
            ))  # fmt: skip
    return made


def _places(
    unit: country.CountryUnit, workshops: Sequence[Workshop], found: Sequence[File]
) -> dict[UUID, UUID]:
    """In a centre everybody has one workshop, in a club all groups; says whose mark names which."""
    made = [
        WorkshopPlace(
            workshop=workshop, participation=file.row, person=file.row.person, since=file.days.first,
            until=file.row.ended_on,
        )
        for number, file in enumerate(found)
        for workshop in ([workshops[number % len(workshops)]] if unit.is_cis else workshops)
    ]  # fmt: skip
    WorkshopPlace.objects.bulk_create(made)
    return {one.participation_id: one.workshop_id for one in made} if unit.is_cis else {}


def _leaves(unit: country.CountryUnit, found: Sequence[File]) -> dict[UUID, SickLeave]:
    """Some were ill once, and brought the paper; today nobody of them is."""
    made = []
    for number, file in enumerate(found):
        since = file.days.first + timedelta(days=ILL_AFTER + number % 20)
        until = since + timedelta(days=LEAVE - 1)
        kinds = {file.kind_on(since), file.kind_on(until)}
        if unit.is_cis and number % ILL_ONE_IN == 0 and kinds == {PeriodKind.MAIN} and until < clock.today():
            made.append(SickLeave(
                participation=file.row, person=file.row.person, since=since, until=until, confirmed_on=until
            ))  # fmt: skip
    SickLeave.objects.bulk_create(made)
    return {one.participation_id: one for one in made}


def _mark(
    unit: country.CountryUnit,
    opened: Scope,
    found: Sequence[File],
    places: Mapping[UUID, UUID],
    leaves: Mapping[UUID, SickLeave],
) -> None:
    """Every class day until yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    last = Month.of(clock.today()).previous
    planned = _class_days(unit, DateSpan(min(file.days.first for file in found), yesterday))
    excuse = ExcuseReason.objects.order_by("name_order").values_list("pk", flat=True)[0]
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for serial, file in enumerate(found):
        for day, hours in planned.items():
            if file.kind_on(day) is None:
                continue
            if unit.key == GAPS and serial % 4 == 0 and day == last.last - timedelta(days=2):
                continue
            said = _said(day.toordinal() + serial * 11, day, hours, leaves.get(file.row.pk))
            if said["kind"] == MarkKind.EXCUSED:
                said["excuse_id"] = excuse
            said |= {
                "id": uuid7(), "participation_id": file.row.pk, "person_id": file.row.person_id, "day": day,
                "workshop_id": places.get(file.row.pk), "marked_at": _at(day),
            }  # fmt: skip
            for name, values in columns.items():
                values.append(said.get(name))
    arrays = ", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ipzs_daymark (unit_id, revision, reason, marked_by_id, {', '.join(COLUMNS)})"  # noqa: S608
            f" SELECT %s, 1, '', %s, made.* FROM unnest({arrays}) AS made",
            [opened.organisation_id, unit.user("instructor").pk, *columns.values()],
        )


def _class_days(unit: country.CountryUnit, span: DateSpan) -> dict[date, Decimal]:
    """The days of everybody's plan, which the groups of the unit make (`_workshops`)."""
    off = set(plans.off_days(span))
    weekdays = (
        set(range(5)) if unit.is_cis else {n + more for n in range(len(unit.groups)) for more in (0, 2)}
    )
    hours = Decimal(6 if unit.is_cis else 3)
    return {day: hours for day in span if day.weekday() in weekdays and day not in off}


def _said(turn: int, day: date, hours: Decimal, leave: SickLeave | None) -> dict[str, Any]:
    if leave is not None and leave.since <= day <= leave.until:
        return {"kind": MarkKind.SICK.value, "sick_leave_id": leave.pk, "meal": False}
    if turn % UNEXCUSED == 0:
        return {"kind": MarkKind.UNEXCUSED.value, "meal": False}
    if turn % EXCUSED == 0:
        return {"kind": MarkKind.EXCUSED.value, "meal": False}
    return {"kind": MarkKind.PRESENT.value, "hours": hours, "meal": True}


def _at(day: date) -> datetime:
    return datetime.combine(day, time(14, 5), clock.WARSAW)
