"""How a tag draws: a template of its own, once for each use or once for the process."""

import secrets
from collections.abc import Hashable, Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reintegration.core.addresses import address

register = template.Library()

# How many of the pieces that some people share a process keeps; each is a few hundred characters.
KEPT = 1000
# Stands in a kept piece for the token of a form, and leaves no process.
_TOKEN = secrets.token_hex(32)


class UnknownKind(ValueError):
    """A template asked for a part in a kind that is not drawn."""


def known(kind: str, kinds: Mapping[str, Any]) -> str:
    if kind not in kinds:
        message = f"„{kind}” is none of {', '.join(kinds)}."
        raise UnknownKind(message)
    return kind


def draw(name: str, /, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"components/{name}.html", values))  # noqa: S308 – a template's output


@cache
def _drawn_once(name: str) -> SafeString:
    return mark_safe(render_to_string(name))  # noqa: S308 – a template's output


@register.simple_tag
def fixed(name: str) -> SafeString:
    """Include a template that depends on nothing; it is drawn once for the life of the process."""
    return mark_safe(render_to_string(name)) if settings.DEBUG else _drawn_once(name)  # noqa: S308


@lru_cache(maxsize=KEPT, typed=True)
def _piece(name: str, /, **values: Hashable) -> str:
    return render_to_string(name, {**values, "csrf_token": _TOKEN})


@register.simple_tag(takes_context=True)
def kept(context: template.Context, name: str, /, **values: Hashable) -> SafeString:
    """Include a template that depends on these values alone: the same values are the same text for everybody.

    It is given nothing else, so that nobody sees what is another's; only the token of its forms is put in
    each time. A row of the database is no such value: it stays equal to itself when it changes.
    """
    drawn = _piece.__wrapped__ if settings.DEBUG else _piece
    text = drawn(name, **values)
    return mark_safe(text.replace(_TOKEN, str(context.get("csrf_token", ""))))  # noqa: S308 – a template's output


register.simple_tag(address, name="path")


def trimmed(content: str) -> SafeString:
    """The inside of a block without the line breaks around it; the engine has escaped it already."""
    return mark_safe(content.strip())  # noqa: S308
