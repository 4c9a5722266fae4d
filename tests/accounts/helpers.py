"""People who sign in the way people do, with a password and a code."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from reintegration.accounts import second_factor
from reintegration.accounts.models import User
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(user: User, secret: str = SECRET) -> User:
    """Give an account an app with a known secret, and no recovery codes."""
    Authenticator.objects.create(
        user=user, type=second_factor.APP, data={"secret": second_factor.seal(secret, user.pk), "used": 0}
    )
    return user


def code_now(secret: str = SECRET, *, steps: int = 0) -> str:
    return second_factor.code_at(secret, time.time() + 30 * steps)


def forget_used_codes(user: User) -> None:
    """As if the next half minute had begun: the present code may be used again."""
    for row in Authenticator.objects.filter(user=user, type=second_factor.APP):
        row.data["used"] = 0
        row.save()


def give_password(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(
        reverse("account_login"), {"email": user.email, "password": password, **more.pop("data", {})}, **more
    )


def give_code(client: Client, code: str | None = None, **more: Any) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code or code_now()}, **more)


def enter(client: Client, user: User) -> Any:
    """Sign in with password and code."""
    forget_used_codes(user)
    answer = give_password(client, user)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == reverse("mfa_authenticate")
    return give_code(client)


def is_in(client: Client) -> bool:
    """Whether a page of one's own account opens."""
    return client.get(reverse("accounts:profile")).status_code == 200


def link_in(mail: Any) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.body)
    assert found, mail.body
    return found[1]


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
