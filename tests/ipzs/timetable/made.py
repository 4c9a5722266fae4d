"""Workshops, services and classes of a plan, made in the current scope. All names are invented."""

from datetime import date, time
from typing import Any

from ipzs.models import Placement, Service, TimetableEntry, Workshop, WorkshopPlace
from ipzs.services import catalogue
from participants.models import Participation

OPENED = date(2026, 1, 2)


def workshop(name: str = "Stolarnia", **given: Any) -> Workshop:
    data = {"kind": "workshop", "name": name, "opened_on": OPENED} | given
    return catalogue.save_workshop(data=catalogue.WorkshopData(**data))


def service(name: str = "Stolarstwo", **given: Any) -> Service:
    data = {"name": name, "area": "vocational", "form": "group", "dimension": "promotional"} | given
    return catalogue.add_service(data=catalogue.ServiceData(**data))


def place(where: Workshop, who: Participation, since: date | None = None, **given: Any) -> WorkshopPlace:
    since = since or who.periods.order_by("since").first().since
    return catalogue.take_place(workshop_id=where.pk, participation_id=who.pk, since=since, **given)


def weekly(*weekdays: int, begins: int = 8, ends: int = 14, **given: Any) -> list[TimetableEntry]:
    """The same hours on several days of the week, since long ago."""
    values = {"since": OPENED, "begins": time(begins), "ends": time(ends)} | given
    return [TimetableEntry.objects.create(weekday=weekday, **values) for weekday in weekdays]


def once(day: date, *, begins: int = 8, ends: int = 14, **given: Any) -> TimetableEntry:
    values = {"since": day, "until": day, "begins": time(begins), "ends": time(ends)} | given
    return TimetableEntry.objects.create(**values)


def practice(who: Participation, since: date, until: date, **given: Any) -> Placement:
    """Days at an employer's, straight into the table."""
    values = {"employer": "Tartak", "agreement_number": "1", "agreement_on": since} | given
    return Placement.objects.create(
        participation=who, person_id=who.person_id, since=since, until=until, **values
    )
