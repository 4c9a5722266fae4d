"""People who sign in."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from reintegration.core import clock
from reintegration.core.fields import EncryptedJSONField
from reintegration.core.models import Record
from reintegration.tenancy.enums import Role
from reintegration.tenancy.models import Organisation, OrganisationModel
from reintegration.tenancy.principal import Principal, memberships_of, principals


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A person with an e-mail address; what they may do comes from memberships alone."""

    email = models.EmailField("adres e-mail", unique=True)
    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=80)
    is_active = models.BooleanField("czynne", default=True)
    created_at = models.DateTimeField("założone", auto_now_add=True)
    # A part of every session's seal: raising it ends all sessions of the account at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konta"
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Jest już konto z tym adresem.",
            ),
            # guardian asks for the column; nobody may pass every check.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_never_superuser"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    @cached_property
    def principals(self) -> list[Principal]:
        """This person in each organisation where they hold a role today (see AccountBackend)."""
        held = getattr(self, "held", None)
        if held is None:  # an account that did not come through the sign-in, as just after signing in
            held = memberships_of(self.pk, today=clock.today())
        return principals(self.pk, held)

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Sign-ins end when the password changes (as Django has it) and when the epoch is raised."""
        seal = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", seal, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_short_name(self) -> str:
        return self.first_name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither used nor withdrawn; it may have run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(Record):
    """A way into one organisation, sent to one address, for one use and a few days.

    Only the hash of the token is kept: whoever reads the table cannot walk through.
    """

    email = models.EmailField("adres e-mail")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name="organizacja"
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name="role")
    since = models.DateField("od")
    until = models.DateField("do", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name="zaprosił(a)"
    )
    created_at = models.DateTimeField("wysłano")
    expires_at = models.DateTimeField("ważne do")
    accepted_at = models.DateTimeField("przyjęto", null=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name="przyjął(-ęła)"
    )
    revoked_at = models.DateTimeField("wycofano", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "zaproszenie"
        verbose_name_plural = "zaproszenia"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
                violation_error_message="Pod ten adres już poszło zaproszenie.",
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_someone",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_span_ordered",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="Data końca jest przed datą początku.",
            ),
            models.CheckConstraint(
                name="invitation_has_roles",
                condition=Q(roles__len__gte=1),
                violation_error_message="Zaznacz przynajmniej jedną rolę.",
            ),
        ]

    def __str__(self) -> str:
        return f"zaproszenie do {self.organisation}"

    def is_usable(self, *, at: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in self.roles]


class HeldForm(OrganisationModel):
    """What a person had typed when they were asked who they are; it waits for them, encrypted."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="osoba")
    path = models.CharField("adres", max_length=2000)
    content = EncryptedJSONField("treść")
    created_at = models.DateTimeField("odłożono")

    class Meta(OrganisationModel.Meta):
        verbose_name = "odłożony formularz"
        verbose_name_plural = "odłożone formularze"


class Attempts(models.Model):
    """Failed tries under one key (an account, a device, an address): how many, and until when to wait.

    The key is a keyed hash, so that the table does not list who tried to sign in.
    """

    key = models.CharField(max_length=80, primary_key=True)
    failures = models.PositiveIntegerField("nieudane próby")
    last_at = models.DateTimeField("ostatnia")
    open_at = models.DateTimeField("następna nie wcześniej niż")

    class Meta:
        verbose_name = "licznik prób"
        verbose_name_plural = "liczniki prób"
        indexes: ClassVar = [models.Index(fields=["last_at"], name="attempts_old")]
