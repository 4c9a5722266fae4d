"""Handing a referral to another unit of the same founder, which makes its own copy of it.

What colleagues noted for each other stays where it was written. Papers that both sides saw go along.
"""

from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from participants.enums import ObsoleteReason, ReferralState
from participants.models import Referral, ReferralFile, ReferralOpinion
from participants.papers import REFERRAL_FILE
from participants.queries.referrals import sister_units, stored_of
from participants.services.referrals.desk import announce, bring_up_to_date, tell
from participants.transitions import COPIED, Transition, append, apply
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.documents.files import read_file, store_bytes
from reintegration.documents.models import StoredFile
from reintegration.jobs.services import enqueue
from reintegration.tenancy.models import Organisation

HAND_JOB = "participants.referral_handed"
COPIED_COLUMNS = (
    "source", "sender_name", "sender_person", "sender_phone", "sender_email", "sent_at", "first_name",
    "last_name", "pesel", "no_pesel", "document_kind", "document_number", "birth_date", "sex", "street",
    "postcode", "town", "gmina", "phone", "email", "representative", "situation", "person_agrees",
    "ops_notified_on", "ops_name", "ops_id",
)  # fmt: skip


class Steps(Protocol):
    """What of a job is needed here: a transaction in the name of an organisation."""

    organisation_id: UUID
    user_id: UUID | None

    def step(self, organisation_id: UUID | None = None) -> AbstractContextManager[None]: ...


def hand_to_unit(*, referral_id: UUID, unit_id: UUID, text: str = "") -> Referral:
    """Hand it over: it is closed here, and the other unit gets a copy that begins as newly sent."""
    if not sister_units().filter(pk=unit_id).exists():
        raise InputError("Wybierz jednostkę tego samego podmiotu.", field="unit")
    referral, entry = apply(
        referral_id=referral_id,
        transition=Transition.HAND_OVER,
        reason=ObsoleteReason.TRANSFERRED,
        text=text,
        handed_to_id=unit_id,
    )
    if referral.sender_id is None:
        # Nobody else's: the unit itself brought these papers, so it lets the other one read them.
        own = ReferralFile.objects.filter(referral=referral).values_list("stored_file", flat=True)
        StoredFile.objects.filter(pk__in=list(own), shared_with=None).update(shared_with=unit_id)
    enqueue(kind=HAND_JOB, payload={"referral": referral.pk, "unit": unit_id}, key=f"handed:{entry.pk}")
    tell(referral, entry)
    return referral


def take_over(work: Steps, *, referral_id: UUID, unit_id: UUID) -> UUID:
    """The job's part: each step in the name of whose rows it writes, and each can be done again."""
    with work.step(unit_id):
        copy = _copied(referral_id, unit_id, from_id=work.organisation_id)
    sender_id = copy.sender_id
    if sender_id is not None:
        with work.step(sender_id):
            _share_again(referral_id, copy)
    return copy.pk


def _copied(referral_id: UUID, unit_id: UUID, *, from_id: UUID) -> Referral:
    """The receiving unit reads the original, because it was handed to it, and writes its own."""
    made: Referral | None = Referral.objects.filter(unit=unit_id, copy_of=referral_id).first()
    if made is not None:
        return made
    original: Referral = Referral.objects.get(pk=referral_id)
    copy: Referral = Referral(
        unit_id=unit_id,
        sender_id=original.sender_id,
        sent_by_id=original.sent_by_id,
        state=ReferralState.SENT,
        made_at=clock.now(),
        copy_of=original.pk,
        **{name: getattr(original, name) for name in COPIED_COLUMNS},
    )
    copy.save()
    for opinion in ReferralOpinion.objects.filter(referral=original).order_by("signed_at", "pk"):
        ReferralOpinion.objects.create(
            unit_id=unit_id,
            sender_id=original.sender_id,
            referral=copy,
            visited_on=opinion.visited_on,
            text=opinion.text,
            recommendation=opinion.recommendation,
            author_name=opinion.author_name,
            author_id=opinion.author_id,
            signed_at=opinion.signed_at,
        )
    entry = append(
        copy,
        step=COPIED,
        to_state=copy.state,
        text=original.message,
        by_unit=True,
        by_name=Organisation.objects.get(pk=from_id).short_name,
    )
    if original.sender_id is None:
        for attached in ReferralFile.objects.filter(referral=original).order_by("made_at", "pk"):
            shared = StoredFile.brought.filter(pk=attached.stored_file).first()
            if shared is not None:
                _attach(copy, attached, shared)
    bring_up_to_date(copy)
    announce(copy, entry)
    return copy


def _share_again(referral_id: UUID, copy: Referral) -> None:
    """In the sender's name: a file is shared with one organisation, so the other unit gets a copy of it.

    The sender reads what the first unit attached, so its copy is made here too: that unit's own rows
    cannot be shared with both.
    """
    if ReferralFile.objects.filter(referral_id=copy.pk).exists():
        return
    for attached in ReferralFile.objects.filter(referral_id=referral_id).order_by("made_at", "pk"):
        stored = stored_of(attached)
        if stored is not None:
            _attach(copy, attached, stored, share_with=copy.unit_id)


def _attach(
    copy: Referral, attached: ReferralFile, source: StoredFile, *, share_with: UUID | None = None
) -> None:
    kept = store_bytes(
        read_file(source),
        name=source.name,
        media_type=source.media_type,
        kind=REFERRAL_FILE,
        subject=copy.pk,
    )
    if share_with is not None:
        kept.shared_with_id = share_with
        kept.save(update_fields=["shared_with"])
    ReferralFile.objects.create(
        unit_id=copy.unit_id,
        sender_id=copy.sender_id,
        referral_id=copy.pk,
        stored_file=kept.pk,
        label=attached.label,
        media_type=attached.media_type,
        size=attached.size,
        made_at=clock.now(),
    )
