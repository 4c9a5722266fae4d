"""Nobody writes into a closed month, by any door; what is no writing goes on."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction

from ipzs.enums import MonthState
from ipzs.models import (
    AttendanceMonth,
    ClassMeeting,
    ClassPresence,
    DayMark,
    FreeDayRequest,
    MealCount,
    Service,
    SickLeave,
)
from ipzs.services import attendance
from participants.models import Participation
from participants.services.people import merge_persons
from reintegration.audit.erasure import erase_subject
from reintegration.core import clock
from reintegration.core.errors import InputError, sentence_of
from tests.cast import World, known_world
from tests.ipzs.attendance.made import MONDAY, TODAY, closed, without_the_program
from tests.participants.participations import made

OCTOBER = date(2026, 10, 1)
DAY = date(2026, 10, 14)
NEXT, FREE = DAY + timedelta(days=1), DAY + timedelta(days=5)
SAYS = "Październik 2026 jest zamknięty. Kierownik może otworzyć go ponownie."


@pytest.fixture
def file(world: World) -> Any:
    """A file with a mark, a leave, a granted day, a class and a meal in a month that is closed now."""
    with world.scope("cis", "ewa"):
        found = made.in_classes()
        attendance.mark(participation_id=found.pk, day=DAY, kind="present", reason="lista")
        attendance.add_sick_leave(
            participation_id=found.pk, since=date(2026, 10, 26), until=date(2026, 11, 4), confirmed_on=TODAY
        )
        request = attendance.ask(
            participation_id=found.pk, since=DAY + timedelta(1), until=DAY + timedelta(1)
        )
        attendance.grant(request_id=request.pk)
        service = Service.objects.create(
            name="Warsztat", area="vocational", form="group", dimension="promotional"
        )
        meeting = ClassMeeting.objects.create(
            service=service, leader=world.people["tomasz"], day=DAY, begins=time(8), ends=time(10), hours=2
        )
        ClassPresence.objects.create(
            meeting=meeting, participation=found, person_id=found.person_id, day=DAY, hours=2
        )
        attendance.set_meals(day=DAY, extra=2, reason="goście")
        closed(OCTOBER)
        yield found


DOORS: dict[str, Callable[[Participation], object]] = {
    "mark changed": lambda _: DayMark.objects.filter(day=DAY).update(
        kind="unexcused", hours=None, meal=False
    ),
    "mark removed": lambda _: DayMark.objects.get(day=DAY).delete(),
    "mark moved in": lambda file: (
        _november(file) and DayMark.objects.filter(day=MONDAY).update(day=DAY + timedelta(6))
    ),
    "mark moved out": lambda _: DayMark.objects.filter(day=DAY).update(day=MONDAY),
    "reason changed": lambda _: _saved(DayMark.objects.get(day=DAY), reason="inny"),
    "reason emptied": lambda _: DayMark.objects.filter(day=DAY).update(reason=""),
    "meal": lambda _: DayMark.objects.filter(day=DAY).update(meal=False),
    "leave cut": lambda _: SickLeave.objects.update(since=date(2026, 10, 27)),
    "leave longer": lambda _: SickLeave.objects.update(since=date(2026, 10, 25)),
    "leave without its paper": lambda _: SickLeave.objects.update(confirmed_on=None),
    "leave removed": lambda _: SickLeave.objects.get().delete(),
    "consent taken back": lambda _: FreeDayRequest.objects.update(state="withdrawn"),
    "meeting": lambda _: ClassMeeting.objects.update(topic="inny"),
    "presence": lambda _: ClassPresence.objects.update(hours=1),
    "presence removed": lambda _: ClassPresence.objects.get().delete(),
    "meals": lambda _: MealCount.objects.update(extra=5),
}


def _november(file: Participation) -> bool:
    attendance.mark(participation_id=file.pk, day=MONDAY, kind="present", reason="x")
    return True


def _saved(row: DayMark, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("door", DOORS)
def test_a_closed_month_stays_as_it_is(file: Participation, door: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DOORS[door](file)
    assert sentence_of(refused.value) == SAYS


@pytest.mark.parametrize("role", ["reintegra_owner", "reintegra_app"])
def test_whoever_comes_without_the_program_is_refused(
    committed_db: str, as_role: Callable[[str], psycopg.Connection], role: str
) -> None:
    world = known_world()
    with world.scope("cis", "ewa"):
        found = made.in_classes()
        attendance.mark(participation_id=found.pk, day=DAY, kind="present", reason="lista")
        closed(OCTOBER)
    door = without_the_program(as_role(role), world)
    for statement in (
        "UPDATE ipzs_daymark SET meal = false",
        "UPDATE ipzs_daymark SET day = day + 60",
        "DELETE FROM ipzs_daymark",
        "DELETE FROM ipzs_attendancemonth",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match="is closed"):
            door.execute(statement)


def test_nothing_new_comes_into_it(file: Participation) -> None:
    with pytest.raises(InputError, match="Październik 2026 jest zamknięty"):
        attendance.mark(participation_id=file.pk, day=FREE, kind="present", reason="x")
    with pytest.raises(InputError, match="jest zamknięty"):
        attendance.clear_mark(participation_id=file.pk, day=DAY, reason="x")
    with pytest.raises(InputError, match="jest zamknięty"):
        attendance.add_sick_leave(participation_id=file.pk, since=DAY, until=DAY)
    with pytest.raises(InputError, match="jest zamknięty"):
        attendance.change(
            leave_id=SickLeave.objects.get().pk, since=date(2026, 10, 28), until=date(2026, 11, 4)
        )
    with pytest.raises(InputError, match="jest zamknięty"):
        attendance.set_meals(day=DAY, extra=0)


def test_a_leave_that_reaches_beyond_changes_in_the_open_month(file: Participation) -> None:
    leave = SickLeave.objects.get()
    attendance.change(leave_id=leave.pk, since=leave.since, until=date(2026, 11, 6))
    assert SickLeave.objects.get().until == date(2026, 11, 6)


def test_a_closed_month_is_opened_with_a_reason_and_never_removed(file: Participation) -> None:
    month = AttendanceMonth.objects.get()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        month.delete()
    assert "zamknięty" in sentence_of(refused.value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        AttendanceMonth.objects.update(state=MonthState.OPEN)
    assert sentence_of(refused.value) == "Napisz, dlaczego otwierasz miesiąc ponownie."
    AttendanceMonth.objects.update(state=MonthState.OPEN, reopened_at=clock.now(), reopen_reason="pomyłka")
    attendance.mark(participation_id=file.pk, day=DAY, kind="unexcused", reason="poprawka")


def test_a_merge_and_an_erasure_go_on(file: Participation) -> None:
    other = made.person("Marek Dabek")
    merge_persons(keep_id=other.pk, gone_id=file.person_id)
    assert DayMark.objects.get(day=DAY).person_id == other.pk
    erase_subject(subject_id=other.pk, basis="upłynął termin")
    row = DayMark.objects.get(day=DAY)
    assert (row.reason, row.kind) == ("", "present")
