"""What is added to a referral without a step: messages, opinions, files, notes, who works on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from participants.enums import Recommendation, ReferralSource, ReferralState
from participants.models import (
    Intake,
    IntakeNote,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
)
from participants.papers import REFERRAL_FILE
from participants.perms import CASE
from participants.rules.situation import gather
from participants.services.participations.common import colleague
from participants.services.people.persons import stored
from participants.services.referrals.desk import bring_up_to_date, tell
from participants.services.referrals.sending import OWN_SOURCES, Incomplete, gaps
from participants.services.referrals.steps import terms
from participants.transitions import (
    ENTERED,
    FILE,
    MESSAGE,
    OPINION,
    Side,
    append,
    locked,
    name_of,
    own_side,
)
from reintegration.core import clock
from reintegration.core.errors import InputError
from reintegration.core.text import clean
from reintegration.documents.files import store_file
from reintegration.documents.uploads import CheckedFile
from reintegration.tenancy.scope import current_scope

MOST_FILES = 20
# The columns in which a candidate is written; the rest of a form is `situation`.
CANDIDATE: Final = (
    "first_name", "last_name", "pesel", "no_pesel", "document_kind", "document_number", "birth_date",
    "sex", "street", "postcode", "town", "gmina", "phone", "email", "representative", "person_agrees",
    "ops_notified_on", "ops_name",
)  # fmt: skip
NOT_YET = "Najpierw wyślij skierowanie."
NO_MORE = "To skierowanie jest już zamknięte."


def add_message(
    *, referral_id: UUID, text: str, side: Side | None = None, by_name: str = ""
) -> ReferralEntry:
    """Write to the other side; also after the decision, because people ask why."""
    found = locked(referral_id)
    if found.state == ReferralState.DRAFT:
        raise InputError(NOT_YET)
    if not clean(text, lines=True):
        raise InputError("Napisz wiadomość.", field="text")
    entry = append(
        found, step=MESSAGE, text=text, by_unit=(side or own_side(found)) is Side.UNIT, by_name=by_name
    )
    tell(found, entry)
    return entry


def add_opinion(
    *,
    referral_id: UUID,
    visited_on: date,
    text: str,
    recommendation: str,
    author_name: str = "",
    side: Side | None = None,
) -> ReferralOpinion:
    """Add the social worker's opinion (art. 12 ust. 2); it stays as it was signed, another one may follow."""
    found = locked(referral_id)
    if found.state in {ReferralState.WITHDRAWN, ReferralState.OBSOLETE, ReferralState.REFUSED}:
        raise InputError(NO_MORE)
    if visited_on > clock.today():
        raise InputError("Wywiad w tym dniu jeszcze się nie odbył.", field="visited_on")
    if recommendation not in Recommendation.values:
        raise InputError("Wybierz wniosek.", field="recommendation")
    user_id = current_scope().user_id
    opinion: ReferralOpinion = ReferralOpinion.objects.create(
        unit_id=found.unit_id,
        sender_id=found.sender_id,
        referral=found,
        visited_on=visited_on,
        text=clean(text, lines=True),
        recommendation=recommendation,
        author_name=clean(author_name) or name_of(user_id),
        author_id=user_id,
        signed_at=clock.now(),
    )
    if found.opinion_due_on is not None:
        found.opinion_due_on = None
        found.save(update_fields=["opinion_due_on"])
    entry = append(
        found,
        step=OPINION,
        by_unit=(side or own_side(found)) is Side.UNIT,
        by_name=clean(author_name),
    )
    if found.state != ReferralState.DRAFT:
        tell(found, entry)
    return opinion


def attach_file(
    *, referral_id: UUID, file: CheckedFile, label: str, side: Side | None = None, by_name: str = ""
) -> ReferralFile:
    """Add a file; it belongs to who brought it, and the other side may open it once the referral is sent."""
    found = locked(referral_id)
    if ReferralFile.objects.filter(referral=found).count() >= MOST_FILES:
        raise InputError(f"Skierowanie ma już {MOST_FILES} załączników.", field="file")
    kept = store_file(file, kind=REFERRAL_FILE, subject=found.pk)
    acting = side or own_side(found)
    if found.state != ReferralState.DRAFT and found.sender_id is not None:
        kept.shared_with_id = found.sender_id if own_side(found) is Side.UNIT else found.unit_id
        kept.save(update_fields=["shared_with"])
    made: ReferralFile = ReferralFile.objects.create(
        unit_id=found.unit_id,
        sender_id=found.sender_id,
        referral=found,
        stored_file=kept.pk,
        label=clean(label) or kept.name[:80],
        media_type=kept.media_type,
        size=kept.size,
        made_at=clock.now(),
    )
    entry = append(found, step=FILE, text=made.label, by_unit=acting is Side.UNIT, by_name=by_name)
    if found.state != ReferralState.DRAFT:
        tell(found, entry)
    return made


def add_note(*, referral_id: UUID, text: str) -> IntakeNote:
    """Write a note for colleagues; the sender never sees it and no other unit gets it."""
    found = _of_unit(referral_id)
    if not clean(text, lines=True):
        raise InputError("Napisz notatkę.", field="text")
    note: IntakeNote = IntakeNote.objects.create(
        referral=found, text=clean(text, lines=True), at=clock.now(), by_id=current_scope().user_id
    )
    return note


def assign_worker(*, referral_id: UUID, user_id: UUID | None) -> Intake:
    """Say who in the unit works on a referral; its tasks go to their desk."""
    found = _of_unit(referral_id)
    if user_id is not None:
        sentence = "Skierowanie prowadzi kierownik, pracownik socjalny albo opiekun. Wybierz kogoś z listy."
        colleague(user_id, roles=CASE, sentence=sentence, field="assigned_to")
    intake: Intake = Intake.objects.get_or_create(referral=found)[0]
    intake.assigned_to_id = user_id
    intake.save(update_fields=["assigned_to"])
    bring_up_to_date(found)
    return intake


@transaction.atomic
def enter_application(
    *, source: str, data: Mapping[str, Any], sender_name: str = "", sender_person: str = ""
) -> Referral:
    """Write down what came on paper: a person's own application, or a referral of a body without an account.

    It has been received with that; the unit keeps both ends of it (art. 12 ust. 1).
    """
    if source not in ReferralSource.values:
        raise InputError("Wybierz, kto kieruje.", field="source")
    if source not in OWN_SOURCES and not clean(sender_name):
        raise InputError("Wpisz, jaki podmiot kieruje.", field="sender_name")
    now = clock.now()
    found = Referral(
        source=source,
        sender_name="" if source in OWN_SOURCES else clean(sender_name),
        sender_person=clean(sender_person),
        state=ReferralState.RECEIVED,
        made_at=now,
        sent_at=now,
        received_at=now,
        **{name: data[name] for name in CANDIDATE if name in data},
        **terms(),
    )
    found.situation = gather(data)
    if problems := gaps(found):
        raise Incomplete(problems)
    stored(found)
    Intake.objects.create(referral=found)
    append(found, step=ENTERED, to_state=found.state, by_unit=True)
    bring_up_to_date(found)
    return found


def _of_unit(referral_id: UUID) -> Referral:
    found = locked(referral_id)
    if own_side(found) is not Side.UNIT:
        raise InputError("To robi jednostka.")
    return found
