"""Whoever belongs to no workshop is marked with the group: the only list that a club has."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipzs.enums import WorkshopKind
from ipzs.models import DayMark, Workshop
from ipzs.queries import attendance as queries
from ipzs.queries import timetable
from participants.services import participations
from reintegration.core.dates import Month
from reintegration.tenancy.models import ClosedDay
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import NAMES, TODAY, in_workshop, placed, workshop
from tests.ipzs.timetable import made as plan
from tests.participants.participations import made


def group(name: str = "Grupa poranna") -> Workshop:
    return Workshop.objects.create(name=name, kind=WorkshopKind.GROUP, opened_on=date(2024, 1, 1))


def test_a_club_marks_a_group_with_one_key(world: World, client: Client) -> None:
    with world.scope("kis", "marek"):
        place = group()
        for name in NAMES[:3]:
            file = made.candidate(name)
            participations.sign_programme(participation_id=file.pk, signed_on=made.SIGNED)
            participations.qualify(participation_id=file.pk, since=made.TRIAL, until=date(2027, 3, 1))
            placed(file, place)
    sign_in(client, world.people["igor"])
    page = client.get(reverse("ipzs:attendance_today")).content.decode()
    url = reverse("ipzs:attendance_day", args=[place.pk])
    assert "Grupa poranna" in page
    assert f'href="{url}' in page
    assert "bez-pracowni" not in page
    assert "Wszyscy obecni (3)" in client.get(url).content.decode()
    client.post(reverse("ipzs:attendance_all", args=[place.pk]), {"dzien": str(TODAY), "reason": ""})
    with world.scope("kis"):
        assert set(DayMark.objects.order_by("pk").values_list("kind", "workshop")) == {("present", place.pk)}
        assert DayMark.objects.count() == 3
        month = queries.grid(Month.of(TODAY), today=TODAY, pays=False)
        assert month.places == [(place.pk, "Grupa poranna", 3)]


def test_a_group_of_people_who_have_a_workshop_has_no_list_of_its_own(world: World) -> None:
    with world.scope("cis", "ewa"):
        joinery, talks = workshop(), group("Warsztaty umiejętności")
        for file in in_workshop(joinery, *NAMES[:2]):
            placed(file, talks)
        assert [one.workshop for one in queries.day_overview(TODAY).states] == [joinery]
        assert [row.place_id for row in queries.month_files(Month.of(TODAY))] == [joinery.pk] * 2
        (alone,) = in_workshop(talks, NAMES[2])
        found = queries.day_overview(TODAY)
        assert [one.workshop for one in found.states] == [joinery, talks]
        assert found.loose == []
        assert {row.pk: row.place_id for row in queries.month_files(Month.of(TODAY))}[alone.pk] == talks.pk


@pytest.mark.parametrize("saturday", [False, True])
def test_the_days_beside_are_those_with_classes(world: World, saturday: bool) -> None:
    """Friday 20.11.2026, and a Thursday before it that is free in this unit."""
    day = timedelta(days=1)
    with world.scope("cis", "ewa"):
        place = workshop()
        in_workshop(place, NAMES[0])
        ClosedDay.objects.create(day=TODAY - day, reason="remont")
        if saturday:
            plan.weekly(5, workshop=place, service=plan.service())
        before, after = timetable.days_around(place.pk, TODAY)
        assert before == TODAY - 2 * day
        assert after == (TODAY + day if saturday else TODAY + 3 * day)
