"""Handing a file on to another unit, as a KIS does to a CIS: copied, with a consent, opened by nobody.

The content lies in the row that both units see until it is answered; then it is the receiver's paper and
person, or nothing. The consent stays with the sender.
"""

from collections.abc import Iterable
from uuid import UUID

from participants.card_content import as_pairs, content_of, person_data
from participants.card_parts import CardPart, parts_in, scope_of
from participants.enums import ConsentKind, TransferState
from participants.models import Consent, FileTransfer, Participation, Person
from participants.papers import RECEIVED_CARD, SHARED_CARD
from participants.services.consents import holds, may_share
from participants.services.people import add_person
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.formats import join_words
from reintegration.core.text import search_key
from reintegration.documents.models import Document
from reintegration.documents.services import issue_document
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.models import Organisation
from reintegration.tenancy.scope import current_scope


def share_card(*, consent_id: UUID, participation_id: UUID) -> Document:
    """Make the card for the recipient that both consents name, of the parts that both allow."""
    consent: Consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent_id)
    case: Participation = Participation.objects.select_related("person").get(
        pk=participation_id, person=consent.person_id
    )
    today = clock.today()
    parts = {part.value for part in parts_in(consent.scope)}
    found = may_share(
        person_id=consent.person_id,
        recipient=consent.recipient,
        purpose=consent.purpose,
        parts=parts,
        day=today,
    )
    if not holds(consent, day=today) or not found.whole:
        raise InputError(" ".join(found.reasons) or "Ta zgoda już nie obowiązuje.")
    return issue_document(
        kind=SHARED_CARD.key,
        context={
            "case": case,
            "recipient": consent.recipient,
            "purpose": consent.purpose,
            "until": consent.until,
            "parts": as_pairs(content_of(case, found.allowed, today=today)),
        },
        subject=consent.person_id,
    )


def send_transfer(
    *, consent_id: UUID, participation_id: UUID, to_unit_id: UUID, parts: Iterable[str], sent_by: UUID
) -> FileTransfer:
    """Send a copy of the parts that the consent names, to the unit that it names."""
    consent: Consent = (
        Consent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent_id)
    )
    case: Participation = Participation.objects.select_related("person").get(
        pk=participation_id, person=consent.person_id
    )
    here = current_scope().organisation_id
    if consent.kind != ConsentKind.FILE_TRANSFER or not holds(consent, day=clock.today()):
        raise InputError("Ta zgoda nie pozwala dziś przekazać danych innej jednostce.")
    unit = Organisation.objects.filter(
        pk=to_unit_id, kind=OrganisationKind.UNIT, closed_on__isnull=True
    ).first()
    if unit is None or unit.pk == here:
        raise InputError("Wybierz inną jednostkę.", field="unit")
    if search_key(consent.recipient) not in {search_key(unit.name), search_key(unit.short_name)}:
        raise InputError(
            f"Zgoda jest dla: {consent.recipient}. Dla innej jednostki potrzebna jest nowa.", field="unit"
        )
    wanted = frozenset(parts) | {CardPart.PERSONAL.value}
    allowed = parts_in(consent.scope)
    if not wanted <= {part.value for part in allowed}:
        told = join_words([str(part.label) for part in CardPart if part in allowed])
        raise InputError(f"Zgoda obejmuje tylko: {told}.", field="parts")
    waiting = FileTransfer.objects.filter(
        sender=here, unit=unit.pk, from_participation=case.pk, state=TransferState.SENT
    )
    if waiting.exists():
        raise InputError("Ta sprawa czeka już na odpowiedź tej jednostki.")
    made: FileTransfer = FileTransfer.objects.create(
        unit_id=unit.pk,
        sender_id=here,
        person_name=str(case.person),
        consent=consent.pk,
        from_participation=case.pk,
        parts=scope_of(wanted).split(","),
        content=content_of(case, wanted, today=clock.today()),
        sent_at=clock.now(),
        sent_by_id=sent_by,
    )
    return made


def cancel_transfer(*, transfer_id: UUID) -> FileTransfer:
    """Take back what nobody has answered yet."""
    found = _waiting(transfer_id, sender_id=current_scope().organisation_id)
    return _answered(found, TransferState.CANCELLED)


def refuse_transfer(*, transfer_id: UUID) -> FileTransfer:
    """Send it back unread: the copy is gone, the sender sees the refusal."""
    found = _waiting(transfer_id, unit_id=current_scope().organisation_id)
    return _answered(found, TransferState.REFUSED)


def accept_transfer(*, transfer_id: UUID, person_id: UUID | None = None) -> FileTransfer:
    """Take a file over: a person on file or a new one, and what came as their paper. No case is opened."""
    found = _waiting(transfer_id, unit_id=current_scope().organisation_id)
    if person_id is None:
        person = add_person(data=person_data(found.content))
    else:
        person = Person.objects.present().get(pk=person_id)
    issue_document(
        kind=RECEIVED_CARD.key,
        context={
            "person": person,
            "sender": found.sender.name if found.sender else "",
            "sent_at": found.sent_at,
            "parts": as_pairs(found.content),
        },
        subject=person.pk,
        key=str(found.pk),
    )
    found.person = person
    return _answered(found, TransferState.RECEIVED, "person")


def _waiting(transfer_id: UUID, **side: UUID) -> FileTransfer:
    rows = FileTransfer.objects.select_for_update(of=("self",))
    found: FileTransfer | None = rows.filter(pk=transfer_id, **side).first()
    if found is None or found.state != TransferState.SENT:
        raise InputError("Ta sprawa ma już odpowiedź albo nadawca ją cofnął.")
    return found


def _answered(found: FileTransfer, state: TransferState, *also: str) -> FileTransfer:
    found.state, found.content, found.answered_at = state, None, clock.now()
    found.save(update_fields=["state", "content", "answered_at", *also])
    return found
