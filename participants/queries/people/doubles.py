"""Persons who may be one: found by joining the table with itself on what is indexed, weighed by the rules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from participants.models import Person
from participants.queries.people.search import profile
from participants.rules.similar import Likeness, likeness
from reintegration.tenancy.scope import current_scope

# The surest fit on one page; whoever has judged those sees the next.
MOST_PAIRS = 400
MOST_SHOWN = 50

# Written out, because a table is joined with itself on columns that are no key. Both the unit of the
# scope and the policy restrict it. Two people of the same name whose birth dates speak against each other
# are left out here, so that a common name does not fill the page.
_PAIRS = """
WITH pairs AS (
    SELECT one.id AS first, other.id AS second
    FROM participants_person one
    JOIN participants_person other
        ON other.unit_id = one.unit_id AND other.phone = one.phone AND other.phone <> ''
    WHERE one.unit_id = %(unit)s AND one.phone <> '' AND one.id < other.id
        AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
    UNION
    SELECT least(one.id, other.id), greatest(one.id, other.id)
    FROM participants_person one
    JOIN participants_person other
        ON other.unit_id = one.unit_id AND other.search_last = one.search_last
    WHERE one.unit_id = %(unit)s AND one.id < other.id AND one.search_last <> ''
        AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL AND {births}
    UNION
    SELECT least(one.id, other.id), greatest(one.id, other.id)
    FROM participants_person one
    JOIN participants_person other
        ON other.unit_id = one.unit_id AND other.search_first = one.search_last
    WHERE one.unit_id = %(unit)s AND one.id <> other.id AND one.search_last <> ''
        AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL AND {births}
    UNION
    SELECT one.id, other.id
    FROM participants_person one
    JOIN participants_person other
        ON other.unit_id = one.unit_id AND other.birth_date = one.birth_date
    WHERE one.unit_id = %(unit)s AND one.id < other.id
        AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
        AND EXISTS (
            SELECT FROM participants_namekey mine
            JOIN participants_namekey theirs ON theirs.unit_id = mine.unit_id AND theirs.key = mine.key
            WHERE mine.unit_id = %(unit)s AND mine.person_id = one.id AND theirs.person_id = other.id
        )
)
SELECT first, second FROM pairs
WHERE NOT EXISTS (
    SELECT FROM participants_notduplicate checked
    WHERE checked.unit_id = %(unit)s AND checked.one_id = first AND checked.other_id = second
)
ORDER BY first, second
LIMIT {most}
"""
_BIRTHS = """(
    one.birth_date IS NULL OR other.birth_date IS NULL OR one.birth_date = other.birth_date
    OR (
        extract(year FROM one.birth_date) = extract(year FROM other.birth_date)
        AND extract(month FROM one.birth_date) = extract(day FROM other.birth_date)
        AND extract(day FROM one.birth_date) = extract(month FROM other.birth_date)
    )
)"""
_STATEMENT = _PAIRS.format(births=_BIRTHS, most=MOST_PAIRS)


@dataclass(frozen=True, slots=True)
class Double:
    """Two persons who may be one, and what speaks for it. The one on file for longer stands first."""

    one: Person
    other: Person
    likeness: Likeness


def likely_doubles(limit: int = MOST_SHOWN) -> list[Double]:
    """Pairs that nobody has judged yet, the surest first."""
    pairs = _pairs()
    ids = {pk for pair in pairs for pk in pair}
    people = {person.pk: person for person in Person.objects.filter(pk__in=ids).order_by("pk")}
    found = []
    for first, second in pairs:
        one, other = people[first], people[second]
        alike = likeness(profile(one), profile(other))
        if alike is not None:
            found.append(Double(one, other, alike))
    found.sort(key=lambda pair: (-pair.likeness.rank, pair.one.name_order, pair.one.pk))
    return found[:limit]


def _pairs() -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"unit": current_scope().organisation_id})
        rows: list[Any] = cursor.fetchall()
    return [(first, second) for first, second in rows]
