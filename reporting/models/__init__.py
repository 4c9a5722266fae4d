"""What leaves the unit, and what the voivode's office works with."""

from reporting.models.graduates import Certificate, Outcome
from reporting.models.layouts import ReportLayout
from reporting.models.registers import EntryNote, EntryVersion, RegisterEntry, StatusDecision
from reporting.models.reports import (
    CellComment,
    CountedPeople,
    Report,
    ReportDraft,
    ReportRecipient,
    ReportVersion,
)
from reporting.models.season import CollectiveReport, OutsideReport, SeasonReminder

__all__ = [
    "CellComment",
    "Certificate",
    "CollectiveReport",
    "CountedPeople",
    "EntryNote",
    "EntryVersion",
    "Outcome",
    "OutsideReport",
    "RegisterEntry",
    "Report",
    "ReportDraft",
    "ReportLayout",
    "ReportRecipient",
    "ReportVersion",
    "SeasonReminder",
    "StatusDecision",
]
