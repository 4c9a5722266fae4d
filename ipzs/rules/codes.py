"""Codes that the rules of this app share; the choices of the tables carry the same values."""

from enum import IntEnum, StrEnum


class Weekday(IntEnum):
    """Numbered as `date.weekday()` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class EntryPurpose(StrEnum):
    """Therapy and other appointments stand in a person's own plan, so that classes go around them."""

    CLASS = "class"
    AWAY = "away"


class ConflictKind(StrEnum):
    """What two entries of a plan need at the same time."""

    LEADER = "leader"
    ROOM = "room"
    PERSON = "person"


class MarkKind(StrEnum):
    """What a day was. The act knows presence and three absences (art. 15 ust. 6a–7a); the rest is custom."""

    PRESENT = "present"
    UNEXCUSED = "unexcused"
    SICK = "sick"
    FREE = "free"
    EXCUSED = "excused"
    EMPLOYER = "employer"
    CLOSED = "closed"


class PayRule(StrEnum):
    """What an absence excused by the unit's own rules does to the benefit."""

    FULL = "full"
    PER_30 = "per_30"


class Standing(StrEnum):
    """How hours stand against what they should be; a week or month in part owes only its share."""

    ENOUGH = "enough"
    BELOW = "below"
    ABOVE = "above"
    PART_SHORT = "part_short"


class SickCount(StrEnum):
    """Reading `sick_day_count`."""

    CALENDAR = "calendar"
    CLASS = "class"


class SickPool(StrEnum):
    """Reading `sick_pool`."""

    SINGLE = "single"
    PER_EXTENSION = "per_extension"


class UnexcusedLimit(StrEnum):
    """Reading `unexcused_over_limit`."""

    TOTAL = "total"
    CONSECUTIVE = "consecutive"


class FreeRound(StrEnum):
    """Reading `free_days_extension_round`: how a part of a day becomes days."""

    UP = "up"
    DOWN = "down"
    HALF = "half"


class FreeCarry(StrEnum):
    """Reading `free_days_carry`: whether days unused in the main period stay for the extension."""

    NO = "no"
    YES = "yes"


class BalanceKind(StrEnum):
    FREE = "free"
    SICK = "sick"
    UNEXCUSED = "unexcused"


class Severity(StrEnum):
    """Whether a finding keeps the month from being closed, or is only shown."""

    BLOCKS = "blocks"
    SHOWN = "shown"


class FindingCode(StrEnum):
    """What the close of a month finds."""

    UNMARKED = "unmarked"
    NO_CLASS = "no_class"
    NO_PAPER = "no_paper"
    MARK_IN_LEAVE = "mark_in_leave"
    LEAVES_OVERLAP = "leaves_overlap"
    SICK_WITHOUT_LEAVE = "sick_without_leave"
    FREE_WITHOUT_CONSENT = "free_without_consent"
    FREE_OVER = "free_over"
    OUTSIDE = "outside"
    JOURNAL = "journal"
    FUTURE = "future"
    FREE_IN_LEAVE = "free_in_leave"
    SICK_OVER = "sick_over"
    FORFEITED = "forfeited"


class AlertKind(StrEnum):
    """Early warnings."""

    EARLY_ABSENCES = "early_absences"
    THIRD_UNEXCUSED = "third_unexcused"
    SICK_DAYS = "sick_days"
    FEW_HOURS = "few_hours"
    SILENCE = "silence"
    ENDS_SOON = "ends_soon"
