"""The demo of this room, one step for each part."""

from ipzs.demo import attendance, duties, everyday, months, programmes, timetable, years

__all__ = ["attendance", "duties", "everyday", "months", "programmes", "timetable", "years"]
