"""A practice at an employer's, people in no workshop, and too many people to a leader."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipzs.models import DayMark, WorkshopLeader
from ipzs.queries import attendance as queries
from participants.models import Participation
from reintegration.core.dates import Month
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import MONDAY, NAMES, TODAY, in_workshop, workshop
from tests.ipzs.attendance.test_ranges import practice
from tests.participants.participations.made import in_classes


@pytest.fixture
def client(world: World) -> Client:
    found = Client()
    sign_in(found, world.people["tomasz"])
    return found


def test_a_practice_is_named_and_taken_for_the_usual_day(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        place = workshop()
        away, _ = in_workshop(place, *NAMES[:2])
        practice(away, TODAY - timedelta(days=1), TODAY)
    url = reverse("ipzs:attendance_day", args=[place.pk])
    text = client.get(url).content.decode()
    assert "praktyka: <span" in text
    assert "1 osoba na praktyce będzie u pracodawcy" in text
    assert text.count("data-usual") == 1
    form = client.get(f"{reverse('ipzs:mark_edit', args=[away.pk])}?dzien={TODAY}").content.decode()
    assert "Praktyka: Tartak Dębowy." in form
    client.post(reverse("ipzs:attendance_all", args=[place.pk]), {"dzien": TODAY.isoformat()})
    with world.scope("cis"):
        assert DayMark.objects.get(participation=away).kind == "employer"
    page = client.get(reverse("ipzs:attendance_person", args=[away.pk])).content.decode()
    assert 'u pracodawcy: <span translate="no">Tartak Dębowy</span>' in page
    month = client.get(reverse("ipzs:attendance_month")).content.decode()
    assert month.count(" data-e ") == 2


def test_the_grid_knows_the_days_of_a_practice(world: World) -> None:
    with world.scope("cis", "ewa"):
        (file,) = in_workshop(workshop(), NAMES[0])
        practice(file, MONDAY, MONDAY + timedelta(days=1))
        practice(file, MONDAY + timedelta(days=3), TODAY + timedelta(days=60))
        (row,) = queries.grid(Month.of(TODAY), today=TODAY, pays=True).rows
        found = {cell.day: cell.employer for cell in row.cells}
        assert found[MONDAY] == found[TODAY] == "Tartak Dębowy"
        assert not found[MONDAY + timedelta(days=2)]
        assert not found[MONDAY - timedelta(days=3)]


def test_who_is_in_no_workshop_stands_below_the_lists_of_the_day(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        in_workshop(workshop(), NAMES[0])
        stray = in_classes("Wanda Borówka")
    text = client.get(reverse("ipzs:attendance_today")).content.decode()
    below = text.split('id="bez-pracowni"')[1]
    assert "Wanda Borówka" in below
    assert "Leszek Bażant" not in below
    assert "brak wpisu" in below
    edit = reverse("ipzs:mark_edit", args=[stray.pk])
    answer = client.post(
        f"{edit}?dzien={TODAY}&widok=dzis", {"kind": "present", "hours": "6", "excuse": "", "reason": ""}
    )
    assert answer["Location"].startswith(reverse("ipzs:attendance_today"))
    below = client.get(reverse("ipzs:attendance_today")).content.decode().split('id="bez-pracowni"')[1]
    assert "brak wpisu" not in below
    listed = client.get(reverse("ipzs:workshop_list")).content.decode()
    assert "Bez pracowni i grupy: 1 osoba" in listed


def test_more_than_ten_to_a_leader_are_told_of_and_stop_nothing(world: World, client: Client) -> None:
    names = [f"Osoba Numer{chr(97 + n)}" for n in range(11)]
    with world.scope("cis", "ewa"):
        place = workshop()
        in_workshop(place, *names)
        WorkshopLeader.objects.create(workshop=place, user=world.people["tomasz"], since=MONDAY)
    text = client.get(reverse("ipzs:attendance_today")).content.decode()
    assert "Tomasz Klon" in text
    assert "powinno być najwyżej 10" in text
    client.post(reverse("ipzs:attendance_all", args=[place.pk]), {"dzien": TODAY.isoformat()})
    with world.scope("cis"):
        assert DayMark.objects.count() == Participation.objects.count() == 11
