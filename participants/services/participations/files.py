"""Opening a file, who leads it, and the last contact."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from participants.models import Participation, Person
from participants.papers import CASE_SERIES
from participants.perms import CASE
from participants.services.participations.common import colleague, locked, not_in_future, stored
from reintegration.core.errors import InputError
from reintegration.core.formats import format_table_date
from reintegration.documents.numbers import next_number
from reintegration.notices.services import notify
from reintegration.tenancy.scope import current_scope

NO_LEADER = "Sprawę prowadzi opiekun, pracownik socjalny albo kierownik tej jednostki. Wybierz kogoś z listy."


def open_participation(
    *, person_id: UUID, opened_on: date, referral_id: UUID | None = None, case_manager_id: UUID | None = None
) -> Participation:
    """Open a file of a person; who took part earlier gets a new one, and the earlier ones stay beside it."""
    person: Person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if person.merged_into_id is not None:
        raise InputError("Te dane połączono z innymi. Otwórz sprawę na właściwej osobie.")
    not_in_future(opened_on, field="opened_on")
    earlier = list(Participation.objects.filter(person=person).order_by("opened_on", "pk"))
    for row in earlier:
        if row.ended_on is None:
            raise InputError(f"Ta osoba ma już otwartą sprawę {row.number}.")
        if row.ended_on >= opened_on:
            raise InputError(
                f"Poprzednia sprawa {row.number} trwała do {format_table_date(row.ended_on)}. "
                "Wpisz późniejszy dzień.",
                field="opened_on",
            )
    if case_manager_id is not None:
        colleague(case_manager_id, roles=CASE, sentence=NO_LEADER, field="case_manager")
    made = stored(
        Participation(
            person=person,
            number=next_number(CASE_SERIES, on=opened_on),
            referral_id=referral_id,
            opened_on=opened_on,
            case_manager_id=case_manager_id,
        )
    )
    _tell(made)
    return made


def assign_case_manager(*, participation_id: UUID, user_id: UUID | None) -> Participation:
    """Give a file to a worker, or take it from who leads it; also after the end, for the papers left."""
    found = locked(participation_id)
    if user_id is not None:
        colleague(user_id, roles=CASE, sentence=NO_LEADER, field="case_manager")
    if found.case_manager_id == user_id:
        return found
    found.case_manager_id = user_id
    found.save(update_fields=["case_manager"])
    _tell(found)
    return found


def touch_contact(*, participation_id: UUID, day: date) -> None:
    """Note a contact on a day; an earlier one than the last known changes nothing."""
    found = locked(participation_id)
    if found.last_contact_on is None or found.last_contact_on < day:
        found.last_contact_on = day
        found.save(update_fields=["last_contact_on"])


def _tell(file: Participation) -> None:
    """Tell who now leads the file, unless they took it themselves."""
    leader = file.case_manager
    if leader is None or leader.pk == current_scope().user_id:
        return
    notify(
        kind="participants.file_given",
        to=[leader],
        title=f"Prowadzisz sprawę {file.number}: {file.person}",
        link=reverse("participants:file", args=[file.pk]),
        subject_id=file.person_id,
    )
