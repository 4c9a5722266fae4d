"""What the screens and the guide of the API read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

from reintegration.api.models import Token
from reintegration.tenancy.actions import Action
from reintegration.tenancy.scope import current_scope


def tokens() -> QuerySet[Token]:
    """The tokens of the current organisation, the newest first."""
    here: UUID = current_scope().organisation_id
    return Token.objects.filter(organisation_id=here).select_related("owner").order_by("-created_at", "pk")


def offered_actions(roles: frozenset[Any]) -> list[Action]:
    """The actions that addresses of the API perform, as far as these roles may."""
    found = {action.name: action for action in _actions(get_resolver()) if action.roles & roles}
    return sorted(found.values(), key=lambda action: action.label)


def _actions(resolver: URLResolver) -> Iterator[Action]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _actions(entry)
        elif isinstance(entry, URLPattern):
            by_method = getattr(getattr(entry.callback, "cls", None), "acts", None)
            if isinstance(by_method, dict):
                yield from by_method.values()


@dataclass(frozen=True, slots=True)
class Described:
    """An address as the guide shows it."""

    method: str
    path: str
    summary: str
    description: str
    fields: list[tuple[str, str, bool, str]]
    answers: list[tuple[str, str]]


def guide() -> list[Described]:
    """The addresses of the API from the same description that programs read."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [
        Described(
            method=method.upper(),
            path=path,
            summary=operation.get("summary", ""),
            description=operation.get("description", ""),
            fields=_fields(operation, schema),
            answers=sorted(
                (status, answer["description"]) for status, answer in operation["responses"].items()
            ),
        )
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]


def _fields(operation: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    reference = content.get("schema", {}).get("$ref", "")
    if not reference:
        return []
    component = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
    wanted = component.get("required", [])
    return [
        (name, found.get("format", found.get("type", "")), name in wanted, found.get("title", ""))
        for name, found in component["properties"].items()
        if not found.get("readOnly")
    ]
