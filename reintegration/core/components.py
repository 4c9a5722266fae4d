"""What a screen hands to the parts it is built of: small frozen values, drawn by the tags of `ui`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of an object: one or two words in lower case. Kinds: ok warn bad info brand plum plain."""

    text: str
    kind: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A chip, a segment or a tab."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where a list would be: what is true now, what comes next, one button."""

    title: str
    text: str = ""
    icon: str = "circle-check"
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: what and whose, why it matters, one button."""

    title: str
    text: str = ""
    url: str = ""
    kind: str = ""
    icon: str = ""
    action: str = ""
    action_url: str = ""
    end: str = ""
    next: bool = False


@dataclass(frozen=True, slots=True)
class DueItem:
    title: str
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DueDay:
    day: date
    items: Sequence[DueItem]


@dataclass(frozen=True, slots=True)
class Blocker:
    """`bad` stops the step; `warn` only asks for a look."""

    title: str
    text: str
    kind: str = "bad"
    action: str = ""
    url: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    at: date | datetime
    title: str
    text: str = ""
    by: str = ""
    icon: str = "circle"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer of the rules (`VERDICTS` in `core.ui.parts` has their words), with its reason and article."""

    label: str
    answer: str
    reason: str = ""
    law: str = ""
