"""Nobody works without a second factor, whatever the settings say."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings as live
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from reintegration.accounts import demo, rotation, second_factor
from reintegration.accounts.checks import GATE_CHECKS
from reintegration.accounts.models import User
from reintegration.core import clock
from reintegration.tenancy.models import Membership
from tests.accounts.helpers import (
    code_now,
    enter,
    forget_used_codes,
    give_code,
    give_password,
    is_in,
    link_in,
    text_of,
    with_app,
)
from tests.cast import PASSWORD, World, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(world: World) -> User:
    return world.people["anna"]


def new_secret(client: Client) -> str:
    """Open the page of a new app and read the secret it shows."""
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 200
    return str(answer.context["secret"]).replace(" ", "")


def test_a_person_without_a_second_factor_is_led_to_get_one(client: Client, anna: User):
    assert give_password(client, anna).url == reverse("shell:home")
    answer = client.get(reverse("accounts:profile"))
    assert answer.url == f"{reverse('mfa_index')}?next=%2Fkonto%2F"
    assert "Ustaw drugi krok" in text_of(client.get(answer.url))


def test_enrolling_an_app_opens_the_session_and_gives_ten_codes_to_print(client: Client, anna: User):
    give_password(client, anna)
    client.get(reverse("mfa_index") + "?next=/konto/sesje/")
    secret = new_secret(client)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    page = client.get(answer.url)
    assert len(page.context["codes"]) == 10
    assert all(code in page.content.decode() for code in page.context["codes"])
    assert client.post(answer.url).url == "/konto/sesje/"
    assert is_in(client)
    assert "nie pokazujemy drugi raz" in text_of(client.get(answer.url))


def test_codes_to_print_are_not_readable_in_the_session(client: Client, anna: User):
    give_password(client, anna)
    client.post(reverse("mfa_activate_totp"), {"code": code_now(new_secret(client))})
    codes = client.get(reverse("mfa_view_recovery_codes")).context["codes"]
    assert not any(code in str(dict(client.session)) for code in codes)


def test_a_wrong_code_enrols_nothing(client: Client, anna: User):
    give_password(client, anna)
    new_secret(client)
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert answer.status_code == 422
    assert not second_factor.is_enrolled(anna)


def test_an_enrolled_person_cannot_enrol_another_app_by_password_alone(client: Client, anna: User):
    """Whoever knows the password must not be able to add a phone of their own."""
    with_app(anna)
    client.force_login(anna, backend=live.AUTHENTICATION_BACKENDS[0])
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "accounts:profile"):
        assert client.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))
    asked = client.post(reverse("account_reauthenticate") + "?sposob=haslo", {"password": PASSWORD})
    assert asked.status_code == 422
    assert not is_in(client)


def test_a_session_without_the_second_factor_is_completed_by_a_code(client: Client, anna: User):
    with_app(anna)
    client.force_login(anna, backend=live.AUTHENTICATION_BACKENDS[0])
    url = reverse("mfa_reauthenticate") + "?next=/konto/"
    assert client.post(url, {"code": code_now()}).url == "/konto/"
    assert is_in(client)


MISUSED = [
    {"MFA_SUPPORTED_TYPES": []},
    {"MFA_TRUST_ENABLED": True},
    {"MFA_ADAPTER": "allauth.mfa.adapter.DefaultMFAAdapter"},
    {"ACCOUNT_ADAPTER": "allauth.account.adapter.DefaultAccountAdapter"},
    {"ACCOUNT_LOGIN_BY_CODE_ENABLED": True},
    {"ACCOUNT_EMAIL_VERIFICATION": "optional"},
    {"MFA_TOTP_TOLERANCE": 1000},
    {"MFA_PASSKEY_LOGIN_ENABLED": False},
    {"DEMO": False},
]


@pytest.mark.parametrize("misuse", MISUSED, ids=lambda misuse: next(iter(misuse)))
def test_no_setting_lets_a_password_alone_in(
    client: Client, anna: User, settings: Any, misuse: dict[str, Any]
):
    for name, value in misuse.items():
        setattr(settings, name, value)
    give_password(client, anna)
    assert not is_in(client)
    with_app(anna)
    other = Client()
    give_password(other, anna)
    assert not is_in(other)


@pytest.mark.parametrize("check", GATE_CHECKS)
def test_the_program_does_not_start_without_a_check_of_the_gate(settings: Any, check: str):
    settings.GATE_CHECKS = [one for one in settings.GATE_CHECKS if one != check]
    with pytest.raises(ImproperlyConfigured, match=check):
        apps.get_app_config("accounts").ready()


def test_the_last_way_cannot_be_removed(client: Client, anna: User, world: World):
    with_app(anna)
    sign_in(client, anna, world.cis.pk)
    app = second_factor.factors(anna)[0]
    client.post(reverse("accounts:remove_factor"), {"klucz": app.pk})
    assert second_factor.is_enrolled(anna)


def test_one_of_two_ways_can_be_removed(client: Client, anna: User, world: World):
    with_app(anna)
    passkey = Authenticator.objects.create(
        user=anna, type=second_factor.PASSKEY, data={"name": "biuro", "credential": {}}
    )
    sign_in(client, anna, world.cis.pk)
    page = client.get(f"{reverse('accounts:remove_factor')}?klucz={passkey.pk}")
    assert "klucz „biuro”" in text_of(page)
    client.post(reverse("accounts:remove_factor"), {"klucz": passkey.pk})
    assert [one.type for one in second_factor.factors(anna)] == [second_factor.APP]


@pytest.mark.parametrize("key", ["", "0", "x", "-1", "9" * 40, "1; DROP TABLE"])
def test_another_persons_way_or_nonsense_is_not_removed(client: Client, anna: User, world: World, key: str):
    with_app(world.people["ewa"])
    with_app(anna)
    sign_in(client, anna, world.cis.pk)
    assert client.post(reverse("accounts:remove_factor"), {"klucz": key}).status_code == 302
    foreign = second_factor.factors(world.people["ewa"])[0]
    client.post(reverse("accounts:remove_factor"), {"klucz": foreign.pk})
    assert second_factor.is_enrolled(world.people["ewa"])


def test_a_new_app_takes_the_place_of_the_old_one(client: Client, anna: User, world: World):
    with_app(anna)
    sign_in(client, anna, world.cis.pk)
    secret = new_secret(client)
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    forget_used_codes(anna)
    other = Client()
    give_password(other, anna)
    assert give_code(other, code_now()).status_code == 422
    assert give_code(other, code_now(secret)).status_code == 302


def test_new_recovery_codes_replace_the_old(client: Client, anna: User, world: World):
    with_app(anna)
    old = second_factor.make_codes(anna)
    sign_in(client, anna, world.cis.pk)
    answer = client.post(reverse("mfa_generate_recovery_codes"))
    shown = client.get(answer.url).context["codes"]
    assert not set(shown) & set(old)
    assert second_factor.use_code(anna, old[0]) is None
    assert second_factor.use_code(anna, shown[0]) is not None


def test_resetting_takes_everything_off_and_ends_sessions(client: Client, anna: User):
    with_app(anna)
    second_factor.make_codes(anna)
    enter(client, anna)
    second_factor.reset(anna)
    assert second_factor.factors(anna) == []
    assert not is_in(client)


# Helping a colleague


def test_a_manager_lets_a_colleague_in_anew_through_the_mailbox(
    client: Client, anna: User, world: World, django_capture_on_commit_callbacks: Any
):
    with_app(anna)
    theirs = Client()
    sign_in(theirs, anna, world.cis.pk)
    sign_in(client, world.people["ewa"], world.cis.pk)
    url = reverse("accounts:help_colleague")
    assert anna.email in text_of(client.get(url))
    assert "Upewnij się" in text_of(client.get(f"{url}?osoba={anna.pk}"))
    assert "Upewnij się" not in text_of(client.get(f"{url}?adres={anna.email}"))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {"osoba": anna.pk}).status_code == 302
    assert not is_in(theirs)
    assert give_password(theirs, anna).status_code == 422
    link = link_in(mail.outbox[-1])
    theirs.post(theirs.get(link).url, {"password": "Trzy zielone kajaki na wodzie"})
    give_password(theirs, anna, "Trzy zielone kajaki na wodzie")
    assert theirs.get(reverse("accounts:profile")).url.startswith(reverse("mfa_index"))


@pytest.mark.parametrize("person", ["ewa", "marek", "operator", "wiktor"])
def test_nobody_takes_a_factor_off_themselves_or_off_somebody_elsewhere(
    client: Client, world: World, person: str
):
    sign_in(client, world.people["ewa"], world.cis.pk)
    target = with_app(world.people[person])
    client.post(reverse("accounts:help_colleague"), {"osoba": target.pk})
    assert second_factor.is_enrolled(target)


def test_a_colleague_who_also_works_elsewhere_is_not_helped_here(client: Client, anna: User, world: World):
    with world.scope("kis"):
        Membership.objects.create(user=anna, organisation=world.kis, role="office", since=clock.today())
    with_app(anna)
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert anna.email not in text_of(client.get(reverse("accounts:help_colleague")))
    client.post(reverse("accounts:help_colleague"), {"osoba": anna.pk})
    assert second_factor.is_enrolled(anna)


def test_the_operator_helps_anybody_by_their_exact_address(client: Client, anna: User, world: World):
    with_app(anna)
    sign_in(client, world.people["operator"], world.organisations["operator"].pk)
    url = reverse("accounts:help_colleague")
    assert anna.email not in text_of(client.get(url))
    assert "Nie ma czynnego konta" in text_of(client.get(url, {"adres": "anna"}))
    assert "Nie ma czynnego konta" in text_of(client.get(url, {"adres": "a\x00@b.example"}))
    assert "Zdjąć drugi krok?" in text_of(client.get(url, {"adres": f" {anna.email.upper()}"}))
    client.post(url, {"osoba": anna.pk})
    assert not second_factor.is_enrolled(anna)


@pytest.mark.parametrize("key", ["", "x", "1" * 4000, "00000000-0000-7000-8000-000000000009"])
def test_nonsense_helps_nobody(client: Client, world: World, key: str):
    sign_in(client, world.people["ewa"], world.cis.pk)
    assert client.get(reverse("accounts:help_colleague"), {"osoba": key}).status_code == 200
    assert client.post(reverse("accounts:help_colleague"), {"osoba": key}).status_code == 302


def test_rotation_encrypts_the_secrets_of_apps_anew(anna: User, settings: Any):
    with_app(anna)
    settings.REINTEGRA_FIELD_KEYS = "t2:" + "Z" * 43 + "=," + settings.REINTEGRA_FIELD_KEYS
    assert rotation.secrets_remaining() == 1
    assert rotation.rotate_secrets().rotated == 1
    assert rotation.secrets_remaining() == 0
    assert rotation.rotate_secrets().rotated == 0
    assert second_factor.use_code(anna, code_now()) is not None


def test_a_demo_account_has_a_code_that_a_command_prints(anna: User, capsys: Any, client: Client):
    demo.enrol(anna)
    demo.enrol(anna)
    call_command("demo_code", anna.email)
    code = capsys.readouterr().out.split()[0]
    give_password(client, anna)
    assert give_code(client, code).status_code == 302
    call_command("demo_code", anna.email)
    assert capsys.readouterr().out.split()[0] != code


def test_outside_the_demo_there_is_no_demo_code_and_a_demo_secret_opens_nothing(
    anna: User, settings: Any, client: Client
):
    demo.enrol(anna)
    code, _ = demo.present_code(anna.email)
    settings.DEMO = False
    with pytest.raises(demo.NotADemo):
        demo.enrol(anna)
    with pytest.raises(CommandError):
        call_command("demo_code", anna.email)
    give_password(client, anna)
    assert give_code(client, code).status_code == 422


def test_a_real_account_has_no_demo_code(anna: User):
    with_app(anna)
    with pytest.raises(CommandError, match="no demo account"):
        call_command("demo_code", anna.email)
