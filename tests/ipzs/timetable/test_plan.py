from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from ipzs.models import AttendanceMonth, TimetableEntry
from ipzs.queries.timetable_week import conflicts_of, of_person, of_unit, of_workshop
from ipzs.rules.hours import week_of
from ipzs.services import timetable as services
from ipzs.services.timetable import EntryData
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.models import ClosedDay
from tests.cast import World
from tests.ipzs.timetable.made import place, service, weekly, workshop
from tests.participants.participations.made import in_classes

MONDAY = date(2026, 11, 16)
WEEK = week_of(MONDAY)


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


def data(**given: Any) -> EntryData:
    return EntryData(**{"begins": time(8), "ends": time(14), "since": MONDAY} | given)


def test_the_same_hours_stand_on_each_chosen_weekday(cis: World) -> None:
    made = services.add_entries(data=data(workshop_id=workshop().pk), weekdays=[4, 0, 0])

    assert [(row.weekday, row.until) for row in made] == [(0, None), (4, None)]


def test_without_a_weekday_it_is_one_day(cis: World) -> None:
    (made,) = services.add_entries(data=data(workshop_id=workshop().pk, until=date(2027, 1, 1)))

    assert (made.weekday, made.since, made.until) == (None, MONDAY, MONDAY)


def test_a_class_of_one_person_says_what_it_is(cis: World) -> None:
    case = in_classes()
    with pytest.raises(InputError) as refused:
        services.add_entries(data=data(participation_id=case.pk))
    assert refused.value.field == "service"


def test_a_change_keeps_the_days_before_it(cis: World) -> None:
    joinery = workshop()
    (old,) = services.add_entries(data=data(workshop_id=joinery.pk, since=date(2026, 9, 7)), weekdays=[0])

    new = services.change_entry(
        entry_id=old.pk, data=data(workshop_id=joinery.pk, weekday=0, ends=time(15)), from_on=MONDAY
    )

    old.refresh_from_db()
    assert (old.until, old.ends) == (date(2026, 11, 15), time(14))
    assert (new.since, new.ends) == (MONDAY, time(15))


def test_a_change_from_its_first_day_is_made_in_place(cis: World) -> None:
    joinery = workshop()
    (old,) = services.add_entries(data=data(workshop_id=joinery.pk), weekdays=[0])

    new = services.change_entry(entry_id=old.pk, data=data(workshop_id=joinery.pk, weekday=2), from_on=MONDAY)

    assert new.pk == old.pk
    assert TimetableEntry.objects.count() == 1


def test_the_plan_of_a_closed_month_stays(cis: World) -> None:
    AttendanceMonth.objects.create(
        first_day=date(2026, 11, 1),
        state="closed",
        closed_at=clock.now(),
        closed_by=cis.people["ewa"],
    )
    with pytest.raises(InputError, match="zamknięta"):
        services.add_entries(data=data(workshop_id=workshop().pk), weekdays=[0])


def test_a_week_shows_what_stands_in_it_and_greys_days_off(cis: World) -> None:
    joinery = workshop()
    weekly(0, 2, workshop=joinery, service=service())
    ClosedDay.objects.create(day=MONDAY, reason="szkolenie kadry")

    week = of_workshop(joinery, WEEK, today=MONDAY)

    (line,) = week.lines
    shown = {day.day: [item.name for item in items] for day, items in line.cells}
    assert shown[MONDAY] == []
    assert week.days[0].off == "szkolenie kadry"
    assert shown[date(2026, 11, 18)] == ["Stolarstwo"]
    assert len(week.days) == 5


def test_one_leader_of_two_groups_at_once_is_a_sentence(cis: World) -> None:
    tomasz = cis.people["tomasz"]
    weekly(0, workshop=workshop(), leader=tomasz)
    (other,) = weekly(0, workshop=workshop("Kuchnia"), leader=tomasz, begins=10, ends=12)

    (sentence,) = of_unit(WEEK, today=MONDAY).conflicts
    assert "Tomasz Klon prowadzi w tym samym czasie" in sentence
    assert conflicts_of(other)[0].startswith("Tomasz Klon prowadzi")


def test_therapy_meets_the_class_of_a_group_in_the_plan_of_the_person(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(3, workshop=joinery)
    weekly(3, begins=12, ends=13, purpose="away", participation=case, person=case.person, label="poradnia")

    week = of_person(case, WEEK, today=MONDAY, reasons=True)

    assert any("Marek Dąbek ma w tym samym czasie" in sentence for sentence in week.conflicts)
    names = [item.name for _, items in week.lines[0].cells for item in items]
    assert names == ["Stolarnia", "poradnia"]


def test_why_somebody_is_away_is_told_to_who_plans_and_in_no_sentence(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(3, workshop=joinery)
    weekly(3, begins=12, ends=13, purpose="away", participation=case, person=case.person, label="poradnia")

    told = of_person(case, WEEK, today=MONDAY, reasons=False)
    names = [item.name for _, items in told.lines[0].cells for item in items]
    assert names == ["Stolarnia", "czas zajęty poza jednostką"]
    sentences = [*told.conflicts, *of_workshop(joinery, WEEK, today=MONDAY).conflicts]
    assert len(sentences) == 2
    assert not any("poradnia" in sentence for sentence in sentences)


def test_why_somebody_is_away_is_not_in_the_week_of_the_unit(cis: World) -> None:
    case = in_classes()
    weekly(3, purpose="away", participation=case, person=case.person, label="poradnia")

    assert of_unit(WEEK, today=MONDAY).is_empty


def test_what_has_a_line_in_the_journal_is_ended_and_not_removed(cis: World) -> None:
    from ipzs.services import timetable_classes as classes

    (row,) = weekly(0, workshop=workshop(), service=service())
    classes.cancel(reason="awaria", entry_id=row.pk, day=MONDAY)

    with pytest.raises(InputError, match="Zakończ je"):
        services.remove_entry(entry_id=row.pk)
