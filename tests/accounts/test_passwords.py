"""Which passwords are good, and how one gets a new one."""

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reintegration.accounts import passwords
from reintegration.accounts.models import User
from reintegration.accounts.views.passwords import tokens
from reintegration.settings.parts import accounts as rules
from tests.accounts.helpers import enter, give_password, is_in, link_in, text_of, with_app
from tests.cast import PASSWORD, World, sign_in

NINA = SimpleNamespace(
    email="nina.osika@przystan.example",
    first_name="Nina",
    last_name="Osika-Brzoza",
    known_organisations=["KIS „Przystań”", "Klub Integracji Społecznej „Przystań”"],
)
GOOD = "Trzy zielone kajaki na wodzie"


def complaint(password: str) -> str:
    try:
        validate_password(password, NINA)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "zielonykajaknabugu",
        "kot pies kot mysz żaba",
        "żółć gęślą jaźń",
        "98f7c1ab02de",
        "x7" * 4 + "Zebra" * 20,
        "🙂" + "serwus kochana ciociu",
        "a" * 100 + "bcdefgh ijkl mnopq",
        "Przystań to mój drugi adres od lat",
    ],
)
def test_a_long_password_of_any_kind_is_good(password: str):
    assert complaint(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password1234!",
        "qwertyuiop12",
        "1234567890123",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijklm",
        "iloveyou2024!",
        "monika123456",
        "!!!dragon!!!!!",
        "haslohaslohaslo",
        "qwerty qwerty",
        "987654321098",
    ],
)
def test_what_thieves_have_on_their_lists_is_refused(password: str):
    assert "wykradzionych" in complaint(password)


@pytest.mark.parametrize(
    "password",
    ["Nina.Osika.12", "osika-brzoza-1", "Przystan2026!", "Reintegra123", "nina osika!!!", "REINTEGRA!!!!"],
)
def test_names_of_the_person_and_the_place_are_refused(password: str):
    assert "łatwo zgadnąć" in complaint(password)


@pytest.mark.parametrize(("password", "missing"), [("krótkie", "5 znaków"), ("jedenaście!", "1 znak")])
def test_a_short_password_is_told_how_much_is_missing(password: str, missing: str):
    assert f"brakuje {missing}" in complaint(password)


def test_the_list_is_small_sorted_and_known():
    held = passwords.LIST.read_bytes()
    size = passwords.PREFIX
    rows = [held[at : at + size] for at in range(0, len(held), size)]
    assert len(held) < 500_000
    assert len(rows) > 30_000
    assert rows == sorted(set(rows))


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules(text: str):
    assert isinstance(complaint(text), str)


def test_passwords_are_kept_by_a_slow_function(settings: Any):
    settings.PASSWORD_HASHERS = rules.PASSWORD_HASHERS
    assert identify_hasher(make_password("x")).algorithm == "scrypt"


# A new password by a link


@pytest.fixture
def anna(world: World, settings: Any) -> User:
    settings.RESET_ANSWERS_AFTER = 0
    return with_app(world.people["anna"])


def ask(client: Client, email: str, run: Any) -> Any:
    with run(execute=True):
        return client.post(reverse("account_reset_password"), {"email": email})


@pytest.fixture
def link(client: Client, anna: User, django_capture_on_commit_callbacks: Any) -> str:
    ask(client, anna.email, django_capture_on_commit_callbacks)
    return link_in(mail.outbox[-1])


@pytest.mark.django_db
def test_a_link_dies_when_the_person_signs_in(client: Client, anna: User, link: str):
    enter(Client(), anna)
    assert client.get(client.get(link).url).status_code == 410


@pytest.mark.django_db
def test_the_new_password_needs_the_second_step_too(
    client: Client, anna: User, django_capture_on_commit_callbacks: Any
):
    before = Client()
    sign_in(before, anna)
    ask(client, anna.email, django_capture_on_commit_callbacks)
    page = client.get(link_in(mail.outbox[-1]))
    assert page.url == reverse("accounts:new_password")
    assert "Ustaw nowe hasło" in text_of(client.get(page.url))
    done = client.post(page.url, {"password": GOOD})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert not is_in(client)
    assert not is_in(before)
    assert give_password(client, anna).status_code == 422
    assert give_password(client, anna, GOOD).url == reverse("mfa_authenticate")
    assert not is_in(client)


@pytest.mark.django_db
def test_a_link_works_once(client: Client, anna: User, link: str):
    client.post(client.get(link).url, {"password": GOOD})
    again = Client()
    again.get(link)
    answer = again.post(reverse("accounts:new_password"), {"password": GOOD + "!"})
    assert answer.status_code == 410
    assert "już nie działa" in text_of(answer)


@pytest.mark.django_db
def test_a_link_runs_out_after_an_hour(client: Client, anna: User, link: str, monkeypatch: Any):
    later = tokens._now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(type(tokens), "_now", lambda self: later)
    assert client.get(client.get(link).url).status_code == 410


@pytest.mark.django_db
def test_asking_tells_nobody_whether_an_account_exists(
    client: Client, anna: User, django_capture_on_commit_callbacks: Any
):
    run = django_capture_on_commit_callbacks
    known, unknown = ask(client, anna.email, run), ask(client, "nikt@nigdzie.example", run)
    assert known.status_code == unknown.status_code == 302
    assert known.url == unknown.url
    assert [one.to for one in mail.outbox] == [[anna.email]]


@pytest.mark.django_db
def test_asking_takes_as_long_whether_or_not_an_account_exists(
    client: Client, anna: User, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.RESET_ANSWERS_AFTER = 0.3
    took: dict[str, list[float]] = {anna.email: [], "nikt@nigdzie.example": []}
    for email in [*took] * 3:
        began = time.monotonic()
        ask(client, email, django_capture_on_commit_callbacks)
        took[email].append(time.monotonic() - began)
    known, unknown = (min(times) for times in took.values())
    assert min(known, unknown) >= 0.3
    assert max(known, unknown) / min(known, unknown) < 1.5


@pytest.mark.django_db
def test_an_address_gets_three_mails_an_hour_at_most(
    client: Client, anna: User, django_capture_on_commit_callbacks: Any
):
    answers = [ask(client, anna.email, django_capture_on_commit_callbacks) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {302}
    assert len(mail.outbox) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["x/y", "0/0", "a" * 500 + "/b", "%00/%00", "żółw/kot"])
def test_a_link_that_is_none_says_so(client: Client, path: str):
    client.get(f"/haslo/link/{path}/")
    assert client.get(reverse("accounts:new_password")).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "krótkie", "password1234", "x" * 5000, "a\x00b" * 10])
def test_a_bad_new_password_gets_an_answer_and_the_link_stays_good(
    client: Client, anna: User, link: str, password: str
):
    url = client.get(link).url
    assert client.post(url, {"password": password}).status_code == 422
    assert client.post(url, {"password": GOOD}).status_code == 302


# In one's own account


@pytest.mark.django_db
def test_changing_the_password_asks_for_the_present_one(client: Client, anna: User, world: World):
    sign_in(client, anna, world.cis.pk)
    url = reverse("account_change_password")
    wrong = client.post(url, {"present_password": "nie to", "password": GOOD})
    assert "To nie jest obecne hasło" in text_of(wrong)
    assert client.post(url, {"present_password": PASSWORD, "password": "password1234"}).status_code == 422
    assert client.post(url, {"present_password": PASSWORD, "password": GOOD}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(GOOD)


@pytest.mark.django_db
def test_a_password_is_kept_exactly_as_typed(client: Client, anna: User, world: World):
    sign_in(client, anna, world.cis.pk)
    typed = "  trzy kajaki, i spacje na końcu  "
    data = {"present_password": PASSWORD, "password": typed}
    assert client.post(reverse("account_change_password"), data).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(typed)
    assert not anna.check_password(typed.strip())


# Another address


@pytest.mark.django_db
def test_a_new_address_counts_once_its_owner_has_confirmed(
    client: Client, anna: User, world: World, django_capture_on_commit_callbacks: Any
):
    sign_in(client, anna, world.cis.pk)
    old = anna.email
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_email"), {"email": "Anna.Nowa@cis.example"})
    assert mail.outbox[-1].to == ["anna.nowa@cis.example"]
    url = link_in(mail.outbox[-1])
    assert "anna" not in url
    guest = Client()
    assert "Czy to Twój adres?" in text_of(guest.get(url))
    anna.refresh_from_db()
    assert anna.email == old
    with django_capture_on_commit_callbacks(execute=True):
        assert guest.post(url).status_code == 302
    anna.refresh_from_db()
    assert anna.email == "anna.nowa@cis.example"
    assert mail.outbox[-1].to == [old]
    assert not is_in(client)
    assert guest.get(url).status_code == 410


@pytest.mark.django_db
def test_an_address_of_somebody_else_gets_the_same_answer_and_no_mail(
    client: Client, anna: User, world: World, django_capture_on_commit_callbacks: Any
):
    sign_in(client, anna, world.cis.pk)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("account_email"), {"email": world.people["ewa"].email})
    assert answer.url == reverse("accounts:profile")
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "AAAA", "a" * 4000, "żółw", "%00"])
def test_a_confirmation_that_is_none_says_so(client: Client, key: str):
    assert client.get(f"/adres/{key}/").status_code == 410
    assert client.post(f"/adres/{key}/").status_code == 410
