"""The places of the navigation: each app registers its own in its `nav.py`.

The registry stands down here, so that every room can reach it; the shell draws it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from reintegration.tenancy.actions import Action
from reintegration.tenancy.enums import OrganisationKind
from reintegration.tenancy.principal import Principal

# In the order in which they stand; the main group needs no heading.
GROUPS = {
    "main": "",
    "money": "Rozliczenia",
    "registers": "Rejestry",
    "oversight": "Nadzór",
    "unit": "Jednostka",
    "operator": "Platforma",
}

# Who asks, and today: nothing else, so that the question is put together once for all pages of a day.
Counter = Callable[[Principal, date], QuerySet[Any]]
Covered = Callable[[HttpRequest], Iterable[str]]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place. `count` gives the rows that wait for this person; `kinds` and, among units, `subtypes` limit
    who has the place at all.

    `covers` names the addresses that this person reaches through the place, as through a hub; a path that
    begins with a slash is taken as it is.
    """

    key: str
    label: str
    icon: str
    url_name: str
    action: Action
    group: str = "main"
    order: int = 50
    phone: bool = False
    count: Counter | None = None
    kinds: frozenset[OrganisationKind] = field(default_factory=frozenset)
    subtypes: frozenset[str] = frozenset()
    hotkey: str = ""
    covers: Covered | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What people of some roles may open in an organisation of some kind, in the order in which it stands."""

    items: tuple[NavItem, ...]
    counted: tuple[NavItem, ...]
    covering: tuple[tuple[NavItem, Covered], ...]


@dataclass(frozen=True, slots=True)
class SearchBox:
    """The box above the places: where it leads, what it looks for, and who has it."""

    label: str
    url_name: str
    action: Action


_items: dict[str, NavItem] = {}
_searches: list[SearchBox] = []


def register_search(box: SearchBox) -> SearchBox:
    """Give the frame a search box; a person has the first one they may use."""
    _searches.append(box)
    return box


def searches() -> list[SearchBox]:
    return list(_searches)


def register(item: NavItem) -> NavItem:
    if item.group not in GROUPS:
        message = f"{item.key}: no group „{item.group}”."
        raise ValueError(message)
    if item.key in _items:
        message = f"The place {item.key} is registered twice."
        raise ValueError(message)
    _items[item.key] = item
    _open.clear()
    return item


def items() -> list[NavItem]:
    """Every registered place, in the order in which they stand."""
    return sorted(_items.values(), key=lambda item: (item.order, item.label))


# By the kind of person.
_open: dict[Hashable, Places] = {}


def places_of(principal: Principal) -> Places:
    """What this person may open; each page asks, and the answer only depends on what is registered."""
    found = _open.get(principal.kind)
    if found is None:
        found = _open[principal.kind] = _places([item for item in items() if _is_open(item, principal)])
    return found


def _is_open(item: NavItem, principal: Principal) -> bool:
    place = principal.place
    return (
        principal.may(item.action)
        and (not item.kinds or place.kind in item.kinds)
        and (not item.subtypes or place.subtype in item.subtypes)
    )


def _places(found: Sequence[NavItem]) -> Places:
    return Places(
        tuple(found),
        tuple(item for item in found if item.count),
        tuple((item, item.covers) for item in found if item.covers),
    )
