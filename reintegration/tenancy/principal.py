"""Who asks: a person in one organisation, with the roles held there today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from reintegration.tenancy.actions import Action
from reintegration.tenancy.enums import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation as the frame of a page shows it."""

    id: UUID
    kind: OrganisationKind
    name: str
    town: str
    subtype: str

    @property
    def is_unit(self) -> bool:
        return self.kind is OrganisationKind.UNIT

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Principal:
    user_id: UUID
    place: Place
    roles: frozenset[Role]
    membership_ids: tuple[UUID, ...]
    # A token of the API may do less than its owner; None sets no such limit.
    only: frozenset[str] | None = None
    source: str = field(default="web")

    def may(self, action: Action) -> bool:
        return action.allows(self.roles) and (self.only is None or action.name in self.only)

    def limited_to(self, actions: Iterable[str], *, source: str) -> "Principal":
        """The same person through a door that lets fewer actions through."""
        return replace(self, only=frozenset(actions), source=source)


def with_memberships(people: QuerySet[Any], *, today: date) -> QuerySet[Any]:
    """Annotate accounts with `held`: their memberships of today, so that a request reads them at once."""
    from reintegration.tenancy.models import Membership  # noqa: PLC0415 - accounts come before tenancy's tables

    rows = (
        Membership.objects.active(today=today)
        .filter(user=OuterRef("pk"))
        .order_by("pk")
        .values(
            row=JSONObject(
                id="pk",
                role="role",
                kind="kind",
                organisation="organisation_id",
                name="organisation__short_name",
                town="organisation__town",
                subtype=Coalesce(
                    F("organisation__unit__unit_type"), F("organisation__referringbody__body_type")
                ),
            )
        )
    )
    return people.annotate(held=ArraySubquery(rows))


def memberships_of(user_id: UUID, *, today: date) -> list[dict[str, Any]]:
    people = with_memberships(get_user_model().objects.filter(pk=user_id), today=today)
    return people.values_list("held", flat=True).get()  # type: ignore[no-any-return]


def principals(user_id: UUID, held: Iterable[Mapping[str, Any]]) -> list[Principal]:
    """One principal for each organisation, from the rows of `queries.with_memberships`."""
    found = []
    rows = sorted(held, key=lambda row: (row["name"], row["organisation"]))
    for organisation, group in groupby(rows, key=lambda row: row["organisation"]):
        rows_here = list(group)
        first = rows_here[0]
        place = Place(
            id=UUID(organisation),
            kind=OrganisationKind(first["kind"]),
            name=first["name"],
            town=first["town"],
            subtype=first["subtype"] or "",
        )
        found.append(
            Principal(
                user_id=user_id,
                place=place,
                roles=frozenset(Role(row["role"]) for row in rows_here),
                membership_ids=tuple(UUID(row["id"]) for row in rows_here),
            )
        )
    return found
