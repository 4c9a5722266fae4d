"""The first wall: a queryset of tenant rows is scoped, or it does not exist."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from reintegration.core.fields import SealingQuerySet
from reintegration.tenancy.scope import NoScope, current_scope, scope_or_none

M = TypeVar("M", bound=models.Model)


class UnscopedQuery(NoScope):
    """A tenant table was queried outside a scope."""


class ForeignTenant(RuntimeError):
    """A row of another organisation was about to be stored."""


def tenant_column(model: type[models.Model]) -> str:
    """The column that says whose a row is: unit_id of a unit's own, organisation_id of anybody's."""
    return f"{model.tenant_field}_id"  # type: ignore[attr-defined]


def tenant_condition(model: type[models.Model], organisation_id: object) -> models.Q:
    """Which rows an organisation sees: its own, or what a shared table says of itself."""
    shared = getattr(model, "seen_by", None)
    return shared(organisation_id) if shared else models.Q(**{tenant_column(model): organisation_id})


def claim(instance: models.Model) -> None:
    """Fill in the tenant of a new row, and refuse one that belongs elsewhere.

    A shared row names two organisations; either may store it.
    """
    column = tenant_column(type(instance))
    organisation_id = current_scope().organisation_id
    owner = getattr(instance, column)
    partner = getattr(instance, "partner_field", "")
    if owner is None:
        setattr(instance, column, organisation_id)
    elif organisation_id not in {owner, getattr(instance, f"{partner}_id") if partner else owner}:
        message = f"{type(instance).__name__} {instance.pk} belongs to another organisation."
        raise ForeignTenant(message)


class TenantQuerySet(SealingQuerySet[M]):
    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            claim(row)
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Every way to rows goes through here: `objects`, related managers, refresh, foreign keys."""

    def get_queryset(self) -> TenantQuerySet[Any]:
        found = scope_or_none()
        if found is None:
            message = f"{self.model.__name__} was queried outside a scope."
            raise UnscopedQuery(message)
        return self.restrict(super().get_queryset(), found.organisation_id)

    def restrict(self, rows: TenantQuerySet[Any], organisation_id: object) -> TenantQuerySet[Any]:
        """The wall itself, alone in one method so that tests can take it away and watch the other."""
        return rows.filter(tenant_condition(self.model, organisation_id))
