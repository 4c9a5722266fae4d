"""What is known of a person from a day to a day: groups, disability, facts, barriers, income."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from participants.models import Barrier, Disability, Income, Person, PersonFact, PersonGroup
from participants.services.people.persons import locked, stored
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.tenancy.scope import current_scope

PARTS: Final[Mapping[str, Any]] = {
    "group": PersonGroup,
    "disability": Disability,
    "fact": PersonFact,
    "barrier": Barrier,
    "income": Income,
}
NO_PART: Final = "Tego wpisu nie ma już w kartotece."


def add_part(*, person_id: UUID, kind: str, values: Mapping[str, Any]) -> Any:
    """Write something new of a person. The first group is the main one, whatever was said."""
    person = locked(person_id)
    part = PARTS[kind](person=person, **values)
    if kind == "fact":
        part.made_at, part.made_by_id = clock.now(), current_scope().user_id
    if kind == "group":
        _keep_one_main(person, part)
    return stored(part)


def edit_part(*, kind: str, part_id: UUID, values: Mapping[str, Any]) -> Any:
    part = _locked_part(kind, part_id)
    for name, value in values.items():
        setattr(part, name, value)
    if kind == "group":
        _keep_one_main(part.person, part)
    return stored(part)


def end_part(*, kind: str, part_id: UUID, last_day: date) -> Any:
    """Write the last day on which it was so; the entry stays in the file."""
    part = _locked_part(kind, part_id)
    if part.since and last_day < part.since:
        raise InputError("Ostatni dzień jest przed pierwszym.", field="until")
    part.until = last_day
    return stored(part)


def remove_part(*, kind: str, part_id: UUID) -> None:
    """Take back an entry that was a mistake; history keeps that it was there."""
    part = _locked_part(kind, part_id)
    if kind == "barrier" and part.partner_requests.exists():
        raise InputError("W sprawie tej bariery proszono już partnera. Zamiast usuwać, zakończ ją.")
    part.delete()


def open_groups(person: Person) -> list[PersonGroup]:
    rows = PersonGroup.objects.filter(person=person, until__isnull=True)
    return list(rows.order_by("-main", "since", "pk"))


def _locked_part(kind: str, part_id: UUID) -> Any:
    part = PARTS[kind].objects.filter(pk=part_id).first()
    if part is None:
        raise InputError(NO_PART)
    locked(part.person_id)
    part = PARTS[kind].objects.select_for_update(of=("self",)).filter(pk=part_id).first()
    if part is None:
        raise InputError(NO_PART)
    return part


def _keep_one_main(person: Person, part: PersonGroup) -> None:
    """Let the newest word on the main group hold; what was main before becomes one of several."""
    if part.until is not None:
        return
    others = [group for group in open_groups(person) if group.pk != part.pk]
    if not others:
        part.main = True
    if not part.main:
        return
    for group in others:
        if group.main:
            group.main = False
            group.save(update_fields=["main"])
