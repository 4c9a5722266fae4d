"""The navigation as one person sees it: the places they may open, and what waits in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString

from reintegration.core import clock
from reintegration.core.planned import planned
from reintegration.core.together import counting
from reintegration.tenancy.navigation import GROUPS, NavItem, register
from reintegration.tenancy.navigation import items as registered
from reintegration.tenancy.prepared import MANY, prepared
from reintegration.tenancy.principal import Principal
from reintegration.tenancy.scope import scope_or_none

# Rooms above the shell may take the registry from here.
__all__ = ["NavItem", "discover", "groups_for", "register"]

MOST_ON_PHONE = 3


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


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    places: tuple[Place, ...]


def discover() -> None:
    """Read the `nav.py` of every app."""
    autodiscover_modules("nav")


def groups_for(request: HttpRequest) -> list[Group]:
    """The groups of places this person may open, with what waits in each."""
    items = [item for item in registered() if _open(item, request)]
    counts = _counts(request, items)
    urls = {item.key: _address(item.url_name) for item in items}
    here, behind = _current(request, items)
    groups = []
    for name, heading in GROUPS.items():
        places = tuple(
            Place(
                item.label, urls[item.key], item.icon, item.key == here, counts.get(item.key, 0), item.hotkey,
                item.phone, behind and item.key == here,
            )
            for item in items
            if item.group == name
        )  # fmt: skip
        if places:
            groups.append(Group(heading, places))
    return groups


@lru_cache(maxsize=MANY)
def drawn(groups: tuple[Group, ...], prefix: str) -> SafeString:
    """The menu: the same places with the same numbers are the same text, whoever sees them."""
    return render_to_string("components/places.html", {"groups": groups, "prefix": prefix})


@cache
def _address(url_name: str) -> str:
    """Each page asks for all of them, and they never change."""
    return reverse(url_name)


def _covered(name: str) -> str:
    """A place covers addresses by their names; a page that belongs to one of several places, by its path."""
    return name if name.startswith("/") else _address(name)


def _open(item: NavItem, request: Any) -> bool:
    principal = request.principal
    if principal is None or not principal.may(item.action):
        return False
    place = principal.place
    return (not item.kinds or place.kind in item.kinds) and (
        not item.subtypes or place.subtype in item.subtypes
    )


def _current(request: HttpRequest, items: Sequence[NavItem]) -> tuple[str, bool]:
    """The place whose address is the longest beginning of this one, and whether the page stands behind it.

    A place's own address goes before one that it covers.
    """
    matching = []
    for item in items:
        covered = [_covered(name) for name in item.covers(request)] if item.covers else []
        for url, behind in ((_address(item.url_name), False), *((url, True) for url in covered)):
            if request.path.startswith(url):
                matching.append((len(url), not behind, item.key))
    _, direct, key = max(matching, default=(0, True, ""))
    return key, not direct


def _counts(request: Any, items: Sequence[NavItem]) -> Mapping[str, int]:
    """What waits in each place; a public page has no organisation to count in."""
    counted = tuple(item for item in items if item.count)
    if scope_or_none() is None or not counted:
        return {}
    asked = question(counted, request.principal, clock.today())
    if not asked.keys:
        return {}
    with planned() as cursor:
        cursor.execute(asked.sql, asked.values)
        return dict(zip(asked.keys, cursor.fetchone() or (), strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """One query that counts several querysets, because each page of the program asks for all of them."""

    keys: Sequence[str]
    sql: str
    values: Sequence[Any]


def _question(items: tuple[NavItem, ...], principal: Principal, day: date) -> Question:
    querysets = [item.count(principal, day) for item in items if item.count]
    sql, values, kept = counting(querysets)
    return Question(tuple(items[at].key for at in kept), sql, values)


# One for each person who is signed in, and small.
question = prepared(_question, most=MANY)
