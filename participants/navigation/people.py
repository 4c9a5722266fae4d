"""The search box of the frame."""

from participants.perms import people as perms
from reintegration.tenancy.navigation import SearchBox, register_search

register_search(SearchBox("Szukaj osoby", "participants:search", perms.SEARCH))
