"""Password, second step, sign-out: the way in, and that there is no other."""

import time
from statistics import median
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reintegration.accounts import second_factor
from reintegration.accounts.models import Attempts, User
from reintegration.audit.models import Event
from reintegration.settings.parts import accounts as rules
from tests.accounts.helpers import (
    code_now,
    enter,
    forget_used_codes,
    give_code,
    give_password,
    is_in,
    text_of,
    with_app,
)
from tests.cast import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa(world: World) -> User:
    return with_app(world.people["ewa"])


def test_password_and_code_open_the_account(client: Client, ewa: User):
    assert enter(client, ewa).url == reverse("shell:home")
    assert is_in(client)


def test_the_password_alone_opens_nothing(client: Client, ewa: User):
    give_password(client, ewa)
    assert not is_in(client)
    assert client.get(reverse("shell:home")).url.startswith(reverse("account_login"))


def test_the_address_may_be_typed_in_capitals(client: Client, ewa: User):
    answer = client.post(reverse("account_login"), {"email": f" {ewa.email.upper()} ", "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, ewa: User):
    wrong = give_password(client, ewa, "To nie jest to hasło")
    unknown = client.post(
        reverse("account_login"), {"email": "nikt@nigdzie.example", "password": "To nie jest to hasło"}
    )
    assert wrong.status_code == unknown.status_code == 422
    assert "się nie zgadza" in text_of(wrong)
    assert text_of(wrong).replace(ewa.email, "") == text_of(unknown).replace("nikt@nigdzie.example", "")


def test_the_password_is_never_sent_back(client: Client, ewa: User):
    assert b"To nie jest to" not in give_password(client, ewa, "To nie jest to hasło").content


def test_a_code_works_once(client: Client, ewa: User):
    enter(client, ewa)
    other = Client()
    give_password(other, ewa)
    answer = give_code(other)
    assert answer.status_code == 422
    assert "już wygasł albo był użyty" in text_of(answer)
    assert not is_in(other)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_a_neighbouring_half_minute_works(client: Client, ewa: User, steps: int):
    give_password(client, ewa)
    assert give_code(client, code_now(steps=steps)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_does_not(client: Client, ewa: User, steps: int):
    give_password(client, ewa)
    assert give_code(client, code_now(steps=steps)).status_code == 422


def test_a_code_may_be_typed_with_a_space(client: Client, ewa: User):
    give_password(client, ewa)
    code = code_now()
    assert give_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_recovery_code_works_once(client: Client, ewa: User):
    codes = second_factor.make_codes(ewa)
    assert len(set(codes)) == 10
    give_password(client, ewa)
    url = reverse("mfa_authenticate") + "?sposob=lista"
    assert client.post(url, {"code": codes[3].upper()}).status_code == 302
    assert second_factor.codes_left(ewa) == 9
    other = Client()
    give_password(other, ewa)
    assert "albo był już użyty" in text_of(other.post(url, {"code": codes[3]}))


def test_recovery_codes_are_not_stored(ewa: User):
    codes = second_factor.make_codes(ewa)
    stored = str([row.data for row in second_factor.factors(ewa)])
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_the_secret_of_an_app_is_stored_encrypted_and_bound_to_its_account(ewa: User, world: World):
    row = second_factor.factors(ewa)[0]
    assert "JBSWY3DPEHPK3PXP" not in str(row.data)
    with pytest.raises(Exception, match="does not belong here"):
        second_factor.unseal(row.data["secret"], world.people["anna"].pk)


def test_the_person_goes_on_to_where_they_were_going(client: Client, ewa: User):
    asked = client.get(reverse("accounts:profile"))
    assert asked.url == f"{reverse('account_login')}?next=%2Fkonto%2F"
    give_password(client, ewa, data={"next": "/konto/"})
    assert give_code(client).url == "/konto/"


@pytest.mark.parametrize(
    "evil", ["https://zly.example/", "//zly.example/", "/\\zly.example", "javascript:alert(1)", "/x\r\nA: b"]
)
def test_nobody_is_sent_to_a_foreign_address(client: Client, ewa: User, evil: str):
    give_password(client, ewa, data={"next": evil})
    assert give_code(client).url == reverse("shell:home")


def test_signing_in_changes_the_session_key(client: Client, ewa: User):
    give_password(client, ewa)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    give_code(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_the_second_step_is_reached_through_the_first_only(client: Client, ewa: User):
    assert client.get(reverse("mfa_authenticate")).url == reverse("account_login")
    assert give_code(client).url == reverse("account_login")
    assert not is_in(client)


def test_an_account_closed_between_the_steps_does_not_open(client: Client, ewa: User):
    give_password(client, ewa)
    User.objects.filter(pk=ewa.pk).update(is_active=False)
    assert give_code(client).url == reverse("account_login")
    assert not is_in(client)


def test_a_closed_account_is_told_so_only_with_the_right_password(client: Client, ewa: User):
    User.objects.filter(pk=ewa.pk).update(is_active=False)
    assert give_password(client, ewa).url == reverse("account_inactive")
    assert give_password(client, ewa, "Inne hasło, zupełnie").status_code == 422


def test_signing_out_ends_the_session_and_clears_the_browser(client: Client, ewa: User):
    enter(client, ewa)
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)


def test_looking_at_the_page_of_signing_out_does_not_sign_out(client: Client, ewa: User):
    enter(client, ewa)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)


def test_pages_of_signing_in_are_never_cached(client: Client, ewa: User):
    assert "no-store" in client.get(reverse("account_login"))["Cache-Control"]


def test_events_name_accounts_and_never_what_was_typed(client: Client, ewa: User, world: World):
    give_password(client, ewa, "To nie jest to hasło")
    client.post(reverse("account_login"), {"email": "kanarek@nigdzie.example", "password": "x" * 12})
    forget_used_codes(ewa)
    enter(client, ewa)
    client.post(reverse("account_logout"))
    with world.scope("operator"):
        events = list(Event.objects.filter(action__startswith="accounts.").order_by("id"))
    told = [(event.action, event.outcome, event.object_id) for event in events]
    assert told == [
        ("accounts.session.open", "refused", ewa.pk),
        ("accounts.session.open", "refused", None),
        ("accounts.session.open", "done", ewa.pk),
        ("accounts.session.close", "done", ewa.pk),
    ]
    assert [event.user_id for event in events] == [None, None, ewa.pk, ewa.pk]
    assert "kanarek" not in str([event.detail for event in events])


HOSTILE = [
    "",
    "żółw",
    "١٢٣٤٥٦",
    "x" * 100_000,
    "a\x00b@c.example",
    "\u202eabc",
    "<script>",
    "' OR 1=1 --",
    "ą" * 300,
    "1e999",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nonsense_gets_an_answer_at_the_field_and_never_a_500(client: Client, ewa: User, text: str):
    for data in ({"email": text, "password": text}, {"email": ewa.email, "password": text}):
        answer = client.post(reverse("account_login"), data)
        assert answer.status_code in {422, 429}
    give_password(client, ewa)
    assert give_code(client, text or " ").status_code in {422, 429}
    for data in ({"credential": text}, {"credential": '{"id": 5, "response": []}'}, {"credential": "[]"}):
        assert client.post(reverse("mfa_authenticate"), data).status_code == 422
        assert client.post(reverse("mfa_login_webauthn"), data).url == reverse("account_login")


def test_a_form_without_any_field_gets_an_answer(client: Client, ewa: User):
    assert client.post(reverse("account_login")).status_code == 422
    give_password(client, ewa)
    assert client.post(reverse("mfa_authenticate")).status_code == 422


@pytest.mark.audit
def test_how_long_it_takes_does_not_tell_whether_an_account_exists(client: Client, ewa: User, settings: Any):
    """With the real, slow function; medians of 200 tries each differ by less than a tenth."""
    settings.PASSWORD_HASHERS = rules.PASSWORD_HASHERS
    ewa.set_password(PASSWORD)
    ewa.save()
    taken: dict[str, list[float]] = {ewa.email: [], "nikt@nigdzie.example": []}
    for _ in range(200):
        for email, times in taken.items():
            Attempts.objects.all().delete()
            began = time.perf_counter()
            client.post(reverse("account_login"), {"email": email, "password": "To nie jest to hasło"})
            times.append(time.perf_counter() - began)
    known, unknown = (median(times) for times in taken.values())
    assert abs(known - unknown) < 0.1 * known
