"""Where allauth asks the program: no sign-up, our own words, and no decision about the second factor.

What allauth would demand or forgive does not matter in the end: the gate looks at how the session was
opened (`checks.second_factor`).
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from reintegration.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account is made by an invitation alone."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened, in our words."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = f"{template_prefix}: every mail goes through reintegration.accounts.mails."
        raise NotImplementedError(message)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """The gate asks again (`checks.fresh`) for every action that says so."""
        return False


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ten klucz nie pasuje do konta. Spróbuj jeszcze raz albo wybierz inny sposób.",
    }

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """Recovery codes alone are no second factor."""
        if not isinstance(user, User):
            return False
        factors = Authenticator.objects.filter(user_id=user.pk)
        return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Reintegra"}
