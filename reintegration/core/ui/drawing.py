"""How a tag draws: a template of its own, once for each use or once for the process."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


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


@register.simple_tag
@cache
def path(name: str) -> str:
    """An address without arguments. The frame has fifteen of them on each page, and they never change."""
    return reverse(name)


def trimmed(content: str) -> SafeString:
    """The inside of a block without the line breaks around it; the engine has escaped it already."""
    return mark_safe(content.strip())  # noqa: S308
