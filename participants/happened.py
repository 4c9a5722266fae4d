"""What stands on a file's timeline: rooms give their parts through the slot "participants.timeline".

A part says what it wants to read and what a row of it tells, so that the timeline asks for all at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from reintegration.core.components import TimelineEntry


class Chip(StrEnum):
    """The filters over the timeline; the value stands in the address."""

    STAGES = "etapy"
    TALKS = "rozmowy"
    PLAN = "plan"
    PAPERS = "papiery"
    MONEY = "pieniadze"


LABELS = {
    Chip.STAGES: "Etapy",
    Chip.TALKS: "Rozmowy",
    Chip.PLAN: "Plan i diagnoza",
    Chip.PAPERS: "Papiery",
    Chip.MONEY: "Pieniądze",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, in a form that may be filtered; the title never declines a name."""

    at: date | datetime
    title: str
    chip: Chip
    text: str = ""
    by: str = ""
    icon: str = "circle"
    url: str = ""

    def entry(self) -> TimelineEntry:
        return TimelineEntry(self.at, self.title, self.text, self.by, self.icon, self.url)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of rows of a file, and what each of them tells."""

    rows: QuerySet[Any]
    each: Callable[[Any], Iterable[Happened]]
