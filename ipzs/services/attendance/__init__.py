"""What happens with days: marks, sick leaves, free days, meals, and the unit's own settings."""

from ipzs.services.attendance.common import Changed, hold_month, own_settings
from ipzs.services.attendance.free_days import ask, grant, refuse, withdraw
from ipzs.services.attendance.marks import clear_mark, mark, mark_all_present
from ipzs.services.attendance.own import save_excuse, save_settings, set_meals
from ipzs.services.attendance.ranges import mark_range
from ipzs.services.attendance.sick import add_sick_leave, change, confirm, remove
from ipzs.services.attendance.undoing import undo_last

__all__ = [
    "Changed",
    "add_sick_leave",
    "ask",
    "change",
    "clear_mark",
    "confirm",
    "grant",
    "hold_month",
    "mark",
    "mark_all_present",
    "mark_range",
    "own_settings",
    "refuse",
    "remove",
    "save_excuse",
    "save_settings",
    "set_meals",
    "undo_last",
    "withdraw",
]
