"""What can be made to happen with accounts and invitations.

Everything here runs in a scope: the request's own, or the one that a page of signing in opens.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from reintegration.accounts import mails, second_factor, sessions
from reintegration.accounts.models import Invitation, User
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.enums import ROLES_OF_KIND, OrganisationKind, Role
from reintegration.tenancy.models import Membership, Organisation

INVITATION_LASTS = timedelta(days=7)
GONE = "To zaproszenie nie jest już ważne. Poproś o nowe osobę, która je wysłała."


def refused(message: str, field: str = "") -> InputError:
    error = InputError(message)
    if field:
        error.field = field
    return error


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Invitations


def invite(
    *,
    email: str,
    organisation: Organisation,
    roles: Collection[Role],
    since: date,
    until: date | None,
    by: User | None,
) -> tuple[Invitation, str]:
    """Make an invitation and answer with its token, which is known only now."""
    address = email.strip().lower()
    fitting = ROLES_OF_KIND[OrganisationKind(organisation.kind)]
    if not roles or not set(roles) <= fitting:
        raise refused("Zaznacz przynajmniej jedną rolę tej organizacji.", "roles")
    if until is not None and until < max(since, clock.today()):
        raise refused("Data końca jest przed datą początku albo już minęła.", "until")
    held = Membership.objects.active(today=clock.today()).filter(
        user__email=address, organisation=organisation, role__in=roles
    )
    if held.exists():
        raise refused("Osoba z tym adresem ma już taką rolę w tej organizacji.", "email")
    now, token = clock.now(), secrets.token_urlsafe(32)
    # An earlier one to the same address stops working: only the newest link opens.
    for earlier in Invitation.objects.open().filter(organisation=organisation, email=address).order_by("pk"):
        earlier.revoked_at = now
        earlier.save(update_fields=["revoked_at"])
    try:
        with transaction.atomic():
            made = Invitation.objects.create(
                email=address,
                organisation=organisation,
                roles=sorted(roles),
                since=since,
                until=until,
                token_hash=hash_of(token),
                invited_by=by,
                created_at=now,
                expires_at=now + INVITATION_LASTS,
            )
    except IntegrityError:
        raise refused("Pod ten adres właśnie poszło zaproszenie.", "email") from None
    return made, token


def send_invitation(invitation: Invitation, *, token: str) -> None:
    link = reverse("accounts:invitation_link", kwargs={"token": token})
    mails.send(mails.INVITATION, to=invitation.email, link=link)


def revoke_invitation(*, key: UUID, organisation_id: UUID) -> Invitation:
    found = (
        Invitation.objects.open()
        .select_for_update(of=("self",))
        .filter(pk=key, organisation_id=organisation_id)
        .first()
    )
    if found is None:
        raise refused("Tego zaproszenia nie można już wycofać: zostało przyjęte albo wycofane.")
    found.revoked_at = clock.now()
    found.save(update_fields=["revoked_at"])
    return found


def usable_invitation(token: str) -> Invitation | None:
    """The invitation that a link names, if the link still works."""
    found = Invitation.objects.select_related("organisation").filter(token_hash=hash_of(token)).first()
    return found if found is not None and found.is_usable(at=clock.now()) else None


def join(*, token: str, user: User) -> Invitation:
    """Give a person the roles of an invitation; the link is used up, whoever opens it at the same time."""
    found = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    now, today = clock.now(), clock.today()
    if found is None or not found.is_usable(at=now):
        raise refused(GONE)
    if found.email != user.email.lower():
        raise refused("To zaproszenie wysłano pod inny adres. Zaloguj się kontem, które ma ten adres.")
    if found.until is not None and found.until < today:
        raise refused(GONE)
    active = Membership.objects.active(today=today).filter(user=user, organisation=found.organisation)
    held = set(active.order_by("pk").values_list("role", flat=True))
    for role in found.roles:
        if role not in held:
            _grant(user, found, role, since=max(found.since, today))
    found.accepted_at, found.accepted_by = now, user
    found.save(update_fields=["accepted_at", "accepted_by"])
    return found


def _grant(user: User, invitation: Invitation, role: str, *, since: date) -> None:
    try:
        with transaction.atomic():
            Membership.objects.create(
                user=user,
                organisation=invitation.organisation,
                role=role,
                since=since,
                until=invitation.until,
            )
    except IntegrityError:
        raise refused("Taka rola w tym czasie już jest na tym koncie. Poproś o nowe zaproszenie.") from None


def register(*, token: str, first_name: str, last_name: str, password: str) -> User:
    """Make the account of an invited person, and join. The link proves the address."""
    invitation = usable_invitation(token)
    if invitation is None:
        raise refused(GONE)
    user = User(email=invitation.email, first_name=first_name, last_name=last_name)
    check_password(password, user, organisation=invitation.organisation)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise refused("Jest już konto z tym adresem. Zaloguj się nim i otwórz link jeszcze raz.") from None
    join(token=token, user=user)
    return user


# Passwords and addresses


def check_password(
    password: str, user: User, *, organisation: Organisation | None = None, field: str = "password"
) -> None:
    """Refuse a password that others would try first."""
    names = [place.place.name for place in user.principals] if user.created_at is not None else []
    if organisation is not None:
        names += [organisation.name, organisation.short_name]
    user.known_organisations = names  # type: ignore[attr-defined]
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise refused(str(error.messages[0]), field) from error


def set_password(*, user: User, password: str) -> None:
    """Keep a new password; every session of the account ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user)
    mails.send(mails.PASSWORD_CHANGED, to=user.email)


def change_address(*, user: User, email: str) -> None:
    """Sign in with another address from now on; the old one is told."""
    before, user.email = user.email, email.lower()
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        raise refused("Tego adresu nie można użyć. Wybierz inny.", "email") from None
    sessions.end_all(user)
    mails.send(mails.ADDRESS_CHANGED, to=before)


def rename(*, user: User, first_name: str, last_name: str) -> None:
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])


# Accounts


def reset_second_factor(*, user: User, link: Callable[[User], str]) -> None:
    """Let a person in again who lost every second factor and whom somebody has recognised.

    The password goes too: the link in the mailbox stands in for it, so that whoever knows the password
    alone gains nothing from the reset.
    """
    second_factor.reset(user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    mails.send(mails.FACTOR_CHANGED, to=user.email)
    mails.send(mails.NEW_PASSWORD, to=user.email, link=link(user))


def helpable(*, by: User, organisation_id: UUID) -> QuerySet[User]:
    """Whose second factor this organisation may take off: people who work here and nowhere else."""
    today = clock.today()
    here = Membership.objects.active(today=today).filter(organisation_id=organisation_id)
    elsewhere = Membership.objects.active(today=today).exclude(organisation_id=organisation_id)
    people = User.objects.filter(is_active=True, pk__in=here.values("user"))
    return people.exclude(pk__in=elsewhere.values("user")).exclude(pk=by.pk)
