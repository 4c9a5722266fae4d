"""What the screens of persons read: one person, a search, who may be one, names for the history."""

from participants.queries.people import names  # noqa: F401 - tells the history pages who is who
from participants.queries.people.doubles import Double, likely_doubles
from participants.queries.people.page import (
    FileLine,
    Known,
    PersonPage,
    accepted_referrals,
    case_allows,
    files_of,
    person_page,
)
from participants.queries.people.search import Hit, Similar, holds_pesel, list_rows, search, similar_persons

__all__ = [
    "Double",
    "FileLine",
    "Hit",
    "Known",
    "PersonPage",
    "Similar",
    "accepted_referrals",
    "case_allows",
    "files_of",
    "holds_pesel",
    "likely_doubles",
    "list_rows",
    "person_page",
    "search",
    "similar_persons",
]
