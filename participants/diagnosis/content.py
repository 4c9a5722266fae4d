"""The shape of a diagnosis: sections of questions, and the dimensions that they measure.

A template is a value. The built-in set lies beside this file; a unit keeps its own versions as JSON of
the same shape (`to_dict`), read back by `reading.read_template`.
"""

from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

SCALE = ("wcale nie", "raczej nie", "trochę", "raczej tak", "zdecydowanie tak")
MOST = len(SCALE) - 1
LONGEST_TEXT = 4000


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SCALE = "scale"
    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


class Leaning(StrEnum):
    """What a high answer or a yes stands for.

    An asset is a strength when high and a difficulty when low; a plus is a strength when high and says
    nothing when low (a driving licence, a liking); a deficit is a difficulty when high.
    """

    ASSET = "asset"
    PLUS = "plus"
    DEFICIT = "deficit"


CHOICES = frozenset({Kind.ONE, Kind.MANY})
WEIGHED = frozenset({Kind.SCALE, Kind.YES_NO, Kind.ONE})


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose; `worth` from 0 to 4 lets it count as a place on a scale does."""

    key: str
    text: str
    worth: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask.

    `label` names it in the lists of strengths and difficulties. The answer to a sensitive question
    (health, addiction, conviction, origin, violence) is shown to few and never part of a score, so that
    a score may be seen by everybody who sees the diagnosis.
    """

    key: str
    text: str
    kind: Kind
    hint: str = ""
    label: str = ""
    leaning: Leaning | None = None
    sensitive: bool = False
    required: bool = False
    options: tuple[Option, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def name(self) -> str:
        return self.label or self.text

    @property
    def counts(self) -> bool:
        """Whether the answer is part of a score."""
        return self.weighed and not self.sensitive

    @property
    def weighed(self) -> bool:
        """Whether the answer says more or less, not only what."""
        return self.leaning is not None and self.kind in WEIGHED

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that is measured from 0 to 100; `group` gathers dimensions of one kind in a chart."""

    key: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading; their weighed answers count to every dimension named."""

    key: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    dimensions: tuple[str, ...] = ()
    scale: tuple[str, ...] = SCALE


@dataclass(frozen=True, slots=True)
class Template:
    """A whole set of questions in one version."""

    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    lead: str = ""
    dimensions: tuple[Dimension, ...] = field(default=())

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def section_of(self, key: str) -> Section:
        """The section that holds a question."""
        return next(section for section in self.sections if any(q.key == key for q in section.questions))


def sensitive_keys(template: Template) -> frozenset[str]:
    """Questions whose answers are shown to few."""
    return frozenset(question.key for question in template.questions if question.sensitive)


def to_dict(template: Template) -> dict[str, Any]:
    """Write a template as plain JSON values; what is left out stands for the default."""
    return _plain(template)


def _plain(value: Any) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for found in fields(value):
        held = getattr(value, found.name)
        if held in (found.default, None) or held == ():
            continue
        written[found.name] = _written(held)
    return written


def _written(held: Any) -> Any:
    if isinstance(held, StrEnum):
        return held.value
    if isinstance(held, Decimal):
        return str(held)
    if isinstance(held, tuple):
        return [_plain(item) if hasattr(item, "__dataclass_fields__") else item for item in held]
    return held
