"""Erasing a person of this room: what is counted later is kept without a name, and the other side follows.

A referral is one row that two organisations see, each with a history of its own. When one of them erases
it, a nightly job writes the same erasure in the other, so that its keeper blanks the history there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from participants.models import (
    Agreement,
    AnonymousFile,
    FileTransfer,
    OpsNotice,
    Participation,
    Person,
    PersonGroup,
    Referral,
    ReferralFile,
)
from participants.rules.ages import age_band
from reintegration.audit.erasure import empty, erase_subject
from reintegration.audit.models import Erasure, LegalHold
from reintegration.audit.retention import tables
from reintegration.core import clock, slots
from reintegration.core.dates import DateSpan
from reintegration.documents.files import erase_file
from reintegration.documents.models import StoredFile

YEARS_IN_DECADE = 10


def erase_person(subject_id: UUID) -> None:
    """Empty a person's own row and the rows that were merged into it, once their files are counted."""
    for person in Person.objects.filter(pk=subject_id).exclude(first_name="", last_name=""):
        count_without_name(person)
    gone = list(Person.objects.filter(merged_into=subject_id).order_by("pk").values_list("pk", flat=True))
    columns = tables()["participants.Person"].personal
    values = {field.name: empty(field) for field in Person._meta.concrete_fields if field.name in columns}
    for key in (subject_id, *gone):
        Person.objects.filter(pk=key).update(**values)
    for key in gone:
        if not Erasure.objects.filter(subject_id=key).exists():
            Erasure.objects.create(subject_id=key, basis="jak dane osoby", erased_at=clock.now())


def count_without_name(person: Person) -> None:
    """Keep of each file what reports count: its months, the groups of its years, the ages at their ends."""
    rows = list(PersonGroup.objects.filter(person=person).order_by("-main", "since", "pk"))
    codes = list(dict.fromkeys(row.code for row in rows if row.code))
    main = next((row.code for row in rows if row.main and row.code), "")
    for case in Participation.objects.filter(person=person, ended_on__isnull=False).order_by("pk"):
        assert case.ended_on is not None
        years = range(_begun(case).year, case.ended_on.year + 1)
        AnonymousFile.objects.create(
            groups_held=_held(rows, years),
            ages={str(year): age_band(person.birth_date, date(year, 12, 31)) for year in years},
            opened_month=case.opened_on.replace(day=1),
            ended_month=case.ended_on.replace(day=1),
            sex=person.sex,
            decade=person.birth_date.year // YEARS_IN_DECADE * YEARS_IN_DECADE if person.birth_date else None,
            gmina=person.gmina,
            education=person.education,
            groups=sorted(codes),
            main_group=main,
            end_reason=case.end_reason,
            destination=case.destination,
        )


def _begun(case: Participation) -> date:
    """The first day that a file may be counted on."""
    return min([case.opened_on, *case.periods.order_by("since").values_list("since", flat=True)[:1]])


def _held(rows: Iterable[PersonGroup], years: range) -> list[list[Any]]:
    span = DateSpan(date(years[0], 1, 1), date(years[-1], 12, 31))
    return [
        [row.code, row.main, row.since.isoformat(), row.until.isoformat() if row.until else None]
        for row in rows
        if row.code
        and (row.until is None or row.until >= row.since)
        and span.overlaps(DateSpan(row.since, row.until))
    ]


def erase_transfers(subject_id: UUID) -> None:
    """Empty what was handed on of a person, or over with them; the copy itself went with the answer."""
    cases = Participation.objects.filter(person=subject_id).values("pk")
    of_person = Q(person=subject_id) | Q(from_participation__in=cases) | Q(pk=subject_id)
    for transfer in FileTransfer.objects.filter(of_person).order_by("pk"):
        FileTransfer.objects.filter(pk=transfer.pk).update(person_name="", content=None)
        known = Erasure.objects.filter(subject_id=transfer.pk, history_event__isnull=True)
        if transfer.pk != subject_id and not known.exists():
            Erasure.objects.create(subject_id=transfer.pk, basis="jak dane osoby", erased_at=clock.now())


# The other side


@dataclass(frozen=True, slots=True)
class Followed:
    """An erasure that another organisation has to know of."""

    organisation_id: UUID
    subject_id: UUID
    basis: str


def to_follow() -> Iterator[Followed]:
    """What the current organisation erased of rows that it shares, with whom it shares each."""
    erased = dict(Erasure.objects.order_by("erased_at", "pk").values_list("subject_id", "basis"))
    sides_of = ("unit_id", "sender_id")
    shared = (
        Referral.objects.filter(pk__in=list(erased)).values_list("pk", *sides_of, "handed_to_id"),
        OpsNotice.objects.filter(referral__in=list(erased)).values_list("referral_id", *sides_of),
        Agreement.objects.filter(participation__in=list(erased)).values_list("participation_id", *sides_of),
        FileTransfer.objects.filter(pk__in=list(erased)).values_list("pk", *sides_of),
        # Rooms above share rows as well: the subject of each, then its sides.
        *(provider(list(erased)) for provider in slots.providers("participants.shared_rows")),
    )
    for rows in shared:
        for subject_id, *sides in rows.order_by("pk"):
            for side in dict.fromkeys(sides):
                if side is not None:
                    yield Followed(side, subject_id, erased[subject_id])


def follow(found: Followed) -> bool:
    """Erase the same subject in the current organisation, unless it did or a hold keeps it here."""
    if Erasure.objects.filter(subject_id=found.subject_id).exists():
        return False
    if LegalHold.objects.filter(subject_id=found.subject_id, released_at__isnull=True).exists():
        return False
    brought = ReferralFile.objects.filter(referral=found.subject_id).values("stored_file")
    for stored in StoredFile.objects.filter(pk__in=brought, erased_at__isnull=True).order_by("pk"):
        erase_file(stored)
    erase_subject(subject_id=found.subject_id, basis=found.basis)
    return True
