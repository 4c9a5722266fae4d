"""Early warnings on the desk: raised once, leading to what helps, gone with their reason."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import AttendanceSettings
from ipzs.queries import warnings as queries
from ipzs.rules.codes import AlertKind
from ipzs.services import attendance
from ipzs.services.warnings import LOOK_JOB, look_again, refresh, tells
from ipzs.warnings_kinds import KINDS
from ipzs.warnings_tasks import DAILY_JOB
from participants.models import CardEntry, Participation
from participants.services import cards, participations
from reintegration.core.dates import Month
from reintegration.jobs.models import Job
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.law.book import law_book
from reintegration.notices.models import DeskTask
from tests.cast import World, sign_in
from tests.ipzs.attendance.made import MONDAY, TODAY
from tests.ipzs.months.made import marked
from tests.participants.participations import made

K = AlertKind
NEW = TODAY - timedelta(days=18)


def standing() -> dict[str, DeskTask]:
    kinds = [kind.key for kind in KINDS.values()]
    rows = DeskTask.objects.filter(kind__in=kinds, settled_at__isnull=True).order_by("kind")
    return {row.kind.removeprefix("ipzs."): row for row in rows}


def absent(file: Participation, *days: date) -> None:
    for day in days:
        attendance.mark(participation_id=file.pk, day=day, kind="unexcused", reason="nie było")


def talked(world: World, file: Participation, on: date = TODAY) -> CardEntry:
    data = cards.EntryData(kind="counselling", held_on=on, course="Rozmowa o dojazdach.")
    return cards.add_entry(participation_id=file.pk, data=data, author_id=world.people["anna"].pk)


def test_two_early_absences_are_one_task_that_a_talk_settles(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_trial(since=NEW)
        absent(file, MONDAY)
        refresh(today=TODAY)
        assert standing() == {}
        absent(file, MONDAY + timedelta(days=2))
        refresh(today=TODAY)
        refresh(today=TODAY)
        (task,) = DeskTask.objects.filter(kind="ipzs.early_absences")
        assert task.link == f"/uczestnicy/{file.pk}/kontakt/"
        assert "2 nieobecności w pierwszych czterech tygodniach" in task.text
        talked(world, file)
        assert standing() == {}
        refresh(today=TODAY)
        assert DeskTask.objects.filter(kind="ipzs.early_absences").count() == 1


def test_a_third_unexcused_day_stands_until_one_is_mended(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        absent(file, date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5))
        refresh(today=TODAY)
        assert "third_unexcused" in standing()
        attendance.mark(participation_id=file.pk, day=date(2026, 11, 4), kind="present", reason="pomyłka")
        refresh(today=TODAY)
        assert "third_unexcused" not in standing()


def test_silence_is_told_after_as_many_days_as_the_unit_says(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        attendance.mark(participation_id=file.pk, day=TODAY - timedelta(days=9), kind="present", reason="x")
        refresh(today=TODAY)
        assert "silence" not in standing()
        AttendanceSettings.objects.create(quiet_days=9)
        refresh(today=TODAY)
        assert "silence" in standing()
        attendance.mark(participation_id=file.pk, day=TODAY, kind="present")
        refresh(today=TODAY)
        assert "silence" not in standing()


def test_an_end_that_comes_near_leads_to_the_extension_and_goes_with_it(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes(since=date(2026, 1, 5))
        participations.touch_contact(participation_id=file.pk, day=TODAY)
        refresh(today=TODAY)
        assert standing()["ends_soon"].link == f"/uczestnicy/{file.pk}/program/"
        participations.extend(participation_id=file.pk, until=date(2027, 7, 4))
        refresh(today=TODAY)
        assert "ends_soon" not in standing()


def test_long_sickness_is_told_by_the_units_own_figure(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        attendance.add_sick_leave(participation_id=file.pk, since=date(2026, 11, 9), until=TODAY)
        refresh(today=TODAY)
        assert "sick_days" not in standing()
        AttendanceSettings.objects.create(sick_alert=12)
        refresh(today=TODAY)
        assert "12 dni choroby z 21" in standing()["sick_days"].text


def test_a_whole_week_with_few_hours_is_told_once_its_days_are_marked(world: World) -> None:
    monday = MONDAY - timedelta(days=14)
    week = [monday + timedelta(days=n) for n in range(5)]
    with world.scope("cis", "anna"):
        file = made.in_classes()
        for day in week[:4]:
            attendance.mark(participation_id=file.pk, day=day, kind="present", hours=5, reason="x")
        refresh(today=MONDAY - timedelta(days=5))
        assert "few_hours" not in standing()
        attendance.mark(participation_id=file.pk, day=week[4], kind="present", hours=5, reason="x")
        refresh(today=MONDAY - timedelta(days=5))
        assert "25 godzin" in standing()["few_hours"].text
        refresh(today=TODAY)
        assert "few_hours" not in standing()


def test_who_leads_the_case_is_told_and_nobody_who_left(world: World) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        participations.assign_case_manager(participation_id=file.pk, user_id=world.people["jan"].pk)
        refresh(today=TODAY)
        assert standing()["silence"].person_id == world.people["jan"].pk
        refresh(today=date(2035, 1, 1))
        assert standing() == {}


def test_a_kis_knows_silence_and_the_end_and_nothing_of_the_benefit(world: World) -> None:
    with world.scope("kis", "bozena"):
        file = made.candidate()
        participations.sign_programme(participation_id=file.pk, signed_on=made.SIGNED)
        made.ready(file)
        participations.qualify(participation_id=file.pk, since=made.TRIAL, until=date(2026, 12, 20))
        absent(file, *[date(2026, 11, day) for day in (3, 4, 5)])
        refresh(today=TODAY)
        assert set(standing()) == {"silence", "ends_soon"}
        assert standing()["ends_soon"].link == f"/uczestnicy/{file.pk}/"


def test_the_morning_job_looks_at_every_unit(world: World) -> None:
    with world.scope("cis", "ewa"):
        made.in_classes()
    with world.scope("operator"):
        enqueue(kind=DAILY_JOB, key="day")
    drain()
    with world.scope("cis", "ewa"):
        assert "silence" in standing()


def test_sixty_persons_cost_as_many_queries_as_ten(world: World) -> None:
    costs = []
    with world.scope("cis", "ewa"):
        law_book()
        for names in ([f"Ada Osoba{n}" for n in range(10)], [f"Ewa Osoba{n}" for n in range(50)]):
            marked([made.in_classes(name) for name in names], Month(2026, 11))
            with CaptureQueriesContext(connection) as caught:
                queries.warnings(today=TODAY)
            costs.append(len(caught))
    assert costs[0] == costs[1] <= 16


def test_a_corrected_mark_takes_the_warning_off_at_once(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        absent(file, date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5))
        refresh(today=TODAY)
        assert "third_unexcused" in standing()
    client = Client()
    sign_in(client, world.people["tomasz"])
    url = reverse("ipzs:mark_set", args=[file.pk])
    data = {"dzien": "2026-11-04", "kind": "present", "revision": "1", "reason": "pomyłka"}
    assert client.post(url, data, HTTP_HX_REQUEST="true").status_code == 200
    with world.scope("cis", "anna"):
        assert "third_unexcused" not in standing()


def test_a_mark_that_makes_a_sign_true_raises_its_task_as_soon_as_the_job_ran(world: World) -> None:
    with world.scope("cis", "anna"):
        file, other = made.in_classes(), made.in_classes("Iga Sowa")
        absent(file, date(2026, 11, 3), date(2026, 11, 4))
        absent(other, date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5))
    client = Client()
    sign_in(client, world.people["tomasz"])
    url, day = reverse("ipzs:mark_set", args=[file.pk]), TODAY.isoformat()
    client.post(url, {"dzien": day, "kind": "present", "revision": "0"}, HTTP_HX_REQUEST="true")
    assert not Job.objects.filter(kind=LOOK_JOB).exists()
    client.post(url, {"dzien": day, "kind": "unexcused", "revision": "1"}, HTTP_HX_REQUEST="true")
    drain()
    with world.scope("cis", "anna"):
        (task,) = DeskTask.objects.filter(kind="ipzs.third_unexcused")
        assert task.subject_id == file.person_id
    sign_in(client, world.people["anna"])
    client.post(reverse("ipzs:sick_add", args=[other.pk]), {"since": "9.11.2026", "until": "23.11.2026"})
    drain()
    with world.scope("cis", "anna"):
        assert DeskTask.objects.filter(subject_id=other.person_id, kind="ipzs.sick_days").exists()


@pytest.mark.parametrize(
    ("kind", "day", "news"),
    [
        ("unexcused", TODAY, True),
        ("present", TODAY, False),
        ("free", TODAY, False),
        ("", TODAY, False),
        # The week is over: its hours may be too few now.
        ("present", MONDAY - timedelta(days=1), True),
    ],
)
def test_what_may_be_a_sign_is_looked_at(kind: str, day: date, news: bool) -> None:
    assert tells(kind, day) is news


def test_an_undone_mark_takes_the_warning_off_at_once(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        absent(file, date(2026, 11, 3), date(2026, 11, 4))
    client = Client()
    sign_in(client, world.people["tomasz"])
    data = {"dzien": TODAY.isoformat(), "kind": "unexcused", "revision": "0"}
    answer = client.post(reverse("ipzs:mark_set", args=[file.pk]), data, HTTP_HX_REQUEST="true")
    change = answer.content.decode().split('name="zmiana" value="')[1].split('"')[0]
    with world.scope("cis", "anna"):
        refresh(today=TODAY)
        assert "third_unexcused" in standing()
    client.post(reverse("ipzs:attendance_undo"), {"zmiana": change, "dzien": TODAY.isoformat()})
    with world.scope("cis", "anna"):
        assert "third_unexcused" not in standing()


def test_looking_again_asks_one_question_when_nobody_is_on_a_desk(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_classes()
        with CaptureQueriesContext(connection) as caught:
            look_again([file.person_id])
        assert len(caught) == 1


def test_a_contact_of_few_words_settles_what_asked_for_it(world: World) -> None:
    with world.scope("cis", "anna"):
        file = made.in_trial(since=NEW)
        absent(file, MONDAY, MONDAY + timedelta(days=2))
        refresh(today=TODAY)
        link = standing()["early_absences"].link
    client = Client()
    sign_in(client, world.people["anna"])
    page = client.get(link).content.decode()
    assert "Kontakt w sprawie: 2 nieobecności" in page
    data = {
        "kind": "contact",
        "held_on": "20.11.2026",
        "course": "Dzwoniłam, wraca w poniedziałek.",
        "next_on": "",
    }
    assert client.post(link, data).status_code == 302
    with world.scope("cis", "anna"):
        assert standing() == {}
        entry = CardEntry.objects.get()
        assert (entry.kind, entry.course) == ("contact", "Dzwoniłam, wraca w poniedziałek.")
