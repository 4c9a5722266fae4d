"""Adding a person and changing what is written of them."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from participants.models import NameKey, Person
from participants.services.people.data import IDENTITY, NAMES, KnownPesel, PersonData, completed, data_of
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import deletion_keys, search_key
from reintegration.tenancy.managers import claim

M = TypeVar("M", bound=models.Model)

LONGEST_KEY = 80


def stored(row: M, *, changed: Iterable[str] | None = None) -> M:
    """Check a row against its fields and constraints, and store it.

    `changed`: the columns that were edited. What stood in the others is not theirs to mend.
    """
    claim(row)
    unread = {"birth_date"} if isinstance(row, Person) and row.birth_date is None else set()
    if changed is not None:
        unread |= {field.name for field in row._meta.fields} - set(changed)
    row.clean_fields(exclude=unread)
    row.clean()
    row.validate_unique()
    row.validate_constraints()
    row.save()
    return row


def add_person(*, data: PersonData) -> Person:
    """Add a person to the unit's files. A PESEL that is there already is refused with the one it belongs to.

    Likeness without the same PESEL refuses nothing: it is a warning (`similar_persons`) that people judge.
    """
    values = completed(data)
    _refuse_known(values["pesel"])
    person = stored(Person(**values, made_at=clock.now()))
    write_name_keys(person)
    return person


def check_person(*, data: PersonData) -> None:
    """Refuse what contradicts itself or is on file already, and store nothing."""
    _refuse_known(completed(data)["pesel"])


def edit_person(*, person_id: UUID, data: PersonData) -> Person:
    """Write anew what is known of a person; who they are is judged when a part of it changes."""
    person = locked(person_id)
    before = data_of(person)
    values: dict[str, Any] = {name: getattr(data, name) for name in NAMES}
    if any(getattr(before, name) != getattr(data, name) for name in IDENTITY):
        values = completed(data)
        _refuse_known(values["pesel"], but=person)
    changed = [name for name in NAMES if getattr(before, name) != values[name]]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, values[name])
    stored(person, changed=changed)
    if {"first_name", "last_name"} & set(changed):
        write_name_keys(person)
    return person


def locked(person_id: UUID) -> Person:
    """Take hold of a person for a change; one that became another is not changed any more."""
    person: Person | None = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.merged_into_id is not None:
        raise InputError("Tej osoby nie ma już w kartotece. Połączono ją z inną.")
    return person


def name_keys(*names: str) -> frozenset[str]:
    """What a person is found by with a typo: each word of each name, and a double name as one word."""
    words = {word for name in names for word in (*search_key(name).split(), search_key(name))}
    keys = {key[:LONGEST_KEY] for word in words for key in deletion_keys(word)}
    return frozenset(keys - {""})


def write_name_keys(person: Person) -> None:
    """Bring the keys of a person's names into step with the names."""
    wanted = name_keys(person.first_name, person.last_name)
    kept = set(NameKey.objects.filter(person=person).order_by("key").values_list("key", flat=True))
    NameKey.objects.filter(person=person, key__in=kept - wanted).delete()
    NameKey.objects.bulk_create([NameKey(person=person, key=key) for key in sorted(wanted - kept)])


def _refuse_known(pesel: str, *, but: Person | None = None) -> None:
    if not pesel:
        return
    known = Person.objects.present().filter(pesel_index=pesel)
    if but is not None:
        known = known.exclude(pk=but.pk)
    found = known.order_by("pk").first()
    if found is not None:
        raise KnownPesel(found)
