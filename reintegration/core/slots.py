"""Named places on a screen of a lower room that higher rooms fill, so that no import points upwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Panel:
    """A section that a room adds to another room's screen."""

    id: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    count: int | None = None


Provider = Callable[[HttpRequest, Any], Panel | None]

_filled: dict[str, list[tuple[int, Callable[..., Any]]]] = {}


def fill(name: str, provider: Callable[..., Any], *, order: int = 50) -> Callable[..., Any]:
    """Register what a slot shows; called from an app's ready()."""
    held = _filled.setdefault(name, [])
    held.append((order, provider))
    held.sort(key=lambda one: one[0])
    return provider


def providers(name: str) -> list[Callable[..., Any]]:
    """What was registered for a slot that holds something else than panels."""
    return [provider for _, provider in _filled.get(name, [])]


def items(name: str, request: HttpRequest, obj: Any) -> list[Panel]:
    """The panels of a slot for one object; a provider that has nothing to say returns None."""
    panels = (provider(request, obj) for _, provider in _filled.get(name, []))
    return [panel for panel in panels if panel is not None]
