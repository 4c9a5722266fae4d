"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from reintegration.accounts import second_factor
from reintegration.accounts.session_store import SessionStore
from tests.accounts.helpers import code_now, with_app
from tests.browser.conftest import OpenAs
from tests.cast import PASSWORD, World

HOME = reverse("accounts:profile")


@pytest.fixture
def with_authenticator() -> Callable[[Page], Any]:
    """Give a page a device with a fingerprint reader that always recognises its owner."""

    def add(page: Page) -> Any:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return session

    return add


def add_passkey(page: Page, name: str = "laptop") -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("input[name=name]", name)
    page.click("text=Utwórz klucz")
    page.wait_for_url("**/kody/")


def give_password(page: Page, email: str) -> None:
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("text=Dalej")


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.click("main >> text=Wyloguj się")
    page.wait_for_url("**/logowanie/")


def test_a_first_passkey_is_a_second_factor_and_then_signs_in_alone(
    open_as: OpenAs, cast: World, with_authenticator: Any
):
    page = open_as()
    with_authenticator(page)
    page.goto(reverse("account_login") + f"?next={HOME}")
    give_password(page, cast.people["jan"].email)
    page.click("text=Klucz dostępu")
    page.fill("input[name=name]", "laptop")
    page.click("text=Utwórz klucz")
    page.wait_for_url("**/kody/")
    assert page.locator("ol.codes li").count() == 10
    page.click("text=Mam je, dalej")
    page.wait_for_url(lambda url: urlsplit(url).path == HOME)
    sign_out(page)
    page.goto(reverse("account_login") + f"?next={HOME}")
    page.click("text=Użyj klucza dostępu")
    page.wait_for_url(lambda url: urlsplit(url).path == HOME)
    assert page.locator("h1").inner_text() == "Moje konto"


def test_a_passkey_answers_for_the_code(open_as: OpenAs, cast: World, with_authenticator: Any):
    page = open_as("anna")
    with_authenticator(page)
    with_app(cast.people["anna"])
    add_passkey(page)
    sign_out(page)
    give_password(page, cast.people["anna"].email)
    page.wait_for_url("**/logowanie/kod/")
    page.click("text=Użyj klucza dostępu")
    page.wait_for_url(lambda url: "/logowanie" not in url)
    page.goto(HOME)
    assert page.locator("h1").inner_text() == "Moje konto"


def test_a_passkey_of_a_closed_account_does_not_sign_in(
    open_as: OpenAs, cast: World, with_authenticator: Any
):
    page = open_as("anna")
    with_authenticator(page)
    add_passkey(page)
    anna = cast.people["anna"]
    anna.is_active = False
    anna.save()
    page.goto(reverse("account_login"))
    page.click("text=Użyj klucza dostępu")
    page.wait_for_selector(".note-bad")
    page.goto(HOME)
    assert "/logowanie/" in page.url


def test_the_same_device_is_not_added_twice(open_as: OpenAs, cast: World, with_authenticator: Any):
    page = open_as("anna")
    with_authenticator(page)
    add_passkey(page)
    page.goto(reverse("mfa_add_webauthn"))
    page.click("text=Utwórz klucz")
    page.wait_for_selector("[data-passkey-said]:not([hidden])")
    assert "ma już klucz" in page.locator("[data-passkey-said]").inner_text()
    assert len([one for one in second_factor.factors(cast.people["anna"]) if one.type == "webauthn"]) == 1


def test_a_passkey_proves_anew_who_one_is(open_as: OpenAs, cast: World, with_authenticator: Any):
    page = open_as("anna")
    with_authenticator(page)
    add_passkey(page)
    key = next(one["value"] for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(key)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 700}]
    session.save()
    page.goto(reverse("account_email"))
    assert urlsplit(page.url).path == reverse("account_reauthenticate")
    page.click("text=Użyj klucza dostępu")
    page.wait_for_url(lambda url: urlsplit(url).path == reverse("account_email"))


def test_without_a_script_the_app_is_the_way(open_as: OpenAs, cast: World):
    page = open_as(javascript=False)
    with_app(cast.people["anna"])
    page.goto(reverse("account_login") + f"?next={HOME}")
    assert not page.locator("text=Użyj klucza dostępu").is_visible()
    give_password(page, cast.people["anna"].email)
    page.fill("input[name=code]", code_now())
    page.click("main >> text=Zaloguj się")
    assert page.locator("h1").inner_text() == "Moje konto"


def test_a_password_can_be_shown_and_is_sent_as_a_password(open_as: OpenAs, cast: World):
    page = open_as()
    page.goto(reverse("account_login"))
    page.fill("input[name=password]", "widać mnie")
    page.click("text=Pokaż hasło")
    assert page.locator("input[name=password]").get_attribute("type") == "text"
    page.click("text=Ukryj hasło")
    assert page.locator("input[name=password]").get_attribute("type") == "password"
