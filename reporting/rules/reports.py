"""The annual report: its term, when it is reminded of, what is frozen of it, and what two versions differ in.

**The term.** "Do dnia 31 marca" (art. 5 ust. 4 pkt 2 of a CIS, art. 18a ust. 6 of a KIS). The day stands:
that a term which ends on a Saturday or a day off is moved on says art. 57 § 4 k.p.a., and that is said of
terms counted in a proceeding before an office (art. 1 k.p.a.). A report that the act itself wants by a named
day is no such thing, and neither act nor regulation moves it. Whoever counts on a later day risks it, so the
program never does.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from reporting.rules.checks import Explanation

# Days before the term, and after it, on which somebody is reminded.
BEFORE: Final = (30, 14, 7, 1)
AFTER: Final = (1, 7, 14, 30)
# How many years back a report is begun or corrected, and looked at by the office that gets it.
YEARS_BACK: Final = 10


def due_on(year: int) -> date:
    """The last day for the report of a year."""
    return date(year + 1, 3, 31)


def last_day(year: int) -> date:
    """The day as of which a report says who a unit is."""
    return date(year, 12, 31)


def told_to(*, club: bool) -> str:
    """To whom the act sends a report: of a centre art. 5 ust. 4 pkt 2, of a club art. 18a ust. 6."""
    return "wojewoda" if club else "wojewoda, instytucja tworząca i każdy, kto dał dotację"


def season_of(today: date) -> int:
    """The year whose report is due next or was due last: from the first of January the year before."""
    return today.year - 1


def reminder(year: int, today: date) -> int | None:
    """How many days before the term (after it: less than zero) the latest reminder falls that was due.

    A day on which nothing ran is made up for by the next one.
    """
    left = (due_on(year) - today).days
    reached = [days for days in BEFORE if left <= days] + [-days for days in AFTER if left <= -days]
    if not reached or left < -AFTER[-1] - 7:
        return None
    return min(reached)


# What is frozen


def number(value: Decimal) -> str:
    """A number as it is frozen: without an exponent and without noughts that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_of(content: Mapping[str, Any], cell: str) -> Decimal | None:
    """What a frozen report says in a cell; nothing where nothing was said."""
    text = content.get("cells", {}).get(cell, {}).get("value")
    return None if text is None else Decimal(text)


def text_of(content: Mapping[str, Any], cell: str) -> str:
    return str(content.get("cells", {}).get(cell, {}).get("text", ""))


def note_of(content: Mapping[str, Any], cell: str) -> str:
    return str(content.get("cells", {}).get(cell, {}).get("note", ""))


def explained(content: Mapping[str, Any]) -> dict[str, Explanation]:
    """What a frozen report says of each check that failed, by the key of the check."""
    return {
        check: Explanation(said["words"], Decimal(said["left"]) - Decimal(said["right"]))
        for check, said in content.get("explanations", {}).items()
    }


def explained_at_once(content: Mapping[str, Any]) -> str:
    """What one frozen before each check had its own explanation says of all of them together."""
    return str(content.get("explanation", ""))


def freeze(
    *,
    kind: str,
    layout_version: str,
    title: str,
    year: int,
    unit: Mapping[str, str],
    cells: Iterable[str],
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
    notes: Mapping[str, str],
    explanations: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The content of a version, in the shape that docs/reports.md describes."""

    def said(cell: str) -> dict[str, str | None]:
        value = values.get(cell)
        found: dict[str, str | None] = {"value": None if value is None else number(value)}
        if cell in texts:
            found["text"] = texts[cell]
        if notes.get(cell):
            found["note"] = notes[cell]
        return found

    return {
        "layout": {"kind": kind, "version": layout_version, "title": title},
        "year": year,
        "unit": dict(unit),
        "cells": {cell: said(cell) for cell in cells},
        "explanations": {check: dict(said) for check, said in explanations.items()},
    }


def digest(content: Mapping[str, Any]) -> str:
    """What two equal contents have in common, and no two others: SHA-256 of the sorted JSON in UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# What two versions differ in


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than before."""

    cell: str
    before: Decimal | None
    after: Decimal | None
    text_before: str = ""
    text_after: str = ""
    note_changed: bool = False

    @property
    def by(self) -> Decimal | None:
        """How much more; unknown where either says nothing."""
        return None if self.before is None or self.after is None else self.after - self.before


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Difference]:
    """Every cell in which two frozen reports differ, in the order of the later one."""
    cells = [*after.get("cells", {}), *(one for one in before.get("cells", {}) if one not in after["cells"])]
    found = {}
    for cell in cells:
        old, new = value_of(before, cell), value_of(after, cell)
        said = (text_of(before, cell), text_of(after, cell))
        noted = note_of(before, cell) != note_of(after, cell)
        if old != new or said[0] != said[1] or noted:
            found[cell] = Difference(cell, old, new, *said, noted)
    return found
