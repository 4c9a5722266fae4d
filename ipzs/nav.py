"""The places of this room, one list for each part."""

from ipzs.navigation import attendance, catalogue, duties, months, opening, timetable

__all__ = ["attendance", "catalogue", "duties", "months", "opening", "timetable"]
