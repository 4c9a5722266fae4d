"""Accepting: from what the sender wrote to a person of the unit and an open file."""

from datetime import date
from uuid import UUID

from django.db import transaction

from participants.models import Intake, Participation, Person, Referral, ReferralFile
from participants.papers import REFERRAL_FILE
from participants.queries.referrals import stored_of
from participants.rules.situation import GROUPS
from participants.services.participations import open_participation
from participants.services.people import PersonData, add_part, add_person
from participants.services.referrals.desk import tell
from participants.transitions import Transition, apply
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import FileLost, read_file, store_bytes

TAKEN_OVER = [
    "first_name",
    "last_name",
    "pesel",
    "no_pesel",
    "document_kind",
    "document_number",
    "birth_date",
    "sex",
    "street",
    "postcode",
    "town",
    "gmina",
    "phone",
    "email",
]


@transaction.atomic
def accept(
    *,
    referral_id: UUID,
    person_id: UUID | None = None,
    opened_on: date | None = None,
    case_manager_id: UUID | None = None,
    text: str = "",
) -> Participation:
    """Accept the person: link who is on file or add who is not, open the file, keep copies of the papers.

    All of it or nothing. The referral is locked first, so of two who accept at once the second is told.
    """
    referral, entry = apply(referral_id=referral_id, transition=Transition.ACCEPT, text=text)
    person = _linked(person_id) if person_id is not None else _added(referral)
    file = open_participation(
        person_id=person.pk,
        opened_on=opened_on or clock.today(),
        referral_id=referral.pk,
        case_manager_id=case_manager_id,
    )
    intake, _ = Intake.objects.get_or_create(referral=referral)
    intake.person = person
    intake.save(update_fields=["person"])
    _keep_copies(referral, person)
    tell(referral, entry)
    return file


def _linked(person_id: UUID) -> Person:
    person: Person | None = Person.objects.present().filter(pk=person_id).first()
    if person is None:
        raise InputError("Tej osoby nie ma w kartotece. Wybierz ją jeszcze raz.", field="person")
    return person


def _added(referral: Referral) -> Person:
    values = {name: getattr(referral, name) for name in TAKEN_OVER}
    if referral.representative:
        values["contact_person"] = referral.representative
    person = add_person(data=PersonData(**values))
    for number, code in enumerate((referral.situation or {}).get(GROUPS, [])):
        group = {"code": code, "main": number == 0, "since": clock.today()}
        add_part(person_id=person.pk, kind="group", values=group)
    return person


def _keep_copies(referral: Referral, person: Person) -> None:
    """The papers become the unit's own, because the file outlives what the sender shares."""
    for attached in ReferralFile.objects.filter(referral=referral).order_by("made_at", "pk"):
        source = stored_of(attached)
        if source is None:
            continue
        try:
            content = read_file(source)
        except FileLost:
            raise InputError(f"Załącznika „{attached.label}” nie da się otworzyć.") from None
        store_bytes(
            content,
            name=source.name,
            media_type=source.media_type,
            kind=REFERRAL_FILE,
            subject=person.pk,
        )
