"""Exceptions to the roles: one person may open one thing, for a reason and until a day.

Roles decide what a member may open; a grant opens one row besides, to a colleague who stands in or to a
specialist who is asked once. It is a row of django-guardian with a direct foreign key, so that it cannot
outlive what it opens, under the walls of its tenant. Lists never join through it: `opened_to` is one
EXISTS over the grants of one person. What has passed its end opens nothing from midnight on, and is
removed at night.
"""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from guardian.backends import ObjectPermissionBackend
from guardian.models import UserObjectPermissionBase

from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.fields import EncryptedTextField
from reintegration.tenancy.managers import TenantManager, TenantQuerySet
from reintegration.tenancy.models import Membership, OrganisationModel
from reintegration.tenancy.scope import current_scope

LONGEST_DAYS = 366


class GrantQuerySet(TenantQuerySet[Any]):
    def running(self, *, today: date) -> "GrantQuerySet":
        return self.filter(since__lte=today, until__gte=today)


class GrantManager(TenantManager.from_queryset(GrantQuerySet)):  # type: ignore[misc]
    def is_generic(self) -> bool:
        """Guardian asks: these grants have a foreign key of their own."""
        return False


class ObjectGrant(OrganisationModel, UserObjectPermissionBase):
    """The recipe: a model adds `content_object`, a KinForeignKey to what is opened, and its TenantTable."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto")
    reason = EncryptedTextField("powód", max_length=300)
    since = models.DateField("od")
    until = models.DateField("do")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="kto dał"
    )

    objects: ClassVar[Any] = GrantManager()

    class Meta(OrganisationModel.Meta):
        abstract = True
        unique_together: ClassVar = []
        verbose_name = "wyjątek"
        verbose_name_plural = "wyjątki"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "permission", "content_object"], name="%(class)s_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")) & Q(until__lte=F("since") + LONGEST_DAYS),
                name="%(class)s_has_an_end",
                violation_error_message="Wyjątek trwa najwyżej rok.",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("granted_by")),
                name="%(class)s_by_another",
                violation_error_message="Nikt nie daje wyjątku sobie.",
            ),
        ]


def grant_model(model: type[models.Model]) -> type[ObjectGrant] | None:
    """The grants of a model, found by their foreign key."""
    for found in ObjectGrant.__subclasses__():
        if {field.name: field for field in found._meta.fields}["content_object"].related_model is model:
            return found
    return None


def grant(*, user: Any, obj: models.Model, reason: str, until: date, verb: str = "view") -> ObjectGrant:
    """Open one thing to one member of the current organisation; a second grant replaces the first."""
    scope, today = current_scope(), clock.today()
    assert scope.user_id is not None, "An exception is given by a person, never by a job."
    model = _grants_of(type(obj))
    if not reason.strip():
        raise InputError("Wpisz powód.")
    if until < today:
        raise InputError("Ten dzień już minął. Wpisz ostatni dzień wyjątku.")
    if (until - today).days > LONGEST_DAYS:
        raise InputError("Wyjątek trwa najwyżej rok. Wpisz wcześniejszy dzień.")
    if user.pk == scope.user_id:
        raise InputError("Wyjątek daje ktoś inny. Poproś kierownika.")
    members = Membership.objects.active(today=today).filter(organisation=scope.organisation_id)
    if not members.filter(user=user, user__is_active=True).exists():
        raise InputError("Ta osoba nie ma tu konta.")
    permission = Permission.objects.get(
        codename=f"{verb}_{obj._meta.model_name}", content_type__app_label=obj._meta.app_label
    )
    key = {"user": user, "permission": permission, "content_object": obj}
    rows = model.objects.select_for_update(of=("self",)).filter(**key)
    found: ObjectGrant = rows.first() or model(**key)
    found.reason, found.since, found.until = reason.strip(), today, until
    found.granted_by_id = scope.user_id
    found.save()
    return found


def end_grant(*, grant: ObjectGrant) -> None:
    """Take a grant back at once; history keeps that it was there."""
    grant.delete()


def end_passed(*, today: date) -> int:
    """Remove the grants of the current organisation that have passed their end."""
    ended = 0
    for model in ObjectGrant.__subclasses__():
        for passed in model.objects.filter(until__lt=today).order_by("pk"):
            passed.delete()
            ended += 1
    return ended


def opened_to(model: type[models.Model], user_id: UUID | None, *, verb: str = "view") -> Exists:
    """For a filter on the model: whether a running grant opens the row to this person."""
    rows = _grants_of(model).objects.running(today=clock.today())
    return Exists(
        rows.filter(
            user_id=user_id,
            content_object=OuterRef("pk"),
            permission__codename=f"{verb}_{model._meta.model_name}",
        )
    )


def _grants_of(model: type[models.Model]) -> type[ObjectGrant]:
    found = grant_model(model)
    if found is None:
        message = f"{model.__name__} has no grants: declare an ObjectGrant with a content_object."
        raise TypeError(message)
    return found


class GrantBackend(ObjectPermissionBackend):
    """`user.has_perm("documents.view_storedfile", file)`, with guardian's rules and the grant's end."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        model = grant_model(type(obj)) if obj is not None else None
        if model is None or not user_obj.is_active:
            return False
        label, _, codename = perm.partition(".")
        rows = model.objects.running(today=clock.today()).filter(user=user_obj, content_object=obj)
        return bool(
            label == obj._meta.app_label
            and rows.filter(permission__codename=codename, permission__content_type__app_label=label).exists()
        )

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        model = grant_model(type(obj)) if obj is not None else None
        if model is None or not user_obj.is_active:
            return set()
        rows = model.objects.running(today=clock.today()).filter(user=user_obj, content_object=obj)
        return {
            f"{obj._meta.app_label}.{codename}"
            for codename in rows.order_by("pk").values_list("permission__codename", flat=True)
        }

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Groups are global in Django, so no tenant has any."""
        return set()
