"""Codes that the rules of this app share; the choices of the tables carry the same values."""

from enum import StrEnum


class Part(StrEnum):
    """The two kinds of days that the act pays differently (art. 15 ust. 1 and 3)."""

    TRIAL = "trial"
    MAIN = "main"


class RowCode(StrEnum):
    """What a row of a benefit says; each has its words in every language of a statement."""

    TRIAL = "trial"
    MAIN = "main"
    FREE = "free"
    UNEXCUSED_TRIAL = "unexcused_trial"
    UNEXCUSED_MAIN = "unexcused_main"
    SICK_TRIAL = "sick_trial"
    SICK = "sick"
    SICK_OVER = "sick_over"
    SICK_NOT_DUE = "sick_not_due"
    EXCUSED_FULL = "excused_full"
    EXCUSED_TRIAL = "excused_trial"
    EXCUSED_MAIN = "excused_main"
    FORFEITED = "forfeited"
    FLOOR = "floor"
    ROUNDING = "rounding"


class RateRounding(StrEnum):
    EXACT = "exact"
    UP10 = "up10"


class PayoutRounding(StrEnum):
    GROSZ = "grosz"
    UP10 = "up10"


class FractionBase(StrEnum):
    FULL = "full"
    PRORATED = "prorated"


class SickTrial(StrEnum):
    FULL = "full"
    PER_30 = "per_30"
    PER_40 = "per_40"


class SickOver(StrEnum):
    PER_30 = "per_30"
    DAYS_DUE = "days_due"
    PER_20 = "per_20"


class PremiumCap(StrEnum):
    FULL = "full"
    DUE = "due"
