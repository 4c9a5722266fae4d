"""What drf-spectacular cannot know: the errors that every address can answer with, and our tokens."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM = {
    "type": "object",
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                "required": ["field", "message"],
            },
        },
        "request_id": {"type": "string"},
    },
    "required": ["status", "title", "detail", "errors", "request_id"],
}
ANYWHERE = {
    "400": "Dane do poprawy",
    "401": "Brak ważnego tokenu",
    "403": "Czynność poza tokenem",
    "404": "Nie ma takiego zasobu",
    "406": "Inny format odpowiedzi",
    "429": "Za dużo żądań",
}
OF_POST = {
    "409": "To samo żądanie jest w toku",
    "415": "Inny format danych",
    "422": "Klucz użyty z innymi danymi",
}
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Inny dla każdego żądania; powtórzone żądanie z tym samym kluczem wykona się raz.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
}


class Described(AutoSchema):
    """An address is described in Polish where it is told to, and never by what its class says to us."""

    def get_description(self) -> str:
        return ""


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "reintegration.api.auth.GateAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def describe_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for methods in result["paths"].values():
        for method, operation in methods.items():
            errors = ANYWHERE | (OF_POST if method == "post" else {})
            for status, description in errors.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
            if method == "post":
                operation.setdefault("parameters", []).append(KEY_PARAMETER)
    return result
