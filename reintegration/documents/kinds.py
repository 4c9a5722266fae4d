"""The kinds of papers and files there are, and who may open each. Apps list theirs in `papers.py`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from reintegration.tenancy.enums import Role

T = TypeVar("T")

MEGABYTE = 1024 * 1024
_CODE = re.compile(r"[A-Z]{1,6}")
_HOLES = {"series", "number", "year"}


@dataclass(frozen=True, slots=True)
class Series:
    """A run of numbers without gaps, begun anew each year when the pattern names the year."""

    code: str
    label: str
    pattern: str

    @property
    def yearly(self) -> bool:
        return "{year}" in self.pattern


@dataclass(frozen=True, slots=True)
class DocumentKind:
    key: str
    label: str
    template: str
    series: str
    opens: frozenset[Role]


@dataclass(frozen=True, slots=True)
class FileKind:
    key: str
    label: str
    opens: frozenset[Role]
    max_bytes: int


SERIES: dict[str, Series] = {}
DOCUMENT_KINDS: dict[str, DocumentKind] = {}
FILE_KINDS: dict[str, FileKind] = {}


def series(code: str, label: str, *, pattern: str = "{series}/{number}/{year}") -> Series:
    """Declare a run of numbers, such as WK/27/2026."""
    holes = set(re.findall(r"{(\w+)}", pattern))
    if not _CODE.fullmatch(code) or "number" not in holes or not holes <= _HOLES:
        message = f"The series {code} needs capital letters and a pattern with {{number}}."
        raise ValueError(message)
    return _add(SERIES, code, Series(code, label, pattern))


def document_kind(
    key: str, label: str, *, template: str, series: str = "", opens: Iterable[Role]
) -> DocumentKind:
    """Declare a kind of paper. `opens`: the roles that may read every paper of this kind."""
    return _add(DOCUMENT_KINDS, key, DocumentKind(key, label, template, series, frozenset(opens)))


def file_kind(key: str, label: str, *, opens: Iterable[Role], max_bytes: int = 10 * MEGABYTE) -> FileKind:
    """Declare a kind of file. Whoever brought a file may open it besides."""
    return _add(FILE_KINDS, key, FileKind(key, label, frozenset(opens), max_bytes))


def _add(table: dict[str, T], key: str, found: T) -> T:
    if key in table:
        message = f"{key} is declared twice."
        raise ValueError(message)
    table[key] = found
    return found


def kinds_open_to(roles: Iterable[Role]) -> tuple[list[str], list[str]]:
    """Keys of the kinds of papers and of files that these roles may read."""
    held = frozenset(roles)
    papers = sorted(key for key, kind in DOCUMENT_KINDS.items() if kind.opens & held)
    files = sorted(key for key, kind in FILE_KINDS.items() if kind.opens & held)
    return papers, files
