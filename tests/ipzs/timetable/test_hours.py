from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import ClassMeeting, ClassPresence, DayMark, OpeningBalance
from ipzs.queries import spent
from ipzs.queries.timetable_hours import planned_months, planned_weeks, teaching
from ipzs.rules.codes import Standing
from ipzs.rules.hours import TeachingHours, week_of
from participants.models import CardEntry, Disability
from participants.services import cards
from reintegration.core import clock
from reintegration.core.dates import Month
from tests.cast import World, sign_in
from tests.ipzs.timetable.made import place, practice, service, weekly, workshop
from tests.participants.participations.made import candidate, in_classes

WEEK = week_of(date(2026, 11, 16))


def attended_month(case: Any, month: Month) -> TeachingHours:
    return teaching(case, month, spent.of_month(case.pk, month)[0])


@pytest.fixture
def cis(world: World) -> Iterator[World]:
    with world.scope("cis", "ewa"):
        yield world


@pytest.mark.parametrize(
    ("ends", "disabled", "standing"),
    [
        (14, False, Standing.ENOUGH),
        (13, False, Standing.BELOW),
        (16, True, Standing.ABOVE),
        (16, False, Standing.ENOUGH),
    ],
)
def test_the_week_is_set_against_the_act(cis: World, ends: int, disabled: bool, standing: Standing) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(0, 1, 2, 3, 4, workshop=joinery, ends=ends)
    if disabled:
        Disability.objects.create(person=case.person, degree="moderate", since=date(2026, 1, 1))

    assert planned_weeks([case], WEEK)[case.pk].standing is standing


def test_days_at_the_employer_count_to_the_week(cis: World) -> None:
    joinery, case = workshop(), in_classes()
    place(joinery, case)
    weekly(0, 1, 2, workshop=joinery)
    practice(case, date(2026, 11, 1), date(2026, 11, 30), weekdays=[4, 5], hours=Decimal(8))

    found = planned_weeks([case], WEEK)[case.pk]

    assert (found.minutes, found.standing) == (34 * 60, Standing.ENOUGH)


def test_a_light_degree_does_not_shorten_the_week(cis: World) -> None:
    case = in_classes()
    Disability.objects.create(person=case.person, degree="light", since=date(2026, 1, 1))

    assert planned_weeks([case], WEEK)[case.pk].most == 40 * 60


def test_a_week_without_a_plan_has_the_usual_hours(cis: World) -> None:
    case = in_classes()
    assert planned_weeks([case], WEEK)[case.pk].minutes == 30 * 60


def test_weeks_of_many_people_are_a_few_queries(cis: World) -> None:
    joinery = workshop()
    cases = [in_classes(f"Iga Sowa{number}") for number in range(10)]
    for case in cases:
        place(joinery, case)
    weekly(0, 1, workshop=joinery)
    planned_weeks(cases, WEEK)

    with CaptureQueriesContext(connection) as few:
        planned_weeks(cases[:2], WEEK)
    with CaptureQueriesContext(connection) as many:
        planned_weeks(cases, WEEK)

    assert len(many) == len(few) <= 8


def test_classes_and_counselling_of_a_kis_are_one_balance(world: World) -> None:
    from participants.models import Period

    with world.scope("kis", "bozena"):
        case = candidate()
        Period.objects.create(
            participation=case,
            person=case.person,
            kind="main",
            since=date(2026, 3, 1),
            until=date(2027, 2, 1),
        )
        group = workshop("Grupa", kind="group")
        for number, where in enumerate((group, None)):
            meeting = ClassMeeting.objects.create(
                service=service(f"Usługa {number}"),
                workshop=where,
                leader=world.people["bozena"],
                day=date(2026, 11, 9),
                begins="08:00",
                ends="11:00",
                hours=4,
                topic="Pierwszy temat",
                state="held",
            )
            ClassPresence.objects.create(
                meeting=meeting, participation=case, person=case.person, day=meeting.day, hours=Decimal(4)
            )
        for minutes, struck in ((90, None), (45, clock.now())):
            CardEntry.objects.create(
                participation=case,
                person=case.person,
                kind="counselling",
                held_on=date(2026, 11, 10),
                minutes=minutes,
                author=world.people["bozena"],
                author_name="Bożena Lipa",
                course="Rozmowa.",
                made_at=clock.now(),
                struck_at=struck,
                struck_by=world.people["bozena"] if struck else None,
            )
        found = attended_month(case, Month(2026, 11))
        OpeningBalance.objects.create(
            participation=case,
            person=case.person,
            until=date(2026, 11, 1),
            hours_in_month=Decimal(11),
            source="lista",
        )
        with_start = attended_month(case, Month(2026, 11))
        later = attended_month(case, Month(2026, 12))

    assert (found.group, found.individual, found.owed) == (Fraction(4), Fraction(6), Fraction(40))
    assert found.standing is Standing.BELOW
    assert (with_start.group, with_start.individual, later.group) == (Fraction(15), Fraction(6), Fraction(0))


def test_a_day_counts_once_be_it_marked_or_in_the_journal_and_counselling_besides(cis: World) -> None:
    case, other = in_classes(), in_classes("Iga Sowa")
    joinery = workshop()
    for day, hours, kind in ((16, 6, "present"), (17, 2, "employer"), (18, None, "unexcused")):
        DayMark.objects.create(
            participation=case, person=case.person, day=date(2026, 11, day), kind=kind, hours=hours,
            marked_by=cis.people["ewa"], marked_at=clock.now(),
        )  # fmt: skip
    lessons = service()
    # A part of the marked day; longer than the marked day; a day that nobody marked.
    for day, hours, where in ((16, 4, joinery), (16, 1, None), (17, 4, joinery), (19, 2, joinery)):
        meeting = ClassMeeting.objects.create(
            service=lessons, workshop=where, leader=cis.people["ewa"], day=date(2026, 11, day),
            begins="08:00", ends="11:00", hours=4, topic="Miary", state="held",
        )  # fmt: skip
        ClassPresence.objects.create(
            meeting=meeting, participation=case, person=case.person, day=meeting.day, hours=hours
        )
    entry = cards.EntryData(kind="counselling", held_on=date(2026, 11, 16), minutes=30, course="Rozmowa.")
    cards.add_entry(participation_id=case.pk, data=entry, author_id=cis.people["ewa"].pk)

    with CaptureQueriesContext(connection) as asked:
        found = spent.of_day([case.pk, other.pk], date(2026, 11, 20))

    week = found[case.pk].week
    assert (week.group, week.alone, week.talks) == (360 - 45 + 180 + 90, 45, 30)
    assert (week.class_hours, week.talk_hours, week.hours) == (Decimal("10.5"), Decimal("0.5"), 11)
    assert (found[case.pk].month, found[other.pk].month.total) == (week, 0)
    assert len(asked) == 2
    assert attended_month(case, Month(2026, 11)).total == Fraction(week.total, 45)
    month, weeks = spent.of_month(case.pk, Month(2026, 11))
    assert (month, [one.total for _, one in weeks]) == (week, [0, 0, 0, 660, 0, 0])


def test_the_planned_month_of_a_kis_counts_group_and_person(world: World, client: Client) -> None:
    with world.scope("kis", "bozena"):
        from participants.models import Period

        case = candidate()
        Period.objects.create(
            participation=case,
            person=case.person,
            kind="main",
            since=date(2026, 3, 1),
            until=date(2027, 2, 1),
        )
        group = workshop("Grupa", kind="group")
        place(group, case, date(2026, 11, 1))
        weekly(0, workshop=group, begins=9, ends=12)
        weekly(1, begins=9, ends=10, participation=case, person=case.person, service=service())
        found = planned_months([case], Month(2026, 11))[case.pk]

    # Five Mondays of three hours, four Tuesdays of one.
    assert (found.group, found.individual) == (Fraction(20), Fraction(16, 3))
    sign_in(client, world.people["bozena"], world.kis.pk)
    page = client.get(reverse("ipzs:timetable_person", args=[case.pk]), {"tydzien": "2026-11-16"})
    assert "W planie tego miesiąca" in page.content.decode()
