from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import ClassMeeting, TimetableEntry
from reintegration.core import clock
from tests.cast import World, sign_in
from tests.ipzs.timetable.made import place, service, weekly, workshop
from tests.participants.participations.made import in_classes

MONDAY = date(2026, 11, 16)


@pytest.fixture
def tomasz(world: World, client: Client) -> Client:
    sign_in(client, world.people["tomasz"], world.cis.pk)
    return client


@pytest.fixture
def planned(world: World) -> dict[str, Any]:
    """A joinery with two people, three days a week, led by Tomasz."""
    with world.scope("cis", "ewa"):
        joinery, done = workshop(), service()
        cases = [in_classes(name) for name in ("Iga Sowa", "Adam Gil")]
        for case in cases:
            place(joinery, case)
        rows = weekly(0, 1, 2, workshop=joinery, service=done, leader=world.people["tomasz"])
    return {"workshop": joinery, "service": done, "cases": cases, "rows": rows}


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_class_is_written_from_the_day_in_two_steps(
    tomasz: Client, planned: dict[str, Any], world: World
) -> None:
    day = text(tomasz.get(reverse("ipzs:meeting_day"), {"dzien": MONDAY.isoformat()}))
    url = reverse("ipzs:meeting_open", args=[planned["rows"][0].pk, MONDAY.isoformat()])
    assert url in day

    page = text(tomasz.get(url))
    assert page.count('name="present"') == 2
    answer = tomasz.post(
        url,
        {
            "topic": "Czop i gniazdo",
            "present": [str(planned["cases"][0].pk)],
            "service": str(planned["service"].pk),
            "leader": str(world.people["tomasz"].pk),
            "room": "",
            "begins": "8:00",
            "ends": "14:00",
            "hours": "8",
        },
    )
    assert answer.status_code == 302
    with world.scope("cis"):
        meeting = ClassMeeting.objects.get()
        assert (meeting.topic, meeting.presences.count()) == ("Czop i gniazdo", 1)
    # The address of the plan leads to the line from now on.
    assert tomasz.get(url).url == reverse("ipzs:meeting_edit", args=[meeting.pk])
    assert "Czop i gniazdo" in text(tomasz.get(reverse("ipzs:journal")))


def test_who_left_earlier_has_fewer_hours(tomasz: Client, planned: dict[str, Any], world: World) -> None:
    one, other = planned["cases"][:2]
    url = reverse("ipzs:meeting_open", args=[planned["rows"][0].pk, MONDAY.isoformat()])
    assert "wyszedł wcześniej" in text(tomasz.get(url))
    data = {
        "topic": "Czop i gniazdo",
        "present": [str(one.pk), str(other.pk)],
        "service": str(planned["service"].pk),
        "leader": str(world.people["tomasz"].pk),
        "room": "",
        "begins": "8",
        "ends": "14",
        "hours": "8",
    }
    long = tomasz.post(url, data | {f"hours_{other.pk}": "9"})
    assert long.status_code == 422
    assert "Zajęcia miały 8 godz." in long.content.decode()
    absent = tomasz.post(url, data | {"present": [str(one.pk)], f"hours_{other.pk}": "3"})
    assert "Zaznacz tę osobę" in absent.content.decode()
    assert tomasz.post(url, data | {f"hours_{other.pk}": "3,5"}).status_code == 302
    with world.scope("cis"):
        meeting = ClassMeeting.objects.get()
        hours = dict(meeting.presences.order_by("pk").values_list("participation", "hours"))
    assert hours == {one.pk: Decimal(8), other.pk: Decimal("3.5")}
    edit = reverse("ipzs:meeting_edit", args=[meeting.pk])
    page = text(tomasz.get(edit))
    assert 'value="3,5"' in page
    assert '<details class="mb-3" open>' in page


def test_whose_day_is_marked_otherwise_is_not_ticked(
    tomasz: Client, planned: dict[str, Any], world: World
) -> None:
    from ipzs.models import DayMark
    from tests.specimens import specimen

    case = planned["cases"][1]
    with world.scope("cis", "ewa"):
        specimen(
            DayMark, world, "x", participation=case, person=case.person, day=MONDAY, kind="unexcused",
            hours=None, excuse=None, sick_leave=None, free_day=None, meal=False,
        )  # fmt: skip
    page = text(tomasz.get(reverse("ipzs:meeting_open", args=[planned["rows"][0].pk, MONDAY.isoformat()])))
    ticked = [part for part in page.split("<input") if 'name="present"' in part and "checked" in part]
    assert len(ticked) == 1
    assert str(planned["cases"][0].pk) in ticked[0]


def test_the_week_is_printed(tomasz: Client, planned: dict[str, Any]) -> None:
    for url in (
        reverse("ipzs:timetable_unit"),
        reverse("ipzs:timetable_workshop", args=[planned["workshop"].pk]),
        reverse("ipzs:timetable_person", args=[planned["cases"][0].pk]),
    ):
        answer = tomasz.get(url, {"tydzien": MONDAY.isoformat(), "plik": "pdf"})
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_the_journal_of_a_month_is_printed(tomasz: Client, planned: dict[str, Any]) -> None:
    answer = tomasz.get(reverse("ipzs:journal"), {"miesiac": "11.2026", "plik": "pdf"})
    assert answer.content.startswith(b"%PDF")


def test_several_days_are_planned_at_once_and_conflicts_are_said(
    tomasz: Client, planned: dict[str, Any], world: World
) -> None:
    with world.scope("cis", "ewa"):
        kitchen = workshop("Kuchnia")
    answer = tomasz.post(
        reverse("ipzs:entry_add_group", args=[kitchen.pk]),
        {
            "service": str(planned["service"].pk),
            "weekdays": ["0", "4"],
            "begins": "8",
            "ends": "14",
            "since": "16.11.2026",
            "until": "",
            "leader": str(world.people["tomasz"].pk),
            "room": "",
        },
        follow=True,
    )
    assert "Tomasz Klon prowadzi w tym samym czasie" in text(answer)
    with world.scope("cis"):
        assert TimetableEntry.objects.filter(workshop=kitchen).count() == 2


def test_a_week_says_what_the_act_asks(tomasz: Client, planned: dict[str, Any]) -> None:
    url = reverse("ipzs:timetable_person", args=[planned["cases"][0].pk])
    page = text(tomasz.get(url, {"tydzien": MONDAY.isoformat()}))
    assert "powinien mieć co najmniej 30 godzin" in page


def test_who_does_not_plan_sees_no_hours(world: World, client: Client, planned: dict[str, Any]) -> None:
    sign_in(client, world.people["celina"], world.cis.pk)
    url = reverse("ipzs:timetable_person", args=[planned["cases"][0].pk])
    assert "co najmniej 30 godzin" not in text(client.get(url, {"tydzien": MONDAY.isoformat()}))
    assert client.get(reverse("ipzs:timetable_hours")).status_code == 403


def test_an_odd_week_or_day_in_the_address_is_this_one(tomasz: Client) -> None:
    for value in ("x", "0001-01-01", "9999-12-31", "2026-13-01", "²"):
        assert tomasz.get(reverse("ipzs:timetable_unit"), {"tydzien": value}).status_code == 200
        assert tomasz.get(reverse("ipzs:meeting_day"), {"dzien": value}).status_code == 200


def test_a_class_outside_the_plan_is_added_from_its_day_and_written_next(
    tomasz: Client, planned: dict[str, Any], world: World
) -> None:
    thursday = MONDAY + timedelta(days=3)
    day = text(tomasz.get(reverse("ipzs:meeting_day"), {"dzien": thursday.isoformat()}))
    url = f"{reverse('ipzs:entry_add_once', args=[planned['workshop'].pk])}?dzien={thursday.isoformat()}"
    assert url in day
    page = text(tomasz.get(url))
    assert 'value="19.11.2026"' in page
    assert 'name="weekdays"' not in page
    sent = {
        "service": str(planned["service"].pk),
        "since": "19.11.2026",
        "begins": "9:00",
        "ends": "12:00",
        "leader": str(world.people["tomasz"].pk),
        "room": "",
    }
    answer: Any = tomasz.post(url, sent)
    with world.scope("cis", "ewa"):
        row = TimetableEntry.objects.get(weekday__isnull=True)
        assert (row.since, row.until) == (thursday, thursday)
    assert answer.url == reverse("ipzs:meeting_open", args=[row.pk, thursday.isoformat()])
    assert "Temat zajęć" in text(tomasz.get(answer.url))


def test_a_class_to_come_leads_back_to_its_day(tomasz: Client, planned: dict[str, Any], world: World) -> None:
    url = reverse("ipzs:entry_add_once", args=[planned["workshop"].pk])
    ahead = clock.today() + timedelta(days=2)
    sent = {
        "service": str(planned["service"].pk),
        "since": ahead.strftime("%d.%m.%Y"),
        "begins": "9:00",
        "ends": "12:00",
        "leader": "",
        "room": "",
    }
    answer: Any = tomasz.post(url, sent)
    assert answer.url == f"{reverse('ipzs:meeting_day')}?dzien={ahead.isoformat()}"


def test_who_plans_nothing_adds_no_class(world: World, client: Client, planned: dict[str, Any]) -> None:
    sign_in(client, world.people["olga"], world.cis.pk)
    assert "spoza planu" not in text(client.get(reverse("ipzs:meeting_day")))
    assert client.get(reverse("ipzs:entry_add_once", args=[planned["workshop"].pk])).status_code == 403


@pytest.mark.parametrize("name", ["timetable_unit", "timetable_hours", "meeting_day", "workshop_list"])
def test_more_people_and_classes_ask_for_no_more_queries(
    tomasz: Client, planned: dict[str, Any], world: World, name: str
) -> None:
    url, asked = reverse(f"ipzs:{name}"), {"tydzien": MONDAY.isoformat(), "dzien": MONDAY.isoformat()}
    tomasz.get(url, asked)
    with CaptureQueriesContext(connection) as few:
        tomasz.get(url, asked)
    with world.scope("cis", "ewa"):
        for number in range(8):
            more = workshop(f"Pracownia {number}")
            place(more, in_classes(f"Iga Sowa{number}"))
            weekly(0, 1, workshop=more, begins=9 + number, ends=10 + number)
    with CaptureQueriesContext(connection) as many:
        tomasz.get(url, asked)

    assert len(many) <= len(few)
