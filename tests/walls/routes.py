"""Every address of the program, from the resolver, and the object that each asks for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reintegration.core.ids import uuid7
from reintegration.tenancy.actions import Action, action_of
from tests.cast import World
from tests.specimens import specimen

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# What a route with an object in its address needs: a function that makes the object in the current
# scope and answers with the arguments. A route with arguments and no row here fails the tests.
Row = Callable[[World, str], dict[str, Any]]
ROWS: dict[str, Row] = {
    # Links of mails, and a form that waits: whoever comes without the right one is told so, calmly.
    "account_confirm_email": lambda world, canary: {"key": "nie-ma-takiego"},
    "account_reset_password_from_key": lambda world, canary: {"uidb36": "nie", "key": "ma"},
    "accounts:invitation_link": lambda world, canary: {"token": "nie-ma-takiego"},
    "accounts:resume": lambda world, canary: {"key": uuid7()},
}


def row_of(label: str, argument: str = "pk") -> Row:
    """The usual row: one tenant's specimen, named by its key."""

    def make(world: World, canary: str) -> dict[str, Any]:
        from django.apps import apps

        return {argument: specimen(apps.get_model(label), world, canary).pk}

    return make


@dataclass(frozen=True)
class Route:
    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    def action(self, method: str) -> Action | None:
        return action_of(self.view, method)

    @property
    def actions(self) -> dict[str, Action]:
        return {method: found for method in METHODS if (found := self.action(method)) is not None}

    def address(self, arguments: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=arguments)

    def __str__(self) -> str:
        return self.name


def routes() -> list[Route]:
    return sorted(_walk(get_resolver(), ""), key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"The address {entry.pattern} has no name."
            yield Route(f"{namespace}{entry.name}", entry.callback, frozenset(entry.pattern.converters))
