"""What stands on a file's timeline: rooms give their entries through the slot "participants.timeline"."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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
