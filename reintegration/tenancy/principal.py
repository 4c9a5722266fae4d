"""Who asks: a person in one organisation, with the roles held there today."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

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

    @property
    def kind(self) -> Hashable:
        """Of two people of one kind each may open what the other may, each in their own organisation."""
        return self.roles, self.only, self.place.kind, self.place.subtype

    def may(self, action: Action) -> bool:
        return action.allows(self.roles) and (self.only is None or action.name in self.only)

    def limited_to(self, actions: Iterable[str], *, source: str) -> "Principal":
        """The same person through a door that lets fewer actions through."""
        return replace(self, only=frozenset(actions), source=source)


# What `Membership.objects.active` says, written out: every request asks it, and the ORM would spend more
# time on making the statement than PostgreSQL on answering it.
HELD = """ARRAY(
    SELECT json_build_object(
        'id', m.id, 'role', m.role, 'kind', m.kind, 'organisation', m.organisation_id,
        'name', o.short_name, 'town', o.town, 'subtype', coalesce(u.unit_type, b.body_type))
    FROM tenancy_membership m
    JOIN tenancy_organisation o ON o.id = m.organisation_id
    LEFT JOIN tenancy_unit u ON u.organisation_id = o.id
    LEFT JOIN tenancy_referringbody b ON b.organisation_id = o.id
    WHERE m.user_id = person.id AND m.revoked_at IS NULL
        AND m.since <= %(today)s AND (m.until IS NULL OR m.until >= %(today)s)
    ORDER BY m.id
)"""
_WITH_MEMBERSHIPS = f"SELECT person.*, {HELD} AS held FROM accounts_user person WHERE person.id = %(user)s"  # noqa: S608


def with_memberships(user_id: UUID, *, today: date) -> Any:
    """An active account with `held`, its memberships of today: both in one query. None when there is none."""
    found = get_user_model().objects.raw(_WITH_MEMBERSHIPS, {"user": user_id, "today": today})
    return next((person for person in found if person.is_active), None)


def memberships_of(user_id: UUID, *, today: date) -> list[dict[str, Any]]:
    person = with_memberships(user_id, today=today)
    held: list[dict[str, Any]] = person.held if person is not None else []
    return held


def principals(user_id: UUID, held: Iterable[Mapping[str, Any]]) -> list[Principal]:
    """One principal for each organisation, from the rows of `with_memberships`."""
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
