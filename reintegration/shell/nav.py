"""The navigation as one person sees it: the places they may open, and what waits in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString

from reintegration.core import clock
from reintegration.core.addresses import address
from reintegration.core.planned import planned
from reintegration.core.together import counting
from reintegration.tenancy.navigation import GROUPS, NavItem, Places, places_of, register
from reintegration.tenancy.prepared import MANY, prepared
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import scope_or_none

# Rooms above the shell may take the registry from here.
__all__ = ["NavItem", "discover", "menu_of", "register"]

MOST_ON_PHONE = 3
# The menu counts no further: somebody has to look at each row, on each page, and "99+" says enough.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the frame draws it for one request."""

    label: str
    url: str
    icon: str
    current: bool
    count: int
    hotkey: str
    phone: bool
    # The page stands behind this place, not in it: its breadcrumbs begin here.
    behind: bool = False

    @property
    def waiting(self) -> str:
        return str(self.count) if self.count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    places: tuple[Place, ...]


def discover() -> None:
    """Read the `nav.py` of every app."""
    autodiscover_modules("nav")


@dataclass(frozen=True, eq=False)
class Menu:
    """The groups of places a person may open, with what waits in each, as one page shows them."""

    groups: tuple[Group, ...]

    @cached_property
    def text(self) -> SafeString:
        return render_to_string("components/places.html", {"groups": self.groups, "prefix": "nav"})

    @cached_property
    def tabs(self) -> SafeString:
        """What of it stands on the lower edge of a phone."""
        places = [place for place in self._places() if place.phone]
        return render_to_string("components/tabbar.html", {"places": places[:MOST_ON_PHONE]})

    @cached_property
    def hub(self) -> tuple[str, str] | None:
        """The place through which the page is reached, where its breadcrumbs begin."""
        found = next((place for place in self._places() if place.behind), None)
        return (found.label, found.url) if found else None

    def _places(self) -> Iterator[Place]:
        return (place for group in self.groups for place in group.places)


def menu_of(request: Any) -> Menu:
    if request.principal is None:
        return Menu(())
    places = places_of(request.principal)
    return _menu(places, _counts(request.principal, places), *_current(request, places))


@lru_cache(maxsize=MANY)
def _menu(places: Places, counts: tuple[tuple[str, int], ...], here: str, behind: bool) -> Menu:
    """The same places with the same numbers are the same menu, whoever sees it."""
    waiting = dict(counts)
    groups = []
    for name, heading in GROUPS.items():
        drawn = tuple(
            Place(
                item.label, address(item.url_name), item.icon, item.key == here, waiting.get(item.key, 0),
                item.hotkey, item.phone, behind and item.key == here,
            )
            for item in places.items
            if item.group == name
        )  # fmt: skip
        if drawn:
            groups.append(Group(heading, drawn))
    return Menu(tuple(groups))


@cache
def _own(places: Places) -> Sequence[tuple[str, str]]:
    return [(address(item.url_name), item.key) for item in places.items]


def _covered(name: str) -> str:
    """A place covers addresses by their names; a page that belongs to one of several places, by its path."""
    return name if name.startswith("/") else address(name)


def _current(request: HttpRequest, places: Places) -> tuple[str, bool]:
    """The place whose address is the longest beginning of this one, and whether the page stands behind it.

    A place's own address goes before one that it covers.
    """
    path = request.path
    matching = [(len(url), True, key) for url, key in _own(places) if path.startswith(url)]
    matching += [
        (len(url), False, item.key)
        for item, covers in places.covering
        for name in covers(request)
        if path.startswith(url := _covered(name))
    ]
    _, direct, key = max(matching, default=(0, True, ""))
    return key, not direct


def _counts(principal: Principal, places: Places) -> tuple[tuple[str, int], ...]:
    """What waits in each place; a public page has no organisation to count in."""
    if scope_or_none() is None or not places.counted:
        return ()
    asked = question(places, principal, clock.today())
    if not asked.keys:
        return ()
    with planned() as cursor:
        cursor.execute(asked.sql, asked.values)
        return tuple(zip(asked.keys, cursor.fetchone() or (), strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """One query that counts several querysets, because each page of the program asks for all of them."""

    keys: Sequence[str]
    sql: str
    values: Sequence[Any]


def _question(places: Places, principal: Principal, day: date) -> Question:
    asked = [item.count(principal, day) for item in places.counted if item.count]
    sql, values, kept = counting(asked, most=MOST_COUNTED)
    return Question(tuple(places.counted[at].key for at in kept), sql, values)


# One for each person who is signed in, and small.
question = prepared(_question, most=MANY)
