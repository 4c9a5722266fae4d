"""How long a session lives, what ends it, and that a typed form outlives it."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reintegration.accounts import sessions
from reintegration.accounts.models import HeldForm, Invitation, User
from reintegration.core import clock
from reintegration.tenancy.models import Membership
from tests.accounts.helpers import code_now, enter, forget_used_codes, is_in, text_of, with_app
from tests.cast import PASSWORD, World, sign_in

pytestmark = pytest.mark.django_db

MINUTE = 60


@pytest.fixture
def ewa(world: World, client: Client) -> User:
    """The manager of the CIS, signed in."""
    person = with_app(world.people["ewa"])
    sign_in(client, person, world.cis.pk)
    return person


def age(client: Client, **ago: float) -> None:
    """Move marks of the session into the past: opened=…, seen=… seconds ago."""
    session = client.session
    for mark, seconds in ago.items():
        session[mark] = time.time() - seconds
    session.save()


def prove_long_ago(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 601}]
    session.save()


INVITATION = {"email": "nowa@nowymost.example", "roles": ["instructor"], "since": "1.12.2026", "until": ""}


def test_half_an_hour_without_a_request_ends_the_session(client: Client, ewa: User):
    age(client, seen=30 * MINUTE + 1)
    answer = client.get(reverse("accounts:profile"))
    assert answer.url == f"{reverse('account_login')}?next=%2Fkonto%2F"
    assert "Minęło 30 minut bez ruchu" in text_of(client.get(answer.url))


def test_less_than_half_an_hour_does_not(client: Client, ewa: User):
    age(client, seen=29 * MINUTE)
    assert is_in(client)


def test_twelve_hours_end_the_session_of_a_busy_person_too(client: Client, ewa: User):
    age(client, opened=12 * 60 * MINUTE + 1, seen=1)
    answer = client.get(reverse("accounts:profile"))
    assert "Minęło 12 godzin" in text_of(client.get(answer.url))


def test_a_session_without_its_marks_has_ended(client: Client, ewa: User):
    session = client.session
    del session[sessions.OPENED]
    session.save()
    assert not is_in(client)


def test_the_last_use_is_written_once_a_minute(client: Client, ewa: User):
    age(client, seen=30)
    before = client.session[sessions.SEEN]
    client.get(reverse("accounts:profile"))
    assert client.session[sessions.SEEN] == before
    age(client, seen=61)
    client.get(reverse("accounts:profile"))
    assert time.time() - client.session[sessions.SEEN] < 10


def test_a_page_that_asks_by_itself_keeps_no_session_alive(client: Client, ewa: User):
    age(client, seen=25 * MINUTE)
    client.get(reverse("accounts:profile"), headers={"X-Background": "1"})
    assert time.time() - client.session[sessions.SEEN] > 24 * MINUTE


def test_saying_that_one_stays_extends_the_session(client: Client, ewa: User):
    age(client, seen=29 * MINUTE)
    client.post(reverse("shell:extend"))
    assert time.time() - client.session[sessions.SEEN] < 10


def test_a_form_sent_too_late_waits_until_the_person_is_back(client: Client, ewa: User):
    age(client, seen=31 * MINUTE)
    late = client.post(reverse("accounts:invite"), INVITATION)
    assert late.url.startswith(f"{reverse('account_login')}?next=%2Fwznow%2F")
    assert "czeka" in text_of(client.get(late.url))
    client.post(late.url, {"email": ewa.email, "password": PASSWORD, "next": late.url.split("next=")[1]})
    kept = next_after_login(client, late.url)
    page = client.get(kept)
    assert 'value="nowa@nowymost.example"' in page.content.decode()
    again = client.post(page.context["path"], dict(page.context["fields"]))
    assert again.status_code == 302
    assert Invitation.objects.filter(email=INVITATION["email"]).exists()


def next_after_login(client: Client, login_url: str) -> str:
    """Sign in on the page one was sent to, and answer where that leads."""
    from urllib.parse import parse_qs, urlsplit

    wanted = parse_qs(urlsplit(login_url).query)["next"][0]
    client.post(reverse("account_login"), {"email": "ewa@cis.example", "password": PASSWORD, "next": wanted})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == wanted
    return wanted


def test_what_waits_is_encrypted_and_holds_no_secret(client: Client, ewa: User, world: World):
    age(client, seen=31 * MINUTE)
    data = {"present_password": "x", "password": "y", "code": "1", "note": "kanarek"}
    client.post(reverse("account_change_password"), data)
    with world.scope("cis", "ewa"):
        kept = HeldForm.objects.get()
        assert kept.content["fields"] == [["note", "kanarek"]]
        raw = HeldForm.objects.values_list("content", flat=True).get()
        assert b"kanarek" not in bytes(raw)


def test_what_waits_is_shown_to_its_own_person_in_its_own_organisation(
    client: Client, ewa: User, world: World
):
    age(client, seen=31 * MINUTE)
    late = client.post(reverse("accounts:invite"), INVITATION)
    with world.scope("cis", "ewa"):
        key = HeldForm.objects.get().pk
    assert str(key) in late.url
    for person in ("anna", "bozena"):
        other = Client()
        sign_in(other, world.people[person], world.organisation_of(person).pk)
        page = other.get(reverse("accounts:resume", args=[key]))
        assert "Nie ma tu odłożonego formularza" in text_of(page)
        assert INVITATION["email"] not in page.content.decode()


def test_what_waits_can_be_let_go_and_runs_out(client: Client, ewa: User, world: World):
    prove_long_ago(client)
    client.post(reverse("accounts:invite"), INVITATION)
    with world.scope("cis", "ewa"):
        kept = HeldForm.objects.get()
        HeldForm.objects.filter(pk=kept.pk).update(created_at=clock.now() - timedelta(hours=13))
    url = reverse("accounts:resume", args=[kept.pk])
    assert "Nie ma tu" in text_of(client.get(url))
    assert client.post(url).status_code == 302
    with world.scope("cis", "ewa"):
        assert not HeldForm.objects.exists()


# Asking again before money and permissions


def test_an_action_that_asks_again_sends_to_the_proof_and_back(client: Client, ewa: User):
    prove_long_ago(client)
    answer = client.get(reverse("accounts:invite"))
    assert answer.url == f"{reverse('account_reauthenticate')}?next=%2Fzaproszenia%2Fnowe%2F"
    assert (
        client.post(answer.url, {"code": code_now(), "next": "/zaproszenia/nowe/"}).url
        == "/zaproszenia/nowe/"
    )
    assert client.get(reverse("accounts:invite")).status_code == 200


def test_a_recent_proof_is_enough(client: Client, ewa: User):
    assert client.get(reverse("accounts:invite")).status_code == 200


def test_the_password_proves_it_too_and_a_wrong_one_does_not(client: Client, ewa: User):
    prove_long_ago(client)
    url = reverse("account_reauthenticate") + "?sposob=haslo"
    assert client.post(url, {"password": "nie to hasło, nie"}).status_code == 422
    assert client.get(reverse("accounts:invite")).status_code == 302
    assert client.post(url, {"password": PASSWORD}).status_code == 302
    assert client.get(reverse("accounts:invite")).status_code == 200


def test_a_form_typed_before_the_proof_is_given_back(client: Client, ewa: User):
    prove_long_ago(client)
    sent = client.post(reverse("accounts:invite"), INVITATION)
    assert not Invitation.objects.exists()
    assert sent.url.startswith(f"{reverse('account_reauthenticate')}?next=%2Fwznow%2F")
    proved = client.post(sent.url, {"code": code_now(), "next": waiting_url(sent.url)})
    page = client.get(proved.url)
    assert page.context["fields"] == [
        ("email", "nowa@nowymost.example"),
        ("roles", "instructor"),
        ("since", "1.12.2026"),
        ("until", ""),
    ]
    assert client.post(page.context["path"], dict(page.context["fields"])).status_code == 302
    assert Invitation.objects.count() == 1


def waiting_url(url: str) -> str:
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(url).query)["next"][0]


def test_htmx_is_sent_to_the_proof_as_a_whole_page(client: Client, ewa: User):
    prove_long_ago(client)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/zaproszenia/?x=1"}
    answer = client.get(reverse("accounts:invite"), headers=headers)
    assert answer["HX-Redirect"] == f"{reverse('account_reauthenticate')}?next=%2Fzaproszenia%2F%3Fx%3D1"


# Own sessions


def test_a_person_sees_their_sessions_and_ends_one(client: Client, world: World):
    anna = with_app(world.people["anna"])
    enter(client, anna)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    enter(other, anna)
    page = client.get(reverse("usersessions_list"))
    assert [one.current for one in page.context["sessions"]] == [False, True]
    assert page.context["sessions"][0].browser == "Firefox, Windows"
    client.post(reverse("accounts:end_session"), {"sesja": page.context["sessions"][0].key})
    assert not is_in(other)
    assert is_in(client)


def test_all_other_sessions_end_at_once(client: Client, world: World):
    anna = with_app(world.people["anna"])
    enter(client, anna)
    others = [Client(), Client()]
    for other in others:
        enter(other, anna)
    client.post(reverse("accounts:end_session"), {"sesja": "inne"})
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(client)
    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 1


@pytest.mark.parametrize("key", ["", "0", "-5", "x" * 5000, "9" * 30])
def test_nonsense_ends_no_session(client: Client, ewa: User, key: str):
    assert client.post(reverse("accounts:end_session"), {"sesja": key}).status_code == 302
    assert is_in(client)


def test_another_persons_session_is_not_ended(client: Client, ewa: User, world: World):
    anna = with_app(world.people["anna"])
    other = Client()
    enter(other, anna)
    key = other.get(reverse("usersessions_list")).context["sessions"][0].key
    client.post(reverse("accounts:end_session"), {"sesja": key})
    assert is_in(other)


# What ends sessions at once


def test_a_new_password_ends_all_other_sessions(client: Client, world: World):
    anna = with_app(world.people["anna"])
    enter(client, anna)
    other = Client()
    enter(other, anna)
    data = {"present_password": PASSWORD, "password": "Trzy zielone kajaki na wodzie"}
    assert client.post(reverse("account_change_password"), data).status_code == 302
    assert not is_in(other)
    assert is_in(client)


def end_membership(world: World, person: str, **change: Any) -> None:
    held = Membership.objects.get(user=world.people[person])
    with world.scope("cis", "ewa"):
        for name, value in change.items():
            setattr(held, name, value)
        held.save()


def test_a_revoked_role_ends_the_sessions(client: Client, world: World):
    sign_in(client, world.people["anna"], world.cis.pk)
    end_membership(world, "anna", revoked_at=clock.now(), revoked_by=world.people["ewa"])
    assert not is_in(client)


def test_a_role_that_ran_out_opens_nothing_with_the_next_request(client: Client, world: World):
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert client.get(reverse("accounts:invitations")).status_code == 200
    end_membership(world, "ewa", until=clock.today() - timedelta(days=1))
    answer = client.get(reverse("accounts:invitations"))
    assert answer.url.startswith(reverse("tenancy:choose"))
    assert "Nie masz dziś roli" in text_of(client.get(answer.url))


def test_a_new_role_ends_no_session(client: Client, ewa: User, world: World):
    with world.scope("kis"):
        Membership.objects.create(
            user=ewa, organisation=world.kis, role="office", since=clock.today() - timedelta(days=1)
        )
    assert is_in(client)


# The organisation


def test_a_member_of_two_organisations_chooses_and_goes_on(client: Client, ewa: User, world: World):
    with world.scope("kis"):
        Membership.objects.create(user=ewa, organisation=world.kis, role="manager", since=clock.today())
    forget_used_codes(ewa)
    fresh = Client()
    enter(fresh, ewa)
    answer = fresh.get(reverse("accounts:invitations"))
    assert answer.url == f"{reverse('tenancy:choose')}?next=%2Fzaproszenia%2F"
    assert "KIS „Przystań”" in text_of(fresh.get(answer.url))
    went = fresh.post(reverse("tenancy:choose"), {"organisation": world.kis.pk, "next": "/zaproszenia/"})
    assert went.url == "/zaproszenia/"
    assert fresh.get(went.url).status_code == 200


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-7000-8000-000000000001", "a" * 9999])
def test_a_foreign_organisation_is_not_chosen(client: Client, ewa: User, key: str, world: World):
    assert client.post(reverse("tenancy:choose"), {"organisation": key}).status_code == 422
    assert client.post(reverse("tenancy:choose"), {"organisation": world.kis.pk}).status_code == 422
    assert client.session["organisation"] == str(world.cis.pk)


# The person who comes with the session


def test_the_session_and_its_person_are_one_question(ewa: User, client: Client):
    address = reverse("accounts:profile")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    of_session = [one["sql"] for one in queries if "django_session" in one["sql"]]
    assert len(of_session) == 1
    assert "accounts_user" in of_session[0]
    assert not any("SELECT person.*" in one["sql"] for one in queries)


def test_a_session_that_the_list_forgot_still_knows_its_person(ewa: User, client: Client):
    UserSession.objects.all().delete()
    assert is_in(client)


def test_who_stands_beside_a_session_does_not_decide_whose_it_is(world: World, ewa: User, client: Client):
    """The row of the list says somebody else; what the session holds itself is what counts."""
    UserSession.objects.update(user=world.people["celina"])
    page = text_of(client.get(reverse("accounts:profile")))
    assert ewa.last_name in page
    assert world.people["celina"].last_name not in page


def test_an_account_that_was_closed_is_out_at_once(ewa: User, client: Client):
    assert is_in(client)
    User.objects.filter(pk=ewa.pk).update(is_active=False)
    assert not is_in(client)


def test_a_membership_that_ended_is_gone_with_the_next_request(world: World, ewa: User, client: Client):
    address = reverse("administration:staff_list")
    assert client.get(address).status_code == 200
    with world.scope("cis", "ewa"):
        Membership.objects.filter(user=ewa).update(revoked_at=clock.now(), revoked_by=ewa)
    assert client.get(address).status_code != 200
