"""What can be done, and by whom. Each app lists its actions in its `perms.py`.

Every URL names exactly one action (an API address one for each method). The gate reads it before the
view runs; the tests walk the resolver and fail for a URL without one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from reintegration.tenancy.enums import Role

View = TypeVar("View", bound=Callable[..., Any])


class Audience(Enum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    label: str
    audience: Audience
    roles: frozenset[Role]
    reauth: bool

    def allows(self, roles: Iterable[Role | str]) -> bool:
        return self.audience is not Audience.MEMBERS or not self.roles.isdisjoint(roles)


REGISTRY: dict[str, Action] = {}


def _register(found: Action) -> Action:
    if found.name in REGISTRY:
        message = f"The action {found.name} is declared twice."
        raise ValueError(message)
    REGISTRY[found.name] = found
    return found


def action(name: str, label: str, *, roles: Iterable[Role], reauth: bool = False) -> Action:
    """Declare an action of members. `reauth`: the person proves anew who they are (money, permissions)."""
    return _register(Action(name, label, Audience.MEMBERS, frozenset(roles), reauth))


def public_action(name: str, label: str) -> Action:
    """Declare an action of anybody, signed in or not."""
    return _register(Action(name, label, Audience.PUBLIC, frozenset(), reauth=False))


def personal_action(name: str, label: str, *, reauth: bool = False) -> Action:
    """Declare an action of a signed-in person on their own account, in no organisation."""
    return _register(Action(name, label, Audience.SIGNED_IN, frozenset(), reauth))


def handles(found: Action | None = None, /, **by_method: Action) -> Callable[[View], View]:
    """Say which action a function view performs; by method for an address of the API."""
    answer: Action | Mapping[str, Action] = by_method if found is None else found

    def mark(view: View) -> View:
        view.action = answer  # type: ignore[attr-defined]
        return view

    return mark


def declared(view: Callable[..., Any]) -> Action | Mapping[str, Action] | None:
    """What a resolved view declares: `action` on a view, `acts` on an address of the API.

    (Django REST framework keeps something else under the name `action`.)
    """
    found: Action | Mapping[str, Action] | None = getattr(view, "action", None)
    found = found or getattr(getattr(view, "view_class", None), "action", None)
    return found or getattr(getattr(view, "cls", None), "acts", None)


def action_of(view: Callable[..., Any], method: str) -> Action | None:
    """The one action of a resolved view and a method."""
    found = declared(view)
    if isinstance(found, Mapping):
        return found.get("GET" if method == "HEAD" else method)
    return found


def methods_of(view: Callable[..., Any]) -> list[str]:
    """The methods for which a view names actions one by one; a view that names one action has none here."""
    found = declared(view)
    return list(found) if isinstance(found, Mapping) else []
