"""The screens of the close: what the manager sees, and what it costs."""

from datetime import date, time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ipzs.models import AttendanceMonth, ClassMeeting
from ipzs.services import attendance
from participants.models import Participation
from tests.cast import World, sign_in
from tests.ipzs.months.made import OCTOBER, marked
from tests.ipzs.months.test_closing import GAP
from tests.ipzs.timetable import made as plan
from tests.participants.participations import made

SHOW = reverse("ipzs:month_show", args=[str(OCTOBER)])
CLOSE = reverse("ipzs:month_close", args=[str(OCTOBER)])
LIST = reverse("ipzs:month_list")
SEVERAL = reverse("ipzs:month_close_several")
REOPEN = reverse("ipzs:month_reopen", args=[str(OCTOBER)])


def gap(file: Participation) -> None:
    attendance.clear_mark(participation_id=file.pk, day=GAP, reason="pomyłka")


def test_a_blocked_month_names_the_person_and_the_day_and_offers_no_close(
    world: World, client: Client
) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        marked([file])
        gap(file)
    sign_in(client, world.people["ewa"])
    page = client.get(SHOW).content.decode()
    assert "Brakuje wpisu: 14 października." in page
    assert "Marek Dąbek" in page
    assert CLOSE not in page
    refused = client.post(CLOSE)
    assert refused.status_code == 422
    assert "1 osoba ma dni do poprawienia" in refused.content.decode()


def test_a_conflict_with_the_journal_leads_to_both(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        file = made.in_classes()
        marked([file])
        plan.place(joinery := plan.workshop(), file)
        ClassMeeting.objects.create(
            workshop=joinery, service=plan.service(), leader=world.people["ewa"], day=GAP, begins=time(8),
            ends=time(12), hours=4, topic="Miary", state="held",
        )  # fmt: skip
    sign_in(client, world.people["ewa"])
    page = client.get(SHOW).content.decode()
    assert "w dzienniku nie ma tej osoby na żadnych zajęciach: 14 października." in page
    assert f'href="{reverse("ipzs:attendance_person", args=[file.pk])}?miesiac=2026-10"' in page
    assert f'href="{reverse("ipzs:meeting_day")}?dzien=2026-10-14"' in page


def test_the_manager_closes_and_opens_again(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        marked([made.in_classes()])
    sign_in(client, world.people["ewa"])
    assert CLOSE in client.get(SHOW).content.decode()
    assert client.post(CLOSE).status_code == 302
    page = client.get(SHOW).content.decode()
    assert "Zamknięty." in page
    assert REOPEN in page
    assert client.post(REOPEN, {"reason": ""}).status_code == 422
    client.post(REOPEN, {"reason": "Zwolnienie przyszło później."})
    assert "Zwolnienie przyszło później." in client.get(SHOW).content.decode()
    with world.scope("cis", "ewa"):
        assert AttendanceMonth.objects.get().state == "open"


def test_months_that_are_clean_are_closed_at_once(world: World, client: Client) -> None:
    september, august = OCTOBER.previous, OCTOBER.previous.previous
    with world.scope("cis", "ewa"):
        file = made.in_classes(since=august.first)
        for month in (august, september, OCTOBER):
            marked([file], month)
        gap(file)
    sign_in(client, world.people["ewa"])
    assert SEVERAL in client.get(LIST).content.decode()
    page = client.get(SEVERAL).content.decode()
    assert "wrzesień 2026" in page
    assert f'<a href="{SHOW}">październik 2026</a>: 1 osoba ma dni do poprawienia' in page
    assert client.post(SEVERAL, {"months": []}).status_code == 422
    assert client.post(SEVERAL, {"months": [str(september), str(OCTOBER)]}).status_code == 422
    with world.scope("cis", "ewa"):
        assert not AttendanceMonth.objects.exists()
    assert client.post(SEVERAL, {"months": [str(august), str(september)]}).status_code == 302
    page = client.get(LIST).content.decode()
    assert "Zamknięto 2 miesiące." in page
    assert SEVERAL not in page
    assert "Żadnego miesiąca nie można jeszcze zamknąć." in client.get(SEVERAL).content.decode()


def test_others_look_and_do_not_close(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        marked([made.in_classes()])
    sign_in(client, world.people["anna"])
    page = client.get(SHOW)
    assert page.status_code == 200
    assert CLOSE not in page.content.decode()
    assert client.post(CLOSE).status_code == 403


def test_the_list_names_every_month_since_the_first_period(world: World, client: Client) -> None:
    with world.scope("cis", "ewa"):
        made.in_classes(since=date(2026, 9, 1))
    sign_in(client, world.people["ewa"])
    page = client.get(LIST).content.decode()
    assert page.index("listopad 2026") < page.index("wrzesień 2026")
    assert "sierpień 2026" not in page


def test_an_address_that_is_no_month_leads_nowhere(world: World, client: Client) -> None:
    sign_in(client, world.people["ewa"])
    for wrong in ("2026-13", "0000-01", "wczoraj", "2026-1"):
        assert client.get(f"/zamkniecie-miesiaca/{wrong}/").status_code == 404
    assert client.get(reverse("ipzs:month_show", args=["2031-02"])).status_code == 200


def test_the_page_of_sixty_persons_costs_what_one_of_ten_does(world: World, client: Client) -> None:
    sign_in(client, world.people["ewa"])
    costs = []
    for names in ([f"Ada Osoba{n}" for n in range(10)], [f"Ewa Osoba{n}" for n in range(50)]):
        with world.scope("cis", "ewa"):
            files = [made.in_classes(name) for name in names]
            marked(files)
            for file in files:
                gap(file)
        client.get(SHOW)
        with CaptureQueriesContext(connection) as caught:
            client.get(SHOW)
        costs.append(len([one for one in caught if "ipzs_" in one["sql"] or "participants_" in one["sql"]]))
    assert costs[0] == costs[1] <= 15
