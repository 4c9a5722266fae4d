"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from reintegration.core import clock
from reintegration.core.models import Record
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

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_short_name(self) -> str:
        return self.first_name
