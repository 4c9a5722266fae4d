"""Codes that the rules of this app share; the choices of the tables carry the same values."""

from enum import StrEnum


class UnitType(StrEnum):
    CIS = "CIS"
    KIS = "KIS"


class Group(StrEnum):
    """Groups of art. 1 ust. 2; the catalogue is open ("w szczególności"), hence `OTHER`."""

    HOMELESSNESS = "1"
    ALCOHOL = "2"
    DRUGS = "3"
    MENTAL = "4"
    LONG_UNEMPLOYED = "5"
    PRISON = "6"
    REFUGEE = "7"
    DISABILITY = "8"
    OTHER = "9"


GROUP_NAMES: dict[Group, str] = {
    Group.HOMELESSNESS: "osoba bezdomna w indywidualnym programie wychodzenia z bezdomności",
    Group.ALCOHOL: "osoba uzależniona od alkoholu",
    Group.DRUGS: "osoba uzależniona od narkotyków lub innych środków odurzających",
    Group.MENTAL: "osoba z zaburzeniami psychicznymi",
    Group.LONG_UNEMPLOYED: "osoba długotrwale bezrobotna",
    Group.PRISON: "osoba zwolniona z zakładu karnego, której trudno wrócić do otoczenia",
    Group.REFUGEE: "uchodźca w indywidualnym programie integracji",
    Group.DISABILITY: "osoba niepełnosprawna",
    Group.OTHER: "inna osoba zagrożona wykluczeniem społecznym",
}


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What the pre-check says of one type of unit."""

    YES = "yes"
    NO = "no"
    # Nothing stands in the way, but another office has to send the person.
    THROUGH_PUP = "through_pup"
    CHECK_WITH_PUP = "check_with_pup"
    CHECK = "check"


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"


class NoPesel(StrEnum):
    """Why a person has no PESEL on file."""

    FOREIGNER = "foreigner"
    PENDING = "pending"
    UNKNOWN = "unknown"


class DocumentKind(StrEnum):
    """What tells who a person without PESEL is."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    RESIDENCE_CARD = "residence_card"
    PROTECTION = "protection"
    OTHER = "other"


class PeriodKind(StrEnum):
    """Periods of art. 15: ust. 1, and the first and second sentence of ust. 3."""

    TRIAL = "trial"
    MAIN = "main"
    EXTENSION = "extension"


class Stage(StrEnum):
    CANDIDATE = "candidate"
    TRIAL = "trial"
    MAIN = "main"
    EXTENDED = "extended"
    ENDED = "ended"
    GRADUATE = "graduate"


class TrialEnd(StrEnum):
    """How a unit reads a term in months: until the day before, or until the same day."""

    DAY_BEFORE = "day_before"
    SAME_DAY = "same_day"


class Score(StrEnum):
    """How surely two records are of one person."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Giver(StrEnum):
    """Whose consent the sharing of the card needs: both."""

    PARTICIPANT = "participant"
    WORKER = "worker"
