"""What was agreed with a person and what happens day by day."""

from ipzs.models.attendance import (
    AttendanceMonth,
    AttendanceSettings,
    DayMark,
    FreeDayRequest,
    MealCount,
    OpeningBalance,
    SickLeave,
)
from ipzs.models.catalogue import (
    ExcuseReason,
    Placement,
    PracticalSkill,
    Room,
    Service,
    Workshop,
    WorkshopLeader,
    WorkshopPlace,
)
from ipzs.models.duty import Accident, DutyRecord, DutyRule, IssuedItem
from ipzs.models.feed import TimetableFeed
from ipzs.models.programme import (
    Decision,
    Evaluation,
    ExtensionMotion,
    PeriodDecision,
    Programme,
    ProgrammeVersion,
    StepResult,
)
from ipzs.models.timetable import ClassMeeting, ClassPresence, TimetableEntry

__all__ = [
    "Accident",
    "AttendanceMonth",
    "AttendanceSettings",
    "ClassMeeting",
    "ClassPresence",
    "DayMark",
    "Decision",
    "DutyRecord",
    "DutyRule",
    "Evaluation",
    "ExcuseReason",
    "ExtensionMotion",
    "FreeDayRequest",
    "IssuedItem",
    "MealCount",
    "OpeningBalance",
    "PeriodDecision",
    "Placement",
    "PracticalSkill",
    "Programme",
    "ProgrammeVersion",
    "Room",
    "Service",
    "SickLeave",
    "StepResult",
    "TimetableEntry",
    "TimetableFeed",
    "Workshop",
    "WorkshopLeader",
    "WorkshopPlace",
]
