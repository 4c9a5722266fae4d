"""Names of the people that events speak of. History knows numbers; rooms that keep people say the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from reintegration.core.text import search_key
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import StaffMember
from reintegration.tenancy.scope import current_scope

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of people: their names by number, and their numbers by the beginning of a name."""

    names: Callable[[Sequence[UUID]], dict[UUID, str]]
    find: Callable[[str], Sequence[UUID]]
    kinds: frozenset[OrganisationKind]


_sources: list[Source] = []


def register(source: Source) -> Source:
    _sources.append(source)
    return source


def names_of(ids: Iterable[UUID], kind: OrganisationKind) -> dict[UUID, str]:
    """The names that are still known; whoever was erased has none."""
    wanted = sorted(set(ids))
    found: dict[UUID, str] = {}
    if wanted:
        for source in _sources:
            if kind in source.kinds:
                found |= source.names(wanted)
    return found


def find(text: str, kind: OrganisationKind) -> list[UUID]:
    return [one for source in _sources if kind in source.kinds for one in source.find(text)][:MOST_FOUND]


def _staff_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = StaffMember.objects.filter(pk__in=ids).order_by("pk")
    return {one.pk: name for one in rows if (name := str(one).strip())}


def _staff_found(text: str) -> Sequence[UUID]:
    key = search_key(text)
    rows = StaffMember.objects.filter(unit_id=current_scope().organisation_id)
    beginning = Q(search_last__prefix=key) | Q(search_first__prefix=key)
    return list(rows.filter(beginning).order_by("pk").values_list("pk", flat=True)[:MOST_FOUND])


register(Source(_staff_names, _staff_found, frozenset({OrganisationKind.UNIT})))
