"""What leaves the unit, and what the voivode's office works with."""

from reporting.models.graduates import Certificate, Outcome
from reporting.models.layouts import ReportLayout
from reporting.models.registers import EntryNote, EntryVersion, RegisterEntry, StatusDecision

__all__ = [
    "Certificate",
    "EntryNote",
    "EntryVersion",
    "Outcome",
    "RegisterEntry",
    "ReportLayout",
    "StatusDecision",
]
