"""What other rooms' doings mean for sessions."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from reintegration.accounts import sessions
from reintegration.accounts.models import User
from reintegration.tenancy.models import Membership


@receiver(user_logged_in)
def session_begins(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    sessions.begin(request.session)


@receiver(post_save, sender=Membership)
def membership_revoked(sender: Any, instance: Membership, created: bool, **kwargs: Any) -> None:
    """A role that is taken away ends the person's sessions (ASVS 5.0, 7.4.2); a new one ends nothing."""
    if not created and instance.revoked_at is not None:
        sessions.end_all(User.objects.get(pk=instance.user_id))
