"""A unit's own settings: sites, staff, calendar, account, first steps."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.core import clock
from reintegration.tenancy.models import ClosedDay, Site, StaffMember, Unit, UnitAccount, UnitCalendar
from tests.cast import World, sign_in
from tests.factories import ready_unit, site, staff

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
SITE = {
    "name": "Stolarnia",
    "street": "Leśna 1",
    "postcode": "22-001",
    "town": "Modrzewno",
    "opened_on": "20.11.2026",
}
PERSON = {
    "first_name": "Łucja",
    "last_name": "Żuk",
    "kind": "instructor",
    "basis": "employment",
    "fte": "3/4",
    "since": "1.3.26",
    "until": "",
}


@pytest.fixture(autouse=True)
def _november():
    with clock.frozen(TODAY):
        yield


def as_person(world: World, person: str = "ewa") -> Client:
    client = Client()
    sign_in(client, world.people[person])
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"administration:{name}", args=args)


def made(world: World, model: Any, organisation: str = "cis") -> list[Any]:
    with world.scope(organisation):
        return list(model.objects.order_by("pk"))


def errors_of(answer: Any) -> str:
    assert answer.status_code == 422
    return answer.content.decode()


def test_a_site_is_added_changed_and_closed(world: World):
    client = as_person(world)
    assert client.post(at("site_open"), SITE).url == at("site_list")
    site = made(world, Site)[0]
    assert client.post(at("site_edit", site.pk), {**SITE, "town": "Jodłów"}).status_code == 302
    client.post(at("site_close", site.pk), {"last_day": "31.12.2026"})
    site = made(world, Site)[0]
    assert (site.town, site.closed_on) == ("Jodłów", date(2026, 12, 31))


def test_a_site_cannot_close_before_it_opens(world: World):
    client = as_person(world)
    client.post(at("site_open"), SITE)
    site = made(world, Site)[0]
    assert "przed datą otwarcia" in errors_of(
        client.post(at("site_close", site.pk), {"last_day": "1.1.2026"})
    )


def test_two_sites_have_two_names(world: World):
    client = as_person(world)
    client.post(at("site_open"), SITE)
    assert "Jest już miejsce o tej nazwie." in errors_of(client.post(at("site_open"), SITE))


def test_pressing_twice_adds_one_site(world: World):
    client = as_person(world)
    twice = [client.post(at("site_open"), {**SITE, "submission": "a" * 32}) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]
    assert len(made(world, Site)) == 1


def test_two_people_change_one_site(world: World):
    first = as_person(world)
    first.post(at("site_open"), SITE)
    site = made(world, Site)[0]
    page = first.get(at("site_edit", site.pk)).content.decode()
    version = page.split('name="version" value="')[1].split('"')[0]
    with world.scope("cis", "ewa"):
        Site.objects.filter(pk=site.pk).update(town="Brzozowo")
    answer = first.post(at("site_edit", site.pk), {**SITE, "town": "Jodłów", "version": version})
    assert answer.status_code == 409
    assert "Brzozowo" in answer.content.decode()
    assert "Jodłów" in answer.content.decode()
    assert made(world, Site)[0].town == "Brzozowo"


def test_a_share_of_full_time_is_read_as_people_write_it(world: World):
    client = as_person(world, "rafal")
    assert client.post(at("staff_add"), PERSON).status_code == 302
    assert str(made(world, StaffMember)[0].fte) == "0.750"
    assert "od 0 do 1" in errors_of(client.post(at("staff_add"), {**PERSON, "fte": "1,5"}))


def test_who_has_a_namesake_on_the_staff_is_told_apart(world: World):
    client = as_person(world, "rafal")
    client.post(at("staff_add"), PERSON)
    again = {**PERSON, "last_name": "żuk", "kind": "other", "basis": "mandate"}
    refused = client.post(at("staff_add"), again)
    assert "Zaznacz, czy to ta sama osoba" in errors_of(refused)
    assert "Żuk, instruktor zawodu od 01.03.2026" in refused.content.decode()
    (first,) = made(world, StaffMember)
    client.post(at("staff_add"), {**again, "same": str(first.person_key)})
    client.post(at("staff_add"), {**again, "same": "other"})
    keys = [one.person_key for one in made(world, StaffMember)]
    assert keys[0] == keys[1] != keys[2]
    # A name of one of two rows changes: that may be a mistake, or a wedding.
    second = made(world, StaffMember)[1]
    renamed = client.post(at("staff_edit", second.pk), {**again, "last_name": "Lis"})
    assert "Zaznacz, czy to ta sama osoba" in errors_of(renamed)
    # What was said by mistake is said otherwise on the page of either row.
    page = client.get(at("staff_edit", second.pk)).content.decode()
    assert re.search(rf'value="{first.person_key}"[^>]*\bchecked\b', page)
    client.post(at("staff_edit", second.pk), {**again, "same": "other"})
    assert len({one.person_key for one in made(world, StaffMember)}) == 3


def test_a_volunteer_has_an_agreement(world: World):
    answer = as_person(world).post(at("staff_add"), {**PERSON, "kind": "volunteer"})
    assert "porozumienie o wolontariacie" in errors_of(answer)


def test_staff_stand_in_polish_order_and_are_found_without_letters(world: World):
    client = as_person(world)
    for last_name in ("Żuk", "Zając", "Łoś", "Lis", "Śliwa", "Sowa"):
        client.post(at("staff_add"), {**PERSON, "last_name": last_name})
    page = client.get(at("staff_list")).content.decode()
    order = sorted(("Lis", "Łoś", "Sowa", "Śliwa", "Zając", "Żuk"), key=page.index)
    assert order == ["Lis", "Łoś", "Sowa", "Śliwa", "Zając", "Żuk"]
    found = client.get(at("staff_list"), {"nazwisko": "zuk"}).content.decode()
    assert "Żuk" in found
    assert "Sowa" not in found


def test_a_list_asks_the_same_for_one_ten_and_fifty_rows(world: World):
    client = as_person(world)
    asked = {}
    for total in (1, 10, 50):
        with world.scope("cis", "ewa"):
            for number in range(StaffMember.objects.count(), total):
                StaffMember.objects.create(
                    first_name="Osoba",
                    last_name=f"Nr {number}",
                    kind="instructor",
                    basis="employment",
                    fte=1,
                    since=TODAY,
                )
        client.get(at("staff_list"))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("staff_list"))
        asked[total] = len(captured)
    assert len(set(asked.values())) == 1
    assert asked[50] <= 5 + 8


def test_the_export_holds_every_row(world: World):
    client = as_person(world)
    client.post(at("staff_add"), {**PERSON, "last_name": "=HYPERLINK(1)"})
    text = client.get(at("staff_list"), {"plik": "csv"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1) Łucja" in text


def test_a_week_and_days_without_classes(world: World):
    client = as_person(world)
    client.post(at("week_set"), {"since": "1.12.2026", "weekdays": ["1", "3"]})
    assert made(world, UnitCalendar)[0].weekdays == [1, 3]
    client.post(at("closed_day_add"), {"day": "23.12.2026", "last": "31.12.2026", "reason": "przerwa"})
    assert len(made(world, ClosedDay)) == 9
    page = client.get(at("calendar"), {"rok": "2026"}).content.decode()
    assert "poniedziałek" in page or "pn." in page
    assert "Wigilia" in page
    day = made(world, ClosedDay)[0]
    assert client.post(at("closed_day_remove", day.pk)).status_code == 302
    assert len(made(world, ClosedDay)) == 8


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"day": "31.12.2026", "last": "1.12.2026", "reason": "x"}, "przed pierwszym"),
        ({"day": "1.1.2026", "last": "31.12.2026", "reason": "x"}, "najwyżej 62 dni"),
        ({"day": "", "last": "", "reason": ""}, "Wpisz dzień."),
    ],
)
def test_wrong_days_get_a_sentence(world: World, sent: dict[str, str], said: str):
    assert said in errors_of(as_person(world).post(at("closed_day_add"), sent))


def test_an_account_is_checked_and_never_reaches_back(world: World):
    client = as_person(world)
    good = "54 0000 0000 0000 0000 0000 1234"
    assert "25 cyfr" in errors_of(
        client.post(at("account_set"), {"number": good[:-1], "since": "20.11.2026"})
    )
    assert "późniejszy dzień" in errors_of(
        client.post(at("account_set"), {"number": good, "since": "1.1.2026"})
    )
    assert client.post(at("account_set"), {"number": good, "since": "20.11.2026"}).status_code == 302
    account = made(world, UnitAccount)[0]
    assert account.number == good.replace(" ", "")
    with clock.frozen(TODAY + timedelta(days=1)):
        again = as_person(world)
        assert again.post(at("account_remove", account.pk)).status_code == 422
    assert client.post(at("account_remove", account.pk)).status_code == 302


def test_only_two_people_is_written_down_and_taken_back(world: World):
    client = as_person(world)
    for wanted in (True, False):
        assert client.post(at("two_people")).status_code == 302
        assert Unit.objects.get(pk=world.cis.pk).only_two_people is wanted


def test_an_organisation_changes_its_own_data(world: World):
    sent = {
        "street": "Polna 2",
        "postcode": "22-001",
        "town": "Modrzewno",
        "phone": "",
        "email": "",
        "nip": "1",
    }
    client = as_person(world, "pawel")
    assert "10 cyfr" in errors_of(client.post(at("own_edit"), sent))
    assert client.post(at("own_edit"), {**sent, "nip": ""}).status_code == 302
    world.organisations["ops"].refresh_from_db()
    assert world.organisations["ops"].street == "Polna 2"


def test_the_first_steps_lead_a_new_unit(world: World):
    client = as_person(world)
    before = client.get(at("start")).content.decode()
    assert "Po kolei." in before
    assert "Pierwsze kroki: 0 z 7" in client.get(reverse("notices:desk")).content.decode()
    client.post(at("site_open"), SITE)
    assert "Pierwsze kroki: 1 z 7" in client.get(reverse("notices:desk")).content.decode()


def test_a_club_needs_neither_readings_nor_account(world: World):
    assert "Pierwsze kroki: 0 z 5" in as_person(world, "bozena").get(reverse("notices:desk")).content.decode()


@pytest.mark.parametrize("person", ["ewa", "tomasz", "zofia", "maria", "operator"])
def test_the_settings_lead_only_where_one_may_go(world: World, person: str):
    client = as_person(world, person)
    page = client.get(at("settings"))
    assert page.status_code == 200
    addresses = re.findall(r'<h3><a href="([^"]+)"', page.content.decode())
    assert addresses
    for address in addresses:
        assert client.get(address).status_code in {200, 302}, address


def test_a_site_leads_to_its_history_and_a_person_to_who_saw_them(world: World):
    client = as_person(world)
    client.post(at("site_open"), SITE)
    client.post(at("staff_add"), PERSON)
    for name, model in (("site_edit", Site), ("staff_edit", StaffMember)):
        page = client.get(at(name, made(world, model)[0].pk)).content.decode()
        addresses = re.findall(r'href="(/dziennik/[^"]+)"', page)
        assert len(addresses) == (2 if model is StaffMember else 1)
        for address in addresses:
            assert client.get(address).status_code == 200


def test_the_register_tells_who_works_now_from_who_left(world: World):
    with world.scope("cis", "ewa"):
        staff("Anna Lawenda")
        staff("Łukasz Śliwa", "volunteer", "left")
    client = as_person(world)
    now = client.get(at("staff_list"), {"stan": "teraz"}).content.decode()
    before = client.get(at("staff_list"), {"stan": "dawniej"}).content.decode()
    assert ("Lawenda" in now, "Śliwa" in now) == (True, False)
    assert ("Lawenda" in before, "Śliwa" in before) == (False, True)


def test_a_ready_unit_has_only_the_steps_of_others_left(world: World):
    with world.scope("cis", "ewa"):
        ready_unit()
    assert "Pierwsze kroki: 3 z 7" in as_person(world).get(reverse("notices:desk")).content.decode()


@pytest.mark.parametrize(("trait", "said"), [("closed", "zamknięte"), ("coming", "od przyszłego dnia")])
def test_a_place_says_whether_it_works(world: World, trait: str, said: str):
    with world.scope("cis", "ewa"):
        site("Kuchnia", trait)
    assert said in as_person(world).get(at("site_list")).content.decode()


def menu_of(client: Client, address: str) -> tuple[list[str], list[str], list[str]]:
    """The places of the navigation, the current ones, and the breadcrumbs of a page."""
    text = client.get(address).content.decode()
    side = text.partition('<nav aria-label="Główna">')[2].partition("</nav>")[0]
    crumbs = text.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    found = re.findall(r'<a class="nav-i"([^>]*)>.*?class="t">([^<]+)', side, re.S)
    return (
        [name for _, name in found],
        [name for about, name in found if "aria-current" in about],
        re.findall(r"<(?:a|span)[^>]*>([^<]+)</", crumbs),
    )


@pytest.mark.parametrize(
    ("person", "places"),
    [
        (
            "ewa",
            [
                "Pulpit",
                "Uczestnicy",
                "Obecność",
                "Skierowania",
                "Zajęcia",
                "Plan zajęć",
                "Rozliczenie miesiąca",
                "Zamknięcie obecności",
                "Premie",
                "Listy wypłat",
                "Wyciągi",
                "Składki ZUS",
                "Podatek",
                "Fundusz Pracy",
                "Księga",
                "Co wygasa",
                "Ubezpieczenie zdrowotne",
                "Po zakończeniu",
                "Absolwenci",
                "Zatrudnienie wspierane",
                "Partnerzy",
                "Przekazane sprawy",
                "Wypadki",
                "Sprawozdania",
                "Statystyka",
                "Dokumenty",
                "Ustawienia",
            ],
        ),
        (
            "pawel",
            [
                "Pulpit",
                "Skierowania",
                "Wolne miejsca",
                "Pierwsza wypłata",
                "Do uzgodnienia",
                "Zgłoszenia zdrowotne",
                "Zawiadomienia",
                "Co miesiąc",
                "Ustawienia",
            ],
        ),
        (
            "maria",
            [
                "Pulpit",
                "Ustawienia",
                "Rejestr CIS",
                "Rejestr KIS",
                "Kończące się statusy",
                "Zgłoszenia KIS",
                "Wnioski CIS",
                "Pisma nadzoru",
                "Sprawozdania",
                "Kontrole",
                "Sprawozdania zbiorcze",
            ],
        ),
    ],
)
def test_what_is_set_once_in_a_while_stands_behind_the_settings(world: World, person: str, places: list[str]):
    client = as_person(world, person)
    names, current, _ = menu_of(client, at("settings"))
    assert (names, current) == (places, ["Ustawienia"])
    for name, label in (
        ("audit:journal", "Dziennik zdarzeń"),
        ("law:parameters", "Prawo"),
        ("api:token_list", "Tokeny API"),
        ("accounts:invitations", "Zaproszenia"),
    ):
        assert f'href="{reverse(name)}"' in client.get(at("settings")).content.decode()
        _, current, crumbs = menu_of(client, reverse(name))
        assert (current, crumbs) == (["Ustawienia"], ["Ustawienia", label])


def test_the_operator_keeps_law_and_journal_in_the_navigation(world: World):
    client = as_person(world, "operator")
    names, current, crumbs = menu_of(client, reverse("law:parameters"))
    assert {"Prawo", "Dziennik zdarzeń"} <= set(names)
    assert (current, crumbs) == (["Prawo"], [])
    assert reverse("law:parameters") not in client.get(at("settings")).content.decode().partition("<main")[2]
