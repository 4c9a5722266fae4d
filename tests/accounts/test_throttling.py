"""Guessing gets slower and slower; the owner of the account still gets in; Redis is not asked."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from reintegration.accounts import throttling
from reintegration.accounts.models import Attempts, User
from reintegration.accounts.views.signing_in import QUESTIONS
from tests.accounts.helpers import (
    code_now,
    enter,
    give_code,
    give_password,
    text_of,
    with_app,
)
from tests.cast import World

pytestmark = pytest.mark.django_db

WRONG = "To nie jest to hasło"


@pytest.fixture
def anna(world: World) -> User:
    return with_app(world.people["anna"])


def later(seconds: float) -> None:
    """Let time pass for every counter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_attempts SET open_at = open_at - make_interval(secs => %s),"
            " last_at = last_at - make_interval(secs => %s)",
            [seconds, seconds],
        )


def guess(client: Client, user: User, times: int) -> Any:
    return [give_password(client, user, WRONG) for _ in range(times)][-1]


def test_after_five_failures_the_next_try_waits_and_says_how_long(client: Client, anna: User):
    assert guess(client, anna, 5).status_code == 422
    answer = give_password(client, anna)
    assert answer.status_code == 429
    assert "Spróbuj ponownie za 15 s" in text_of(answer)
    assert answer["Retry-After"] == "15"


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(client: Client, anna: User):
    guess(client, anna, 5)
    waits = []
    for _ in range(9):
        answer = give_password(client, anna, WRONG)
        assert answer.status_code == 429
        waits.append(int(answer["Retry-After"]))
        later(waits[-1])
        assert give_password(client, anna, WRONG).status_code == 422
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_waiting_does_not_lock(client: Client, anna: User):
    guess(client, anna, 5)
    later(15)
    assert give_password(client, anna).url == reverse("mfa_authenticate")


def test_an_account_that_does_not_exist_is_slowed_down_just_so(client: Client, anna: User):
    nobody = User(email="nikt@nigdzie.example")
    assert guess(client, nobody, 5).status_code == 422
    assert give_password(client, nobody).status_code == 429


def test_the_right_password_starts_the_count_anew(client: Client, anna: User):
    guess(client, anna, 4)
    give_password(client, anna)
    other = Client()
    assert guess(other, anna, 5).status_code == 422


def test_hammering_from_elsewhere_does_not_keep_the_owner_out(client: Client, anna: User):
    """The owner's browser is known since the last complete sign-in and counts for itself."""
    enter(client, anna)
    client.post(reverse("account_logout"))
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    guess(stranger, anna, 5)
    assert give_password(stranger, anna).status_code == 429
    assert give_password(client, anna).url == reverse("mfa_authenticate")


def test_a_known_browser_is_known_for_its_own_person_only(client: Client, anna: User, world: World):
    enter(client, anna)
    client.post(reverse("account_logout"))
    ewa = world.people["ewa"]
    guess(Client(REMOTE_ADDR="203.0.113.9"), ewa, 5)
    assert give_password(client, ewa).status_code == 429


def test_a_forged_mark_of_a_known_browser_counts_for_nothing(client: Client, anna: User):
    guess(Client(REMOTE_ADDR="203.0.113.9"), anna, 5)
    client.cookies[throttling.DEVICE_COOKIE] = "e30:forged"
    assert give_password(client, anna).status_code == 429


def test_codes_are_slowed_down_too_and_the_owner_is_told(
    client: Client, anna: User, django_capture_on_commit_callbacks: Any
):
    give_password(client, anna)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            assert give_code(client, "000000").status_code == 422
        assert give_code(client, code_now()).status_code == 429
        for _ in range(5):
            later(900)
            assert give_code(client, "000000").status_code == 422
    assert [one.subject for one in mail.outbox] == ["Reintegra: Ktoś próbuje wejść na Twoje konto"]
    later(900)
    assert give_code(client, code_now()).status_code == 302


def test_one_address_that_tries_many_accounts_is_slowed_down(client: Client, anna: User):
    for number in range(throttling.ADDRESS.free):
        last = give_password(client, User(email=f"k{number}@nigdzie.example"), WRONG)
    assert last.status_code == 422
    assert give_password(client, anna).status_code == 429
    assert give_password(Client(REMOTE_ADDR="203.0.113.9"), anna).status_code == 302


def test_a_foreign_header_does_not_change_the_address(client: Client, anna: User):
    for number in range(throttling.ADDRESS.free):
        give_password(
            client,
            User(email=f"k{number}@nigdzie.example"),
            WRONG,
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )
    assert give_password(client, anna).status_code == 429


def test_failures_are_forgotten_after_a_day(client: Client, anna: User):
    guess(client, anna, 5)
    later(25 * 3600)
    assert guess(client, anna, 4).status_code == 422
    assert give_password(client, anna).status_code == 302


def test_the_counters_name_nobody_and_are_cleared(client: Client, anna: User):
    guess(client, anna, 2)
    assert anna.email not in str(list(Attempts.objects.values_list("key", flat=True)))
    later(49 * 3600)
    assert throttling.clean_up() == 2
    assert not Attempts.objects.exists()


def test_confirming_who_one_is_is_slowed_down_as_well(client: Client, anna: User, world: World):
    enter(client, anna)
    url = reverse("account_reauthenticate") + "?sposob=haslo"
    for _ in range(5):
        assert client.post(url, {"password": WRONG}).status_code == 422
    assert client.post(url, {"password": WRONG}).status_code == 429


def test_questions_for_passkeys_have_an_end(client: Client):
    answers = [client.get(reverse("mfa_login_webauthn")).status_code for _ in range(QUESTIONS + 1)]
    assert answers == [200] * QUESTIONS + [429]


def test_a_link_that_is_none_leaves_no_session_behind(client: Client):
    client.get("/zaproszenie/nie-ma-takiego/")
    client.get("/haslo/link/nie/ma/")
    assert not Session.objects.exists()
