"""What can be made to happen with persons. Everything here runs in the transaction of its scope."""

from participants.queries.people import Similar, similar_persons
from participants.services.people.data import KnownPesel, PersonData, PersonRefused, data_of
from participants.services.people.persons import add_person, edit_person, write_name_keys

__all__ = [
    "KnownPesel",
    "PersonData",
    "PersonRefused",
    "Similar",
    "add_person",
    "data_of",
    "edit_person",
    "similar_persons",
    "write_name_keys",
]
