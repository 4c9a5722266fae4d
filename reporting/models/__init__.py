"""What leaves the unit, and what the voivode's office works with."""

from reporting.models.registers import EntryNote, EntryVersion, RegisterEntry, StatusDecision

__all__ = ["EntryNote", "EntryVersion", "RegisterEntry", "StatusDecision"]
