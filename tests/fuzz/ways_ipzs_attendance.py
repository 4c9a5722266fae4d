"""Ways to the forms of attendance: somebody who takes part, in a workshop, with a leave and a request."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client

from ipzs.models import FreeDayRequest, SickLeave, Workshop, WorkshopPlace
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core import clock
from reintegration.core.calendar_pl import holiday_name
from reintegration.core.formats import format_table_date
from tests.cast import World
from tests.fuzz.ways_ipzs_catalogue import Way, of_unit
from tests.participants.participations.made import in_classes

FRIDAY = 5


def _taking_part(world: World, user: Any) -> Participation:
    return in_classes(since=clock.today() - timedelta(days=60))


def _workshop(world: World, user: Any) -> Workshop:
    file = _taking_part(world, user)
    place: Workshop = Workshop.objects.create(name="Stolarska", opened_on=date(2020, 1, 1))
    WorkshopPlace.objects.create(
        workshop=place, participation=file, person_id=file.person_id, since=clock.today() - timedelta(days=50)
    )
    return place


def _leave(world: World, user: Any) -> SickLeave:
    today = clock.today()
    return attendance.add_sick_leave(
        participation_id=_taking_part(world, user).pk, since=today - timedelta(days=4), until=today
    )


def _request(world: World, user: Any) -> FreeDayRequest:
    first = _next_monday()
    return attendance.ask(participation_id=_taking_part(world, user).pk, since=first, until=first)


def _next_monday() -> date:
    return clock.today() + timedelta(days=7 - clock.today().weekday())


def _day(world: World, client: Client) -> str:
    """The last day with classes, as no button stands on a day without."""
    day = clock.today()
    while day.isoweekday() > FRIDAY or holiday_name(day):
        day -= timedelta(days=1)
    return f"{of_unit('ipzs:attendance_day', _workshop)(world, client)}?dzien={day}"


def _typed(day: date) -> list[str]:
    return [format_table_date(day)]


ATTENDANCE_TYPED: dict[str, dict[str, Callable[[Any], list[str]]]] = {
    "ipzs:free_ask": {
        "since": lambda page: _typed(_next_monday()),
        "until": lambda page: _typed(_next_monday()),
        "asked_on": lambda page: _typed(clock.today()),
    },
    "ipzs:sick_add": {
        "since": lambda page: _typed(clock.today() - timedelta(days=4)),
        "until": lambda page: _typed(clock.today()),
        "confirmed_on": lambda page: _typed(clock.today()),
    },
}

ATTENDANCE_WAYS: dict[str, Way] = {
    **{
        f"ipzs:{name}": of_unit(f"ipzs:{name}", _taking_part)
        for name in ("mark_edit", "mark_set", "attendance_person", "sick_add", "free_ask", "contact_add")
    },
    "ipzs:attendance_day": _day,
    "ipzs:attendance_all": of_unit("ipzs:attendance_all", _workshop),
    **{
        f"ipzs:{name}": of_unit(f"ipzs:{name}", _leave)
        for name in ("sick_change", "sick_confirm", "sick_remove")
    },
    **{
        f"ipzs:{name}": of_unit(f"ipzs:{name}", _request)
        for name in ("free_grant", "free_refuse", "free_withdraw")
    },
}
