from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ipzs.models import AttendanceSettings
from ipzs.queries.timetable import class_days, workshop_people
from reintegration.core.dates import Month
from reintegration.tenancy.models import ClosedDay, UnitCalendar
from tests.cast import World
from tests.ipzs.timetable.made import once, place, practice, service, weekly, workshop
from tests.participants.participations.made import in_classes

# 2026-11: the 11th (Wednesday) is a holiday.
NOVEMBER = Month(2026, 11)


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


def days_of(case: Any, month: Month = NOVEMBER) -> dict[date, Decimal]:
    return class_days([case.pk], month)[case.pk]


def test_the_group_s_weekly_pattern_makes_the_class_days_without_holidays(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(2, service=service(), workshop=joinery)

    assert days_of(case) == dict.fromkeys([date(2026, 11, day) for day in (4, 18, 25)], Decimal("6.00"))


def test_a_closed_day_takes_a_class_away(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(2, workshop=joinery)
    ClosedDay.objects.create(day=date(2026, 11, 18), reason="szkolenie kadry")

    assert list(days_of(case)) == [date(2026, 11, 4), date(2026, 11, 25)]


def test_a_place_that_began_later_gives_no_earlier_class_day(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case, date(2026, 11, 10))
    weekly(0, workshop=joinery)

    assert list(days_of(case)) == [date(2026, 11, day) for day in (16, 23, 30)]


def test_therapy_takes_its_hours_off_the_classes(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(3, workshop=joinery)
    weekly(3, begins=12, ends=16, purpose="away", participation=case, person=case.person)

    assert set(days_of(case).values()) == {Decimal("4.00")}


def test_a_single_date_of_one_person_is_a_class_day_of_theirs_alone(cis: World) -> None:
    case = in_classes()
    other = in_classes("Iga Sowa")
    once(date(2026, 11, 7), begins=9, ends=12, service=service(), participation=case, person=case.person)

    assert days_of(case) == {date(2026, 11, 7): Decimal("3.00")}
    assert date(2026, 11, 7) not in days_of(other)


def test_without_any_plan_the_unit_s_weekdays_and_usual_hours_speak(cis: World) -> None:
    case = in_classes()
    UnitCalendar.objects.create(since=date(2026, 1, 1), weekdays=[1, 3])
    AttendanceSettings.objects.create(day_hours=Decimal(7))

    found = days_of(case)

    assert {day.isoweekday() for day in found} == {1, 3}
    assert date(2026, 11, 11) not in found
    assert set(found.values()) == {Decimal(7)}


def test_a_plan_that_falls_on_days_off_alone_is_a_month_without_classes(cis: World) -> None:
    case = in_classes()
    once(date(2026, 11, 11), participation=case, person=case.person, service=service())

    assert days_of(case) == {}


def test_a_day_at_the_employer_is_a_class_day_with_its_own_hours(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(0, workshop=joinery)
    # Tuesday to Saturday of one week; the Wednesday is a holiday.
    practice(case, date(2026, 11, 9), date(2026, 11, 15), weekdays=[2, 3, 4, 6], hours=Decimal("7.5"))

    found = days_of(case)

    assert {day.day: hours for day, hours in found.items()} == {
        2: 6, 9: 6, 10: Decimal("7.5"), 12: Decimal("7.5"), 14: Decimal("7.5"), 16: 6, 23: 6, 30: 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        # Two hours of the class lie beside the practice.
        ({"begins": time(10), "ends": time(17), "hours": Decimal(7)}, "9.00"),
        # Nobody knows which hours they are: the longer of the two is the day.
        ({"hours": Decimal(7)}, "7.00"),
        ({"hours": Decimal(4)}, "6.00"),
    ],
)
def test_classes_beside_practice_count_when_the_hours_are_known(
    cis: World, given: dict[str, Any], hours: str
) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(0, workshop=joinery)
    practice(case, date(2026, 11, 16), date(2026, 11, 16), **given)

    assert days_of(case)[date(2026, 11, 16)] == Decimal(hours)


def test_practice_takes_the_place_of_the_unit_s_usual_hours_on_its_days_alone(cis: World) -> None:
    case = in_classes()
    practice(case, date(2026, 11, 16), date(2026, 11, 22), weekdays=[1, 6], hours=Decimal(4))

    found = days_of(case)

    assert (found[date(2026, 11, 16)], found[date(2026, 11, 21)], found[date(2026, 11, 17)]) == (4, 4, 6)
    assert date(2026, 11, 14) not in found


def test_nobody_has_class_days_outside_the_participation(cis: World) -> None:
    case = in_classes()

    assert days_of(case, Month(2026, 1)) == {}
    assert min(days_of(case, Month(2026, 3))) == date(2026, 3, 9)


def test_people_of_a_workshop_are_those_who_belong_and_take_part(cis: World) -> None:
    joinery = workshop()
    here, gone, later = (in_classes(name) for name in ("Iga Sowa", "Adam Gil", "Ewa Szpak"))
    place(joinery, here)
    place(joinery, gone, until=date(2026, 11, 1))
    place(joinery, later, date(2026, 12, 1))

    assert workshop_people(joinery.pk, date(2026, 11, 20)) == [here]


def test_a_month_of_many_people_is_a_few_queries(cis: World) -> None:
    joinery = workshop()
    cases = [in_classes(f"Iga Sowa{number}") for number in range(12)]
    for case in cases[1:]:
        place(joinery, case)
    weekly(0, 1, 2, workshop=joinery)

    with CaptureQueriesContext(connection) as few:
        class_days([case.pk for case in cases[:2]], NOVEMBER)
    with CaptureQueriesContext(connection) as many:
        class_days([case.pk for case in cases], NOVEMBER)

    assert len(many) == len(few) <= 6
