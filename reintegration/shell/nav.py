"""The navigation as one person sees it: the places they may open, and what waits in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from reintegration.tenancy.navigation import GROUPS, NavItem, register
from reintegration.tenancy.navigation import items as registered
from reintegration.tenancy.scope import scope_or_none

# Rooms above the shell may take the registry from here.
__all__ = ["NavItem", "count_rows", "discover", "groups_for", "register"]

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
    places: Sequence[Place]


def discover() -> None:
    """Read the `nav.py` of every app."""
    autodiscover_modules("nav")


def groups_for(request: HttpRequest) -> list[Group]:
    """The groups of places this person may open, with what waits in each."""
    items = [item for item in registered() if _open(item, request)]
    asking = scope_or_none() is not None  # a public page has no organisation to count in
    counts = count_rows({item.key: item.count(request) for item in items if item.count and asking})
    urls = {item.key: _address(item.url_name) for item in items}
    here, behind = _current(request, items)
    groups = []
    for name, heading in GROUPS.items():
        places = [
            Place(
                item.label, urls[item.key], item.icon, item.key == here, counts.get(item.key, 0), item.hotkey,
                item.phone, behind and item.key == here,
            )
            for item in items
            if item.group == name
        ]  # fmt: skip
        if places:
            groups.append(Group(heading, places))
    return groups


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


def count_rows(querysets: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Count several querysets in one query, because each page of the program asks for all of them."""
    counts = dict.fromkeys(querysets, 0)
    asked, parts, values = [], [], []
    for key, rows in querysets.items():
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        asked.append(key)
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 – made by the ORM
        values += params
    if asked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(parts), values)
            counts.update(zip(asked, cursor.fetchone() or (), strict=True))
    return counts
