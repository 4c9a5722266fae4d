"""What the frame of every page shows. All of it is lazy: a page without the frame asks for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString

from reintegration.core.components import Link
from reintegration.core.theme import THEMES, keys_on, theme_of
from reintegration.shell import guide
from reintegration.shell.nav import Group, Menu, menu_of
from reintegration.tenancy.actions import REGISTRY
from reintegration.tenancy.enums import Role
from reintegration.tenancy.navigation import SearchBox, searches
from reintegration.tenancy.principal import Place


@dataclass(frozen=True, slots=True)
class Me:
    """Whoever is signed in, as the frame shows them."""

    first_name: str
    last_name: str
    roles: str


@cache
def _named(roles: frozenset[Role]) -> str:
    return ", ".join(Role(role).label for role in sorted(roles))


class Shell:
    def __init__(self, request: Any) -> None:
        self.request = request

    def may(self, name: str) -> bool:
        """Whether this person may perform the action of that name; an unknown name is a mistake."""
        return bool(self.request.may(REGISTRY[name]))

    @property
    def theme(self) -> str:
        return theme_of(self.request)

    @property
    def themes(self) -> Sequence[tuple[str, str]]:
        return tuple(THEMES.items())

    @property
    def keys(self) -> bool:
        return keys_on(self.request)

    @property
    def here(self) -> str:
        return str(self.request.get_full_path())

    @property
    def search(self) -> SearchBox | None:
        """The search box of the frame, for whoever may use it."""
        principal = self.request.principal
        return next((box for box in searches() if principal and principal.may(box.action)), None)

    @cached_property
    def _menu(self) -> Menu:
        return menu_of(self.request)

    @property
    def nav(self) -> Sequence[Group]:
        return self._menu.groups

    @property
    def menu(self) -> SafeString:
        return self._menu.text

    @property
    def tabs(self) -> SafeString:
        """The menu of a phone."""
        return self._menu.tabs

    @property
    def hub(self) -> tuple[str, str] | None:
        """The place through which this page is reached, where its breadcrumbs begin."""
        return self._menu.hub

    @property
    def guide(self) -> Link | None:
        """The page of the guide that is about this screen."""
        return guide.link_for(self.request.path)

    @property
    def organisation(self) -> Place | None:
        principal = self.request.principal
        return principal.place if principal else None

    @property
    def other_organisations(self) -> Sequence[Place]:
        here, person = self.organisation, self.person
        if person is None:
            return ()
        return tuple(one.place for one in person.principals if here is None or one.place.id != here.id)

    @property
    def person(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def me(self) -> Me | None:
        person, principal = self.person, self.request.principal
        if person is None:
            return None
        return Me(person.first_name, person.last_name, _named(principal.roles) if principal else "")

    @property
    def idle_warning(self) -> int:
        """Seconds without a request after which the page warns; 0 where nobody is signed in."""
        return int(settings.IDLE_LIMIT.total_seconds()) if self.person else 0

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
