"""Finding persons: by name with a typo, by PESEL, by case number, and those who may be one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from participants.models import NameKey, Participation, Person
from participants.rules.identity import as_living, facts_of
from participants.rules.similar import Likeness, Profile, likeness
from reintegration.core.errors import InputError
from reintegration.core.identifiers import parse_pesel, parse_phone
from reintegration.core.text import deletion_keys, one_typo_apart, search_key

MOST_WORDS = 4
# Of what an index gives, as many are weighed in Python as fill a page several times.
MOST_WEIGHED = 200
MOST_SIMILAR = 5
# A word of two letters has nothing left to spare for a typo.
SHORTEST_FUZZY = 3
# Ten digits or more in a row, however they are grouped; after a plus they are a telephone.
_LONG_NUMBER = re.compile(r"(?<![\d+])\d(?:[\s._–-]?\d){9,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A person that a search found, by what, and whether exactly so."""

    person: Person
    by: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """A person on file who may be the one that is being added, and what speaks for it."""

    person: Person
    likeness: Likeness


def list_rows() -> QuerySet[Person]:
    """Every person of the unit, in the order of the alphabet."""
    rows: QuerySet[Person] = Person.objects.present().order_by("name_order", "id")
    return rows


def search(text: str, limit: int = 20) -> list[Hit]:
    """Find persons by what somebody typed, the surest first.

    Digits are a PESEL, a telephone or a case number; words are names in any order, without diacritics,
    the last one perhaps unfinished, each perhaps with one typo.
    """
    typed = text.strip()
    if not typed:
        return []
    if any(sign.isdigit() for sign in typed):
        return _by_number(typed, limit)
    words = search_key(typed).split()[:MOST_WORDS]
    return _by_name(words, limit) if words else []


def holds_pesel(text: str) -> bool:
    """Whether a PESEL may stand in what was typed, perhaps with a digit too few or too many."""
    return _is_pesel(text) or bool(_LONG_NUMBER.search(text))


def similar_persons(
    *,
    first_name: str,
    last_name: str,
    birth_date: date | None = None,
    pesel: str = "",
    phone: str = "",
    but: UUID | None = None,
) -> list[Similar]:
    """Find who on file may be this person, the surest first; a warning, never a refusal."""
    index: bytes = Person._meta.get_field("pesel_index").fingerprint(pesel) or b""
    if pesel and birth_date is None:
        birth_date = birth_told(pesel)
    one = Profile(first_name, last_name, birth_date, index, phone)
    ways = []
    if pesel:
        ways.append(Person.objects.filter(pesel_index=pesel).order_by().values_list("pk", flat=True))
    if phone:
        ways.append(Person.objects.filter(phone=phone).order_by().values_list("pk", flat=True))
    if search_key(first_name) and search_key(last_name):
        ways.append(_with_names([first_name, last_name]).order_by().values_list("pk", flat=True))
    if not ways:
        return []
    ids = ways[0].union(*ways[1:]) if len(ways) > 1 else ways[0]
    known = Person.objects.present().filter(pk__in=list(ids.order_by("id")[:MOST_WEIGHED]))
    found = []
    for person in known.exclude(pk=but).order_by("pk"):
        alike = likeness(one, profile(person))
        if alike is not None:
            found.append(Similar(person, alike))
    found.sort(key=lambda each: (-each.likeness.rank, each.person.name_order))
    return found[:MOST_SIMILAR]


def birth_told(pesel: str) -> date:
    """The birth date that a number tells; made-up numbers, in the demo alone, stand for the living."""
    told = facts_of(pesel).birth_date
    return as_living(told) if settings.DEMO else told


def profile(person: Person) -> Profile:
    """What a person is compared by; the PESEL by its index, so that it stays covered."""
    return Profile(
        person.first_name, person.last_name, person.birth_date, person.pesel_index or b"", person.phone
    )


def _with_names(names: Iterable[str]) -> Any:
    """Persons who have every one of the names, or one a letter away from it, as either name.

    The keys give an array of persons first: asked for with IN, PostgreSQL would rather read everybody.
    """
    keys: Any = None
    for name in names:
        wanted = {key for word in search_key(name).split() for key in deletion_keys(word)} - {""}
        rows = NameKey.objects.filter(key__in=sorted(wanted))
        keys = rows if keys is None else rows.filter(person__in=keys.values("person_id"))
    return Person.objects.filter(_AnyOf(F("pk"), ArraySubquery(keys.values("person_id"))))


class _AnyOf(Func):
    """`column = ANY(array)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _is_pesel(typed: str) -> bool:
    digits = sum(sign.isdigit() for sign in typed)
    return digits == 11 and not any(sign.isalpha() or sign == "+" for sign in typed)


def _by_number(typed: str, limit: int) -> list[Hit]:
    if _is_pesel(typed):
        try:
            rows = Person.objects.present().filter(pesel_index=parse_pesel(typed))
        except InputError:
            return []
        return [Hit(person, "PESEL", exact=True) for person in rows.order_by("pk")[:limit]]
    files = Participation.objects.filter(number__in=[typed, typed.upper()]).select_related("person")
    found = [Hit(file.person, "numer sprawy", exact=True) for file in files.order_by("pk")[:limit]]
    if found:
        return found
    try:
        phone = parse_phone(typed)
    except InputError:
        return []
    rows = Person.objects.present().filter(phone=phone).order_by("name_order", "pk")[:limit]
    return [Hit(person, "telefon", exact=True) for person in rows]


def _by_name(words: Sequence[str], limit: int) -> list[Hit]:
    key = " ".join(words)
    exact = Person.objects.present().filter(Q(search_last__prefix=key) | Q(search_first__prefix=key))
    hits = [Hit(person, "nazwisko", exact=True) for person in exact.order_by("name_order", "pk")[:limit]]
    if len(hits) >= limit or any(len(word) < SHORTEST_FUZZY for word in words):
        return hits
    seen = {hit.person.pk for hit in hits}
    near = _with_names(words).present().exclude(pk__in=seen).order_by("name_order", "pk")
    for person in near[:MOST_WEIGHED]:
        if _near(words, person):
            hits.append(Hit(person, "podobne nazwisko", exact=False))
        if len(hits) >= limit:
            break
    return hits


def _near(words: Sequence[str], person: Person) -> bool:
    """Every word is one typo at most from a word of the person's names, each of which is used once."""
    left = search_key(f"{person.first_name} {person.last_name}").split()
    left.append("".join(search_key(person.last_name).split()))
    for word in words:
        match = next((one for one in left if one_typo_apart(word, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True
