"""What screens and other rooms read of duties."""

from ipzs.queries.duties.accidents import accidents, unfinished
from ipzs.queries.duties.expiring import asked_for, badge, ends, expiring, needs_work, words
from ipzs.queries.duties.file import DutyLine, lines_of
from ipzs.queries.duties.standing import Missing, entry_conditions, missing, missing_paper, standings

__all__ = [
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
    "standings",
    "unfinished",
    "words",
]
