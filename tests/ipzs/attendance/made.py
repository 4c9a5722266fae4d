"""Persons in a workshop, made by the services themselves. All names are invented."""

from datetime import date
from typing import Any
from uuid import uuid4

import psycopg

from ipzs.enums import MarkKind, MonthState
from ipzs.models import AttendanceMonth, DayMark, ExcuseReason, Workshop, WorkshopPlace
from ipzs.services import attendance
from participants.models import Participation
from reintegration.core import clock
from reintegration.tenancy.scope import current_scope
from tests.cast import World
from tests.participants.participations import made

# A Friday; the week before it began on Monday the 16th.
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
NAMES = (
    "Leszek Bażant", "Henryk Borsuk", "Marek Dąbek", "Ryszard Głóg", "Andrzej Jawor", "Kazimierz Jesion",
    "Wiesława Kalina", "Dariusz Kulik", "Adam Modrzew", "Irena Olcha", "Zofia Sarna", "Jerzy Żubr",
)  # fmt: skip


def workshop(name: str = "Stolarska") -> Workshop:
    return Workshop.objects.create(name=name, opened_on=date(2020, 1, 1))


def placed(file: Participation, place: Workshop, since: date = made.TRIAL) -> Participation:
    WorkshopPlace.objects.create(workshop=place, participation=file, person_id=file.person_id, since=since)
    return file


def in_workshop(place: Workshop, *names: str, **given: Any) -> list[Participation]:
    return [placed(made.in_classes(name, **given), place) for name in names]


def excuse(name: str = "wezwanie do sądu", pay_rule: str = "full") -> ExcuseReason:
    return attendance.save_excuse(name=name, pay_rule=pay_rule, paper="wezwanie")


def mark(file: Participation, day: date = TODAY, kind: MarkKind = MarkKind.PRESENT, **given: Any) -> DayMark:
    return attendance.mark(participation_id=file.pk, day=day, kind=kind, **given)


def closed(first_day: date) -> AttendanceMonth:
    return AttendanceMonth.objects.create(
        first_day=first_day,
        state=MonthState.CLOSED,
        closed_at=clock.now(),
        closed_by_id=current_scope().user_id,
        closings=1,
    )


def without_the_program(door: psycopg.Connection, world: World) -> psycopg.Connection:
    """A connection that says what the program says of itself, and then does what it likes."""
    for name, value in {"organisation": world.cis.pk, "source": "test", "request": uuid4()}.items():
        door.execute("SELECT set_config(%s, %s, false)", [f"app.{name}", str(value)])
    return door
