"""Reads docker-compose.yml the way compose does, as far as the tests need."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from reintegration.ops.places import PYTHON, ROOT

FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<kind>:\?|:-)?(?P<rest>[^}]*)\}")


def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return loaded


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in for ${NAME:?message}; a missing one is an error, as in compose."""

    def value(found: re.Match[str]) -> str:
        if found["kind"] == ":-":
            return values.get(found["name"], found["rest"])
        return values[found["name"]]

    return VARIABLE.sub(value, text).replace("$$", "$")


def environment(service: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    return {name: filled(str(value), values) for name, value in service.get("environment", {}).items()}


def command(words: list[str] | str) -> list[str]:
    """A command of the file with this checkout's programs."""
    first, *rest = words if isinstance(words, list) else shlex.split(words)
    program = PYTHON.with_name(first)
    return [str(program) if Path(program).exists() else first, *rest]


def health_check(service: Mapping[str, Any]) -> list[str]:
    kind, *words = [word.replace("$$", "$") for word in service["healthcheck"]["test"]]
    return ["sh", "-c", *words] if kind == "CMD-SHELL" else command(words)
