"""What this room holds of people, and until when (art. 8b ust. 5, art. 18f of the act).

Ten years from the end of the calendar year in which services ended; a unit may keep longer. What says
nothing about anybody once the name is gone (sex, gmina, group, dates) stays for the statistics.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.enums import ReferralState
from participants.models import (
    Agreement,
    Intake,
    IntakeNote,
    IntakeSettings,
    NameKey,
    OpsNotice,
    Participation,
    Person,
    Referral,
)
from participants.models.referral import CLOSED
from participants.rules.retention import YEARS
from reintegration.audit.erasure import erase_subject
from reintegration.audit.models import Erasure
from reintegration.audit.retention import Term, Treatment, declare
from reintegration.core import clock
from reintegration.tenancy.enums import UnitType
from reintegration.tenancy.models import Unit
from reintegration.tenancy.scope import current_scope

_FILES = Term(
    "",
    years=YEARS,
    basis="art. 8b ust. 5 ustawy o zatrudnieniu socjalnym: 10 lat od końca roku, w którym zakończono usługi",
    due="participants.retention.persons_due",
)
_REFERRALS = Term(
    "",
    years=1,
    basis="skierowanie bez przyjęcia: rok od końca roku, w którym je rozstrzygnięto",
    due="participants.retention.referrals_due",
)


def years_kept() -> int:
    """Ten years in a CIS, by the act; for a KIS it names no term, so that the unit sets a longer one."""
    unit = Unit.objects.get(pk=current_scope().organisation_id)
    if unit.unit_type == UnitType.CIS:
        return YEARS
    return IntakeSettings.objects.values_list("keep_years", flat=True).first() or YEARS


def persons_due(border: date) -> "QuerySet[Any]":
    """Persons whose services ended before the border, and who have no open file."""
    if not Unit.objects.filter(pk=current_scope().organisation_id).exists():
        nobody: QuerySet[Any] = Person.objects.none()
        return nobody
    border = border.replace(year=border.year - (years_kept() - YEARS))
    files = Participation.objects.filter(person=OuterRef("pk"))
    late = files.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=border))
    found: QuerySet[Any] = Person.objects.filter(~Exists(late), Exists(files) | Q(made_at__date__lt=border))
    return found.exclude(first_name="", last_name="", pesel_index=None)


def referrals_due(border: date) -> "QuerySet[Any]":
    """Referrals that led to no file; the others go with their person.

    The body that sent one knows of no file, so that the state says it and not the file itself.
    """
    closed: QuerySet[Any] = Referral.objects.filter(state__in=CLOSED, decided_at__date__lt=border)
    return closed.exclude(last_name="", first_name="").exclude(state=ReferralState.ACCEPTED)


def erase_name_keys(subject_id: UUID) -> None:
    """A key is nothing but a name: the rows go."""
    NameKey.objects.filter(person_id=subject_id).delete()


REFERRAL_COLUMNS = (
    "first_name last_name pesel pesel_index document_number birth_date street postcode phone email"
    " representative situation message"
)

EMPTY_AS_NULL = frozenset({"pesel_index", "birth_date", "situation"})


def erase_referrals(subject_id: UUID) -> None:
    """Empty a referral that is erased by itself, or those from which a person came."""
    of_person = Intake.objects.filter(person_id=subject_id).values("referral_id")
    for referral in Referral.objects.filter(Q(pk=subject_id) | Q(pk__in=of_person)).order_by("pk"):
        Referral.objects.filter(pk=referral.pk).update(
            **{name: None if name in EMPTY_AS_NULL else "" for name in REFERRAL_COLUMNS.split()}
        )
        for parts, columns in (("referralentrys", ("text",)), ("referralopinions", ("text",))):
            getattr(referral, parts).update(**dict.fromkeys(columns, ""))
        referral.referralfiles.update(label="")
        if referral.pk != subject_id:
            # Its notices, its files and its history know the referral and not the person.
            erase_subject(subject_id=referral.pk, basis=_FILES.basis)


def erase_notes(subject_id: UUID) -> None:
    """What colleagues wrote to each other about a referral."""
    of_person = Intake.objects.filter(person_id=subject_id).values("referral_id")
    IntakeNote.objects.filter(Q(referral_id=subject_id) | Q(referral_id__in=of_person)).update(text="")


def erase_notices(subject_id: UUID) -> None:
    """What a centre was told of a referral; the centre knows no more of it than the key."""
    of_person = Intake.objects.filter(person_id=subject_id).values("referral_id")
    told = OpsNotice.objects.filter(Q(referral_id=subject_id) | Q(referral_id__in=of_person))
    told.update(person_name="", address="")


def erase_agreements(subject_id: UUID) -> None:
    """What was agreed about a person's programme; history knows these rows by the file."""
    for agreement in Agreement.objects.filter(participation__person_id=subject_id).order_by("pk"):
        Agreement.objects.filter(pk=agreement.pk).update(person_name="", summary="", remarks="")
        Erasure.objects.get_or_create(
            subject_id=agreement.participation_id,
            history_event=None,
            defaults={"basis": _FILES.basis, "erased_at": clock.now()},
        )


declare(
    "participants.Person",
    personal=(
        "first_name second_name last_name pesel pesel_index document_number birth_date street postcode"
        " mail_address phone email contact_person qualifications last_work household"
    ),
    plain=(
        "no_pesel document_kind sex citizenship language marital_status town gmina education"
        " months_without_work household_size children distance_km made_at"
    ),
    subject="id",
    term=_FILES,
    erased_by="participants.erasure.erase_person",
)
declare(
    "participants.NameKey",
    personal="key",
    subject="person_id",
    erased_by="participants.retention.erase_name_keys",
)
declare(
    "participants.PersonGroup",
    personal="code code_index proof",
    plain="main since until",
    subject="person_id",
)
declare(
    "participants.Disability",
    personal="degree symbols certificate",
    plain="since until",
    subject="person_id",
)
declare(
    "participants.PersonFact",
    personal="kind text proof",
    plain="since until made_at",
    subject="person_id",
)
declare(
    "participants.Barrier",
    personal="text help_given",
    plain="kind since until",
    subject="person_id",
)
# An institution and whom to ask for there: no data of anybody who is helped.
declare("participants.Partner", plain="name kind helps_with email phone contact_person archived_on")
declare(
    "participants.PartnerRequest",
    personal="text reason correction",
    plain=(
        "help_kind wanted_by asked_how state asked_at promised_for answered_at delivered_on ended_at"
        " corrected_at"
    ),
    subject="person_id",
)
declare("participants.Income", personal="kind paid_by", plain="amount since until", subject="person_id")
declare(
    "participants.Merge",
    personal="before",
    plain="moved merged_at",
    subject="kept_id",
    erased_by="participants.services.people.merging.erase_merged",
)
declare("participants.NotDuplicate", plain="checked_at")

declare(
    "participants.Participation",
    personal="end_note reopen_reason",
    plain=(
        "number opened_on programme_signed_on last_contact_on ended_on end_reason destination certificate_on"
        " reopened_on"
    ),
    subject="person_id",
)
declare(
    "participants.AnonymousFile",
    plain=(
        "opened_month ended_month sex decade gmina education groups main_group groups_held ages end_reason"
        " destination"
    ),
)
declare("participants.Period", plain="kind since until planned_until")
declare("participants.TeamMember", plain="task since until")
declare(
    "participants.Agreement",
    personal="person_name summary remarks",
    plain=("version body_name stored_file signed_on state asked_at due_on answered_at answered_name"),
    subject="participation_id",
    erased_by="participants.retention.erase_agreements",
)
declare(
    "participants.FileTransfer",
    personal="person_name content",
    plain="consent from_participation parts state sent_at answered_at",
    subject="person_id",
    erased_by="participants.erasure.erase_transfers",
)
declare(
    "participants.IntakeSettings",
    plain="opinion_days study_days agreement_days contact_days keep_years area",
)

declare(
    "participants.Diagnosis",
    personal="answers scores summary",
    plain="template_key template_version title content held_on state with_person finished_at",
    subject="person_id",
)
declare("participants.DiagnosisTemplate", plain="key version title content state made_at published_at")
declare(
    "participants.SpecialistOpinion",
    personal="text advice",
    plain="kind held_on confidential author_name made_at signed_at",
    subject="person_id",
)
declare(
    "participants.SpecialistOpinionGrant",
    personal="reason",
    plain="since until",
    subject="id",
    term=Term("until", years=YEARS, basis="jak akta, których dotyczy", treatment=Treatment.DELETE),
)
declare(
    "participants.CardEntry",
    personal="course plan effect struck_reason service author_name",
    plain="kind held_on minutes next_on next_time visibility made_at struck_at",
    subject="person_id",
)
declare(
    "participants.FollowUp",
    personal="answers",
    plain="due_on state held_on situation",
    subject="person_id",
)
declare(
    "participants.Consent",
    personal="scope worker_statement",
    plain=(
        "kind recipient purpose since until given_how language taken_at worker_at withdrawn_on withdrawn_how"
        " heeded_at"
    ),
    subject="person_id",
)

declare(
    "participants.Referral",
    personal=REFERRAL_COLUMNS,
    plain=(
        "state source sender_name sender_person sender_phone sender_email made_at sent_at no_pesel"
        " document_kind sex town gmina person_agrees ops_notified_on ops_name received_at opinion_due_on"
        " answer_due_on interview_at interview_place waiting_since trial_since started_on left_on decided_at"
        " reason copy_of"
    ),
    subject="id",
    term=_REFERRALS,
    erased_by="participants.retention.erase_referrals",
)
declare(
    "participants.ReferralEntry",
    personal="text",
    plain="at by_name by_unit transition from_state to_state reason",
    subject="referral_id",
    erased_by="participants.retention.erase_referrals",
)
declare(
    "participants.ReferralOpinion",
    personal="text",
    plain="visited_on recommendation author_name signed_at",
    subject="referral_id",
    erased_by="participants.retention.erase_referrals",
)
declare(
    "participants.ReferralFile",
    personal="label",
    plain="stored_file media_type size made_at",
    subject="referral_id",
    erased_by="participants.retention.erase_referrals",
)
declare("participants.Intake")
declare(
    "participants.IntakeNote",
    personal="text",
    plain="at",
    subject="referral_id",
    erased_by="participants.retention.erase_notes",
)
declare(
    "participants.SignedLink",
    personal="email",
    plain="purpose body_name body_place body_kind code_hash attempts made_at expires_at used_at revoked_at",
    subject="id",
    term=Term("expires_at", days=365, basis="odnośnik wygasł rok temu"),
)
declare(
    "participants.OpsNotice",
    personal="person_name address",
    plain="office_name notified_on told_at taken_back_at read_at",
    subject="referral_id",
    erased_by="participants.retention.erase_notices",
)
declare("participants.BodyAccess", plain="purpose body_name opened_at closed_at")
declare("participants.PlaceOffer", plain="title places starts_on note areas published updated_at")
