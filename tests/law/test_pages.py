"""Screens of the law and of the readings."""

import time
from datetime import date

import pytest
from django.urls import reverse

from reintegration.core import clock
from reintegration.core.dates import Month
from reintegration.jobs.services import enqueue
from reintegration.jobs.worker import drain
from reintegration.law.enums import Confidence, Evidence, State
from reintegration.law.models import Parameter, ParameterValue, Reading
from reintegration.law.services import confirm_value, propose_reading, propose_value
from reintegration.notices.models import DeskTask
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _november():
    with clock.frozen(TODAY):
        yield


def _value(world, *, since=date(2199, 6, 1), typed="1850,00"):
    with world.scope("operator", "operator"):
        return propose_value(
            parameter=Parameter.objects.get(key="allowance"),
            since=since,
            typed=typed,
            source="obwieszczenie",
            evidence=Evidence.ANNOUNCEMENT,
            confidence=Confidence.SURE,
            by=world.people["operator"].pk,
            today=TODAY,
        )


def _reading(world, key="sick_trial", value="per_30"):
    with world.scope("cis", "ewa"):
        return propose_reading(
            key=key, value=value, since=Month(2026, 11), by=world.people["ewa"].pk, today=TODAY
        )


@pytest.mark.parametrize("person", ["ewa", "tomasz", "zofia", "maria", "operator"])
def test_everybody_reads_the_law(client, world, person):
    sign_in(client, world.people[person])
    page = client.get("/prawo/").content.decode()
    assert "1 783,90 zł" in page.replace("\u00a0", " ")
    assert "zasiłek dla bezrobotnych" in page


def test_the_list_asks_the_same_however_many_values_there_are(client, world, django_assert_max_num_queries):
    sign_in(client, world.people["tomasz"])
    client.get("/prawo/")
    with django_assert_max_num_queries(14):
        client.get("/prawo/")


def test_a_parameter_shows_each_value_with_its_source(client, world):
    sign_in(client, world.people["tomasz"])
    page = client.get("/prawo/allowance/").content.decode()
    assert "M.P. 2021 poz. 486" in page
    assert "831,10" in page
    assert "Wpisz nową wartość" not in page


@pytest.mark.parametrize("path", ["/prawo/nothing/", "/ustawienia/odczyty/nothing/"])
def test_an_unknown_key_is_not_found(client, world, path):
    sign_in(client, world.people["ewa"])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2025", "24.12.2025"), ("2024", "25.12.2024"), ("", "2026"), ("abcd", "2026"), ("9999", "2026")],
)
def test_the_holidays_of_a_year_are_listed(client, world, asked, shown):
    sign_in(client, world.people["tomasz"])
    assert shown in client.get("/prawo/dni-wolne/", {"rok": asked}).content.decode()


def test_christmas_eve_is_no_holiday_before_2025(client, world):
    sign_in(client, world.people["tomasz"])
    assert "24.12.2024" not in client.get("/prawo/dni-wolne/", {"rok": "2024"}).content.decode()


def _typed(**changes):
    return {
        "since": "1.6.2199",
        "value": "1 850,00",
        "source": "obwieszczenie",
        "evidence": "announcement",
        "confidence": "sure",
        **changes,
    }


def test_the_operator_enters_and_the_other_finds_it_on_the_desk(client, world):
    sign_in(client, world.people["operator"])
    answer = client.post(reverse("law:value_new", args=["allowance"]), _typed())
    assert answer.status_code == 302
    row = ParameterValue.objects.get(state=State.PROPOSED)
    assert (row.value, row.proposed_by) == ("1850.00", world.people["operator"])
    with world.scope("operator"):
        assert DeskTask.objects.get(kind="law.value_waiting").link == "/prawo/allowance/"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"since": "kiedyś"}, "since"),
        ({"since": "1.6.2026"}, "jest już wartość"),
        ({"value": "dużo"}, "Wpisz samą kwotę"),
        ({"value": "9" * 31}, "Za długie"),
        ({"source": ""}, "Wpisz akt albo obwieszczenie"),
        ({"source": "a\x00b"}, "znak"),
        ({"evidence": "gossip"}, "Wybierz jedną"),
        ({"since": "1.1.2001", "value": ""}, "nie ma wartości"),
    ],
)
def test_what_cannot_be_entered_is_said_at_its_field(client, world, changes, said):
    sign_in(client, world.people["operator"])
    answer = client.post(reverse("law:value_new", args=["allowance"]), _typed(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ParameterValue.objects.filter(state=State.PROPOSED).exists()


def test_sent_twice_it_is_entered_once(client, world):
    sign_in(client, world.people["operator"])
    data = _typed(submission="abc123")
    first = client.post(reverse("law:value_new", args=["allowance"]), data)
    second = client.post(reverse("law:value_new", args=["allowance"]), data)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert ParameterValue.objects.filter(state=State.PROPOSED).count() == 1


def test_a_member_of_a_unit_does_not_enter_law(client, world):
    sign_in(client, world.people["ewa"])
    assert client.post(reverse("law:value_new", args=["allowance"]), _typed()).status_code == 403


def test_the_second_operator_confirms(client, world):
    row = _value(world)
    sign_in(client, world.people["second_operator"])
    url = reverse("law:value_confirm", args=[row.pk])
    assert "Potem nikt jej nie zmieni" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.confirmed_by) == (State.CONFIRMED, world.people["second_operator"])
    with world.scope("operator"):
        assert DeskTask.objects.get(kind="law.value_waiting").settled_at is not None


def test_the_first_operator_is_told_that_another_confirms(client, world):
    row = _value(world)
    sign_in(client, world.people["operator"])
    answer = client.post(reverse("law:value_confirm", args=[row.pk]))
    assert answer.status_code == 422
    assert "druga osoba" in answer.content.decode()
    assert "Potwierdza druga osoba" in client.get("/prawo/allowance/").content.decode()


def test_a_confirmation_asks_who_is_there(client, world):
    row = _value(world)
    sign_in(client, world.people["second_operator"])
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time() - 86_400}
    ]
    session.save()
    answer = client.post(reverse("law:value_confirm", args=[row.pk]))
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer.url


def test_a_missing_first_of_june_is_said_to_everybody_and_done_by_the_operator(client, world):
    with clock.frozen(date(2027, 6, 2)):
        with world.scope("operator"):
            enqueue(kind="law.indexation", payload={}, key="2027-06-02")
        drain()
        with world.scope("operator"):
            task = DeskTask.objects.get(kind="law.indexation")
            assert (task.key, task.settled_at) == ("2027-06-01", None)
        sign_in(client, world.people["ewa"])
        assert "Minął 1 czerwca 2027" in client.get("/prawo/").content.decode()
        assert "nie jest potwierdzony" in client.get(reverse("notices:desk")).content.decode()
        row = _value(world, since=date(2027, 6, 1), typed="")
        with world.scope("operator", "second_operator"):
            confirm_value(pk=row.pk, by=world.people["second_operator"].pk)
            assert DeskTask.objects.get(kind="law.indexation").settled_at is not None
        assert "Minął" not in client.get("/prawo/").content.decode()


def test_the_daily_look_finds_nothing_missing_today(world):
    with world.scope("operator"):
        enqueue(kind="law.indexation", payload={}, key="2026-11-20")
    drain()
    with world.scope("operator"):
        assert not DeskTask.objects.filter(kind="law.indexation").exists()


def test_the_readings_say_what_is_to_be_chosen(client, world):
    sign_in(client, world.people["ewa"])
    page = client.get("/ustawienia/odczyty/").content.decode()
    assert "Do wyboru przed pierwszą wypłatą" in page
    assert "zaokrąglanie pełnej kwoty świadczenia" in page
    assert "Odczyt do wyboru" in client.get(reverse("notices:desk")).content.decode()


def test_a_club_has_nothing_to_choose(client, world):
    sign_in(client, world.people["bozena"])
    page = client.get("/ustawienia/odczyty/").content.decode()
    assert "KIS nie wypłaca świadczeń" in page
    assert "Do wyboru przed pierwszą wypłatą" not in page
    assert "Odczyt do wyboru" not in client.get(reverse("notices:desk")).content.decode()


def test_every_wrong_field_is_named_at_once(client, world):
    sign_in(client, world.people["operator"])
    answer = client.post(reverse("law:value_new", args=["allowance"]), _typed(value="dużo", source=""))
    page = answer.content.decode()
    assert "Wpisz samą kwotę" in page
    assert "Wpisz akt albo obwieszczenie" in page


def test_an_instructor_does_not_decide_readings(client, world):
    sign_in(client, world.people["tomasz"])
    assert client.get("/ustawienia/odczyty/").status_code == 403


def test_a_manager_proposes_and_the_accountant_confirms(client, world):
    sign_in(client, world.people["ewa"])
    url = reverse("law:reading_new", args=["rate_rounding"])
    assert "Zapytaj swój PUP" in client.get(url).content.decode()
    assert client.post(url, {"value": "up10", "since": "11.2026"}).status_code == 302
    page = client.get("/ustawienia/odczyty/rate_rounding/").content.decode()
    assert "To Twoja propozycja" in page
    with world.scope("cis"):
        row = Reading.objects.get()
    client.logout()
    sign_in(client, world.people["celina"])
    assert "Potwierdź zmianę" in client.get("/ustawienia/odczyty/rate_rounding/").content.decode()
    assert client.post(reverse("law:reading_confirm", args=[row.pk])).status_code == 302
    page = client.get("/ustawienia/odczyty/rate_rounding/").content.decode()
    assert "Teraz: <b>w górę do 10 groszy</b>" in page
    assert "potwierdzenie: Celina Grab" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"value": "nothing", "since": "11.2026"}, "Wybierz jedną"),
        ({"value": "up10", "since": "kiedyś"}, "Wpisz miesiąc"),
        ({"value": "up10", "since": "11.2996"}, "dwóch następnych"),
        ({"value": "", "since": ""}, "Zaznacz jedną"),
    ],
)
def test_a_reading_that_cannot_be_is_said_at_its_field(client, world, data, said):
    sign_in(client, world.people["ewa"])
    answer = client.post(reverse("law:reading_new", args=["rate_rounding"]), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_reading_that_reaches_back_is_refused_at_its_field(client, world):
    sign_in(client, world.people["ewa"])
    data = {"value": "per_30", "since": "10.2026"}
    answer = client.post(reverse("law:reading_new", args=["sick_trial"]), data)
    assert answer.status_code == 422
    assert "nie działa wstecz" in answer.content.decode()


@pytest.mark.parametrize("verb", ["confirm", "withdraw"])
def test_another_units_proposal_is_not_found(client, world, verb):
    row = _reading(world)
    sign_in(client, world.people["bozena"])
    assert client.post(reverse(f"law:reading_{verb}", args=[row.pk])).status_code == 404


def test_a_proposal_is_withdrawn_and_stays_in_the_history(client, world):
    row = _reading(world)
    sign_in(client, world.people["ewa"])
    assert client.post(reverse("law:reading_withdraw", args=[row.pk])).status_code == 302
    assert "wycofane" in client.get("/ustawienia/odczyty/sick_trial/").content.decode()
    answer = client.post(reverse("law:reading_withdraw", args=[row.pk]))
    assert answer.status_code == 422
    assert "już rozstrzygnięty" in answer.content.decode()
