"""Erasing an account: what a person is called by, how they signed in, and every session."""

from datetime import date, datetime, time
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet

from reintegration.accounts import sessions
from reintegration.accounts.models import Invitation, User
from reintegration.core import clock
from reintegration.tenancy.models import Membership, StaffMember


def idle_since(border: date) -> QuerySet[User]:
    """Accounts whose last role ended before that day; one that never had a role counts from its making."""
    at = datetime.combine(border, time(), tzinfo=clock.WARSAW)
    held = Membership.objects.filter(user=OuterRef("pk"))
    lasting = held.filter(Q(until__isnull=True, revoked_at__isnull=True) | Q(until__gte=border))
    revoked = held.filter(revoked_at__gte=at)
    people = User.objects.filter(created_at__lt=at).exclude(first_name="", last_name="")
    return people.filter(~Exists(lasting), ~Exists(revoked))


def erase_account(subject_id: UUID) -> None:
    """Erase the account that is this person's own, or that their place in the staff names.

    An account with a membership today belongs to somebody who still works elsewhere, and is kept. The
    row stays, so that history can name who acted; it names nobody any more.
    """
    staff = StaffMember.objects.filter(pk=subject_id, user__isnull=False).values("user")
    people = User.objects.select_for_update(of=("self",)).filter(Q(pk=subject_id) | Q(pk__in=staff))
    for user in people.order_by("pk"):
        if Membership.objects.filter(user=user).active(today=clock.today()).exists():
            continue
        sessions.end_all(user)
        for model in (EmailAddress, Authenticator, UserSession):
            model.objects.filter(user=user).delete()
        Invitation.objects.filter(email__iexact=user.email).delete()
        user.email, user.first_name, user.last_name = f"{user.pk}@usuniete.invalid", "", ""
        user.last_login, user.is_active = None, False
        user.set_unusable_password()
        user.save()
