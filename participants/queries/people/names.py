"""Names of persons for the history pages and the journal, which know people by their numbers."""

from collections.abc import Sequence
from uuid import UUID

from participants.models import Person
from participants.queries.people.search import holds_pesel, search
from reintegration.audit.people import MOST_FOUND, Source, register
from reintegration.tenancy.enums import OrganisationKind


def names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Whoever was merged goes by the name of who stayed; whoever was erased has none."""
    rows = Person.objects.filter(pk__in=ids).select_related("merged_into").order_by("pk")
    return {row.pk: name for row in rows if (name := str(row.merged_into or row))}


def find(text: str) -> Sequence[UUID]:
    """Whom a box of the journal finds. Its text stands in the address, so a PESEL finds nobody."""
    if holds_pesel(text):
        return []
    return [hit.person.pk for hit in search(text, limit=MOST_FOUND)]


register(Source(names, find, frozenset({OrganisationKind.UNIT})))
