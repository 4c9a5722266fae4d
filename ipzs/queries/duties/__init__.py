"""What screens and other rooms read of duties."""

from ipzs.queries.duties.accidents import BADGES as ACCIDENT_BADGES
from ipzs.queries.duties.accidents import accidents, unfinished
from ipzs.queries.duties.expiring import SHORT, asked_for, badge, ends, expiring, needs_work, soon, words
from ipzs.queries.duties.file import DutyLine, lines_of
from ipzs.queries.duties.standing import Missing, entry_conditions, missing, missing_paper, standings

__all__ = [
    "ACCIDENT_BADGES",
    "SHORT",
    "DutyLine",
    "Missing",
    "accidents",
    "asked_for",
    "badge",
    "ends",
    "entry_conditions",
    "expiring",
    "lines_of",
    "missing",
    "missing_paper",
    "needs_work",
    "soon",
    "standings",
    "unfinished",
    "words",
]
