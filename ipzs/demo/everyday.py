"""Duties, accidents and the journal of this month in the units of the large demo."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from ipzs.demo.attendance import ask_free_days
from ipzs.demo.timetable import TOPICS
from ipzs.enums import DutyKind, EntryPurpose, MarkKind, MeetingState
from ipzs.models import (
    Accident,
    ClassMeeting,
    ClassPresence,
    DayMark,
    DutyRecord,
    FreeDayRequest,
    TimetableEntry,
    WorkshopPlace,
)
from ipzs.queries.timetable import off_days
from ipzs.services import duties
from ipzs.services.timetable_classes import falls_on, lessons
from participants.models import Participation, Period
from reintegration.accounts.models import User
from reintegration.administration import demo_country as country
from reintegration.administration.demo_data import email_of, id_of
from reintegration.core import clock
from reintegration.core.dates import DateSpan, add_months
from reintegration.core.demo import demo_step
from reintegration.tenancy.scope import scope

# So many days of the journal are written.
JOURNAL: Final = timedelta(days=10)
# Whose participation ended before, has the card of their duties on paper.
LATELY: Final = timedelta(days=120)
# A training holds a year, an examination two; every so many files have an examination that ran out.
SAFETY, MEDICAL, RAN_OUT = 12, 24, 13
ACCIDENTS: Final = (
    ("pracownia", "Skaleczenie dłoni przy odkładaniu narzędzia."),
    ("korytarz", "Potknięcie o próg, stłuczone kolano."),
)


def _as(unit: country.CountryUnit) -> AbstractContextManager[Any]:
    return scope(organisation_id=id_of(unit.key), user_id=unit.user("manager").pk, source="demo")  # type: ignore[arg-type]


@demo_step("duties of every centre", order=95, large=True)
def load_duties() -> None:
    for unit in country.UNITS:
        with _as(unit) as opened:
            if unit.is_cis and not DutyRecord.objects.exists():
                _duties(opened.user_id)
            if not unit.is_new and not Accident.objects.exists():
                _accident(unit.key, unit.instructor)
    manager = User.objects.get(email=email_of("bozena.lipa", "przystan"))
    with scope(organisation_id=id_of("przystan"), user_id=manager.pk, source="demo"):  # type: ignore[arg-type]
        if not Accident.objects.exists():
            _accident("przystan", "Igor Buk")


def _duties(by: UUID) -> None:
    """Before the first day, and again when the training ran out; who began lately still lacks something."""
    first: dict[UUID, date] = {}
    files = {}
    lately = clock.today() - LATELY
    for one in (
        Period.objects.select_related("participation").filter(until__gte=lately).order_by("-since", "pk")
    ):
        first[one.participation_id] = one.since
        files[one.participation_id] = one.participation
    made = []
    for place, (key, file) in enumerate(files.items()):
        day = max(first[key], file.opened_on + timedelta(days=4)) - timedelta(days=4)
        last = file.ended_on or clock.today()
        trainings = [day]
        while (later := add_months(trainings[-1], SAFETY) - timedelta(days=10)) < last:
            trainings.append(later)
        done = [(DutyKind.SAFETY, one, add_months(one, SAFETY)) for one in trainings]
        if file.ended_on is not None or place % RAN_OUT:
            done.append((DutyKind.MEDICAL, day, add_months(day, MEDICAL)))
        else:
            done.append((DutyKind.MEDICAL, day, min(clock.today() + timedelta(days=9), add_months(day, 6))))
        done += [(kind, day, None) for kind in (DutyKind.ACCIDENT_COVER, DutyKind.SPECIALISTS)]
        made += [
            DutyRecord(
                participation=file, person_id=file.person_id, kind=kind.value, done_on=on, valid_until=until,
                made_by_id=by,
            )
            for kind, on, until in done
        ]  # fmt: skip
    DutyRecord.objects.bulk_create(made)
    for file in list(files.values())[:4]:
        if file.ended_on is None:
            _handed_out(file, first[file.pk])


def _handed_out(file: Participation, day: date) -> None:
    worn = day + timedelta(days=364)
    duties.issue_items(
        participation_id=file.pk,
        issued_on=min(day, clock.today()),
        items=[
            duties.ItemData(DutyKind.CLOTHING.value, "ubranie robocze", "L", wear_until=worn),
            duties.ItemData(DutyKind.CLOTHING.value, "obuwie robocze", "41", wear_until=worn),
            duties.ItemData(DutyKind.PROTECTION.value, "rękawice ochronne", quantity=2),
        ],
    )


def _accident(key: str, witness: str) -> None:
    """One in this autumn; where the unit's key is short its protocol is still being written."""
    files = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False).distinct()
    file = files.order_by("opened_on", "pk")[0]
    place, told = ACCIDENTS[len(key) % len(ACCIDENTS)]
    day = max(clock.today() - timedelta(days=33), file.opened_on)
    made = duties.report_accident(
        participation_id=file.pk,
        data=duties.AccidentData(
            happened_at=datetime.combine(day, time(11), clock.WARSAW), place=place, circumstances=told,
            injury="Powierzchowne obrażenie.", witnesses=witness, first_aid="Opatrunek z apteczki.",
        ),
        reported_on=day,
    )  # fmt: skip
    if len(key) > len("furtka"):
        done = day + timedelta(days=6)
        duties.examine_accident(accident_id=made.pk)
        duties.confirm_accident(accident_id=made.pk, protocol_on=done)
        duties.send_accident(accident_id=made.pk, sent_on=done)


@demo_step("the journal and free days of every unit", order=97, large=True)
def load_journal() -> None:
    for unit in country.UNITS:
        with _as(unit):
            if not ClassMeeting.objects.exists():
                _journal()
            if unit.is_cis and not FreeDayRequest.objects.exists():
                files = Participation.objects.filter(ended_on__isnull=True, periods__isnull=False)
                ask_free_days(list(files.distinct().order_by("opened_on", "pk")[:9]))


def _journal() -> None:
    """Up to yesterday, as the attendance says who was there."""
    span = DateSpan(clock.today() - JOURNAL, clock.today() - timedelta(days=1))
    off = set(off_days(span))
    entries = list(
        TimetableEntry.objects.filter(purpose=EntryPurpose.CLASS, workshop__isnull=False).order_by("pk")
    )
    people: dict[UUID, list[WorkshopPlace]] = {}
    for one in WorkshopPlace.objects.order_by("pk"):
        people.setdefault(one.workshop_id, []).append(one)
    rows = DayMark.objects.filter(day__range=(span.first, span.last), kind=MarkKind.PRESENT).order_by("pk")
    came = set(rows.values_list("participation_id", "day"))
    meetings, presences = [], []
    for number, (day, entry) in enumerate((day, entry) for day in span for entry in entries):
        if day in off or not falls_on(entry, day):
            continue
        hours: Decimal = lessons(entry.begins, entry.ends)
        meeting = ClassMeeting(
            entry=entry, service_id=entry.service_id, workshop_id=entry.workshop_id, room_id=entry.room_id,
            leader_id=entry.leader_id, day=day, begins=entry.begins, ends=entry.ends, hours=hours,
            topic=TOPICS[number % len(TOPICS)], state=MeetingState.HELD,
        )  # fmt: skip
        meetings.append(meeting)
        presences += [
            ClassPresence(
                meeting=meeting, participation_id=one.participation_id, person_id=one.person_id, day=day,
                hours=hours,
            )
            for one in people.get(entry.workshop_id, ())
            if (one.participation_id, day) in came
        ]  # fmt: skip
    ClassMeeting.objects.bulk_create(meetings)
    ClassPresence.objects.bulk_create(presences)
