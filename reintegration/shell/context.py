"""What the frame of every page shows. All of it is lazy: a page without the frame asks for nothing."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString

from reintegration.core.theme import THEMES, keys_on, theme_of
from reintegration.shell import guide
from reintegration.shell.nav import MOST_ON_PHONE, Group, drawn, groups_for
from reintegration.shell.nav import Place as NavPlace
from reintegration.shell.rules import GuidePage, for_screen
from reintegration.tenancy.actions import REGISTRY
from reintegration.tenancy.enums import Role
from reintegration.tenancy.navigation import SearchBox, searches
from reintegration.tenancy.principal import Place


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
        return list(THEMES.items())

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
    def nav(self) -> list[Group]:
        return groups_for(self.request)

    @property
    def menu(self) -> SafeString:
        return drawn(tuple(self.nav), "nav")

    @property
    def phone_nav(self) -> list[NavPlace]:
        places = [place for group in self.nav for place in group.places if place.phone]
        return places[:MOST_ON_PHONE]

    @property
    def hub(self) -> tuple[str, str] | None:
        """The place through which this page is reached, where its breadcrumbs begin."""
        found = next((place for group in self.nav for place in group.places if place.behind), None)
        return (found.label, found.url) if found else None

    @property
    def guide(self) -> GuidePage | None:
        """The page of the guide that is about this screen."""
        return for_screen(guide.pages(), self.request.path)

    @property
    def organisation(self) -> Place | None:
        principal = self.request.principal
        return principal.place if principal else None

    @property
    def other_organisations(self) -> list[Place]:
        here = self.organisation
        if not self.person:
            return []
        return [one.place for one in self.request.user.principals if here is None or one.place.id != here.id]

    @property
    def person(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def roles(self) -> str:
        principal = self.request.principal
        return ", ".join(Role(role).label for role in sorted(principal.roles)) if principal else ""

    @property
    def idle_warning(self) -> int:
        """Seconds without a request after which the page warns; 0 where nobody is signed in."""
        return int(settings.IDLE_LIMIT.total_seconds()) if self.person else 0

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
