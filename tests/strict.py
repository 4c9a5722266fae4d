"""The harness does not forgive what a reviewer may overlook; a pytest plugin (`-p tests.strict`).

Each rule raises where the mistake is made. `tests/harness/test_strict.py` shows each one raising.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.documents.drawn import DRAWN_BY
from tests.documents.structure import faults

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("reintegration", "participants", "ipzs", "benefits", "reporting")
PROJECT = tuple(str(ROOT / name) for name in ROOMS)


class StrictnessError(AssertionError):
    """Something that works today and fails some day."""


def _called_by_the_project() -> bool:
    """Whether the nearest caller that is not Django's is ours: libraries are not ours to mend."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if "/django/" not in name and name != __file__:
            return name.startswith(PROJECT)
        frame = frame.f_back  # type: ignore[assignment]
    return False


# What of an answer would break the content policy, or shows a template's seams; and what stands in every
# such place in small letters, which is found in a hundredth of the time.
SEAMS = [
    (re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I), b"", "an inline script"),
    (re.compile(rb"<style\b", re.I), b"", "an inline style sheet"),
    (re.compile(rb"<[a-z][^>]*\sstyle\s*=", re.I), b"", "a style attribute"),
    (re.compile(rb"<[a-z][^>]*\son[a-z]+\s*=", re.I), b"", "an event handler in an attribute"),
    (re.compile(rb"<[a-z][^>]*\shx-on", re.I), b"hx-on", "an hx-on attribute"),
    (
        re.compile(rb"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
        b"javascript:",
        "a javascript: address",
    ),
    (re.compile(rb"\{\{|\{%|\{#"), b"{", "an unrendered template tag"),
]


def check_answer(response: Any) -> None:
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    small = response.content.lower()
    for pattern, sign, what in SEAMS:
        found = pattern.search(response.content) if sign in small else None
        if found:
            message = f"The answer holds {what}: {found.group()[:80]!r}"
            raise StrictnessError(message)


# How many papers of each template a process looks into; to read one takes a tenth of its making.
LOOKED_INTO = 3
_drawn: Counter[str] = Counter()
_drawn_now: set[str] = set()


def check_paper(paper: bytes, template: str, language: str) -> None:
    """Whatever paper any test draws can be read aloud."""
    _drawn[template] += 1
    _drawn_now.add(template)
    if _drawn[template] <= LOOKED_INTO and (found := faults(paper, language=language)):
        message = f"{template} is a paper that cannot be read aloud: {found}"
        raise StrictnessError(message)


def check_promise(test: str, drawn: set[str]) -> None:
    """The test that is to draw a paper has drawn it."""
    if missing := sorted(paper for paper, by in DRAWN_BY.items() if by == test and paper not in drawn):
        message = f"{test} is to draw {missing}: see tests/documents/drawn.py."
        raise StrictnessError(message)


@pytest.fixture(autouse=True)
def _papers_are_drawn(request: pytest.FixtureRequest) -> Iterator[None]:
    _drawn_now.clear()
    before = request.session.testsfailed
    yield
    if request.session.testsfailed == before:
        check_promise(request.node.nodeid, _drawn_now)


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from django.db.models import DateField
    from django.db.models.query import QuerySet
    from django.test.client import ClientHandler

    from reintegration.documents.papers import _Engine

    fetch, lock, prepare, answer, draw = (
        QuerySet._fetch_all,
        QuerySet.select_for_update,
        DateField.get_prep_value,
        ClientHandler.__call__,
        _Engine.render,
    )

    def ordered_fetch(self: Any) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and len(self._result_cache) > 1 and _called_by_the_project():
            message = f"{self.model.__name__}: several rows were read without an order."
            raise StrictnessError(message)

    def precise_lock(
        self: Any, nowait: bool = False, skip_locked: bool = False, of: Any = (), **kwargs: Any
    ) -> Any:
        if not of and _called_by_the_project():
            message = f"{self.model.__name__}: select_for_update without of=."
            raise StrictnessError(message)
        return lock(self, nowait=nowait, skip_locked=skip_locked, of=of, **kwargs)

    def true_date(self: Any, value: Any) -> Any:
        if type(self) is DateField and isinstance(value, datetime):
            message = f"{self}: a datetime was given for a date."
            raise StrictnessError(message)
        return prepare(self, value)

    def checked_answer(self: Any, environ: Any) -> Any:
        response = answer(self, environ)
        check_answer(response)
        return response

    monkeypatch.setattr(QuerySet, "_fetch_all", ordered_fetch)
    monkeypatch.setattr(QuerySet, "select_for_update", precise_lock)
    monkeypatch.setattr(DateField, "get_prep_value", true_date)

    def checked_paper(self: Any, html: str, pictures: Any) -> bytes:
        paper: bytes = draw(self, html, pictures)
        asked = sys._getframe(1).f_locals
        check_paper(paper, asked["template"], asked["language"])
        return paper

    monkeypatch.setattr(ClientHandler, "__call__", checked_answer)
    monkeypatch.setattr(_Engine, "render", checked_paper)
    return
