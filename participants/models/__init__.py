"""Everything that a unit keeps of people, one file for each concept."""

from participants.models.access import BodyAccess
from participants.models.card import CardEntry, FollowUp
from participants.models.consent import Consent
from participants.models.diagnosis import (
    Diagnosis,
    DiagnosisTemplate,
    SpecialistOpinion,
    SpecialistOpinionGrant,
)
from participants.models.gmina import Gmina
from participants.models.participation import (
    Agreement,
    AnonymousFile,
    FileTransfer,
    IntakeSettings,
    Participation,
    Period,
    TeamMember,
)
from participants.models.partner import Partner, PartnerRequest
from participants.models.person import (
    Barrier,
    Disability,
    Income,
    Merge,
    NameKey,
    NotDuplicate,
    Person,
    PersonFact,
    PersonGroup,
)
from participants.models.referral import (
    Intake,
    IntakeNote,
    PlaceOffer,
    Referral,
    ReferralEntry,
    ReferralFile,
    ReferralOpinion,
    SignedLink,
)
from participants.models.told import OpsNotice

__all__ = [
    "Agreement",
    "AnonymousFile",
    "Barrier",
    "BodyAccess",
    "CardEntry",
    "Consent",
    "Diagnosis",
    "DiagnosisTemplate",
    "Disability",
    "FileTransfer",
    "FollowUp",
    "Gmina",
    "Income",
    "Intake",
    "IntakeNote",
    "IntakeSettings",
    "Merge",
    "NameKey",
    "NotDuplicate",
    "OpsNotice",
    "Participation",
    "Partner",
    "PartnerRequest",
    "Period",
    "Person",
    "PersonFact",
    "PersonGroup",
    "PlaceOffer",
    "Referral",
    "ReferralEntry",
    "ReferralFile",
    "ReferralOpinion",
    "SignedLink",
    "SpecialistOpinion",
    "SpecialistOpinionGrant",
    "TeamMember",
]
