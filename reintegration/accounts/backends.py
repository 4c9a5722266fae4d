"""Sign-in by e-mail and password; the person comes with their memberships in one query."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from reintegration.accounts.models import User
from reintegration.accounts.session_store import person_at_hand
from reintegration.core import clock
from reintegration.tenancy.principal import with_memberships


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> User | None:
        person: User | None = person_at_hand(user_id) or with_memberships(user_id, today=clock.today())
        return person

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Roles give actions (`perms.py`); Django's own permissions are not used."""
        return False
