"""What leaves the unit, and what the voivode's office works with."""

from reporting.models.graduates import Certificate, Outcome
from reporting.models.inspections import (
    Inspection,
    InspectionFile,
    InspectionFinding,
    InspectionMember,
    InspectionPoint,
    InspectionStep,
    Recommendation,
)
from reporting.models.layouts import ReportLayout
from reporting.models.procedures import (
    ApplicationAnswer,
    ClubNotice,
    ProcedureFile,
    ProcedureStep,
    StatusApplication,
    SupervisionLetter,
)
from reporting.models.registers import EntryNote, EntryVersion, RegisterEntry, StatusAppeal, StatusDecision
from reporting.models.reports import (
    CellComment,
    CountedPeople,
    Report,
    ReportDraft,
    ReportRecipient,
    ReportVersion,
)
from reporting.models.rollups import StaleYear, UnitYear, YearCell
from reporting.models.season import CollectiveReport, OutsideReport, SeasonReminder, YearReport

__all__ = [
    "ApplicationAnswer",
    "CellComment",
    "Certificate",
    "ClubNotice",
    "CollectiveReport",
    "CountedPeople",
    "EntryNote",
    "EntryVersion",
    "Inspection",
    "InspectionFile",
    "InspectionFinding",
    "InspectionMember",
    "InspectionPoint",
    "InspectionStep",
    "Outcome",
    "OutsideReport",
    "ProcedureFile",
    "ProcedureStep",
    "Recommendation",
    "RegisterEntry",
    "Report",
    "ReportDraft",
    "ReportLayout",
    "ReportRecipient",
    "ReportVersion",
    "SeasonReminder",
    "StaleYear",
    "StatusAppeal",
    "StatusApplication",
    "StatusDecision",
    "SupervisionLetter",
    "UnitYear",
    "YearCell",
    "YearReport",
]
