"""What can be made to happen with persons. Everything here runs in the transaction of its scope."""

from participants.queries.people import Similar, similar_persons
from participants.services.people.data import KnownPesel, PersonData, PersonRefused, data_of
from participants.services.people.merging import (
    MergePreview,
    UnknownReference,
    mark_not_duplicate,
    merge_persons,
    merge_preview,
)
from participants.services.people.parts import add_part, edit_part, end_part, open_groups, remove_part
from participants.services.people.persons import add_person, check_person, edit_person, write_name_keys

__all__ = [
    "KnownPesel",
    "MergePreview",
    "PersonData",
    "PersonRefused",
    "Similar",
    "UnknownReference",
    "add_part",
    "add_person",
    "check_person",
    "data_of",
    "edit_part",
    "edit_person",
    "end_part",
    "mark_not_duplicate",
    "merge_persons",
    "merge_preview",
    "open_groups",
    "remove_part",
    "similar_persons",
    "write_name_keys",
]
