"""The places of this room, one list for each part."""

from ipzs.navigation import catalogue, months, timetable

__all__ = ["catalogue", "months", "timetable"]
