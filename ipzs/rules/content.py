"""What stands in a programme or a contract: one value with two faces.

A CIS writes a programme (art. 13), a KIS a social contract (art. 18 ust. 4) or its own contract. A version
is this value, kept as JSON of the same shape (`to_dict`, `from_dict`); what is signed never changes, and a
change is the next version.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final


class Face(StrEnum):
    """Which paper it is; the values are those of the table's choices."""

    IPZS = "ipzs"
    SOCIAL_CONTRACT = "social_contract"
    INTERNAL_CONTRACT = "internal_contract"


CONTRACTS: Final = frozenset({Face.SOCIAL_CONTRACT, Face.INTERNAL_CONTRACT})


class Area(StrEnum):
    SOCIAL = "social"
    VOCATIONAL = "vocational"


AREA_NAMES: Final = {Area.SOCIAL: "reintegracja społeczna", Area.VOCATIONAL: "reintegracja zawodowa"}


class Form(StrEnum):
    GROUP = "group"
    INDIVIDUAL = "individual"
    BOTH = "both"


FORM_NAMES: Final = {
    Form.GROUP: "w grupie",
    Form.INDIVIDUAL: "indywidualnie",
    Form.BOTH: "w grupie lub indywidualnie",
}


class Per(StrEnum):
    """To what the hours of a service belong."""

    WEEK = "week"
    MONTH = "month"
    WHOLE = "whole"


PER_NAMES: Final = {Per.WEEK: "w tygodniu", Per.MONTH: "w miesiącu", Per.WHOLE: "razem"}


class Part(StrEnum):
    """A text of a programme or a contract."""

    SOCIAL_SCOPE = "social_scope"
    SOCIAL_FORMS = "social_forms"
    VOCATIONAL_SCOPE = "vocational_scope"
    VOCATIONAL_FORMS = "vocational_forms"
    CAUSES = "causes"
    BARRIERS = "barriers"
    STRENGTHS = "strengths"
    ATTEMPTS = "attempts"
    EVALUATION = "evaluation"
    CONSEQUENCES = "consequences"
    NOTES = "notes"


PART_TITLES: Final = {
    Part.SOCIAL_SCOPE: "Zakres reintegracji społecznej",
    Part.SOCIAL_FORMS: "Formy reintegracji społecznej",
    Part.VOCATIONAL_SCOPE: "Zakres reintegracji zawodowej",
    Part.VOCATIONAL_FORMS: "Formy reintegracji zawodowej",
    Part.CAUSES: "Przyczyny trudnej sytuacji",
    Part.BARRIERS: "Ograniczenia i bariery",
    Part.STRENGTHS: "Mocne strony",
    Part.ATTEMPTS: "Dotychczasowe działania i ich wyniki",
    Part.EVALUATION: "Jak ocenimy efekty",
    Part.CONSEQUENCES: "Co będzie, gdy ustalenia nie zostaną dotrzymane",
    Part.NOTES: "Dodatkowe ustalenia",
}

# Art. 13 ust. 2 pkt 1 names what a programme holds; the template of the social contract (Dz.U. 2010 nr 218
# poz. 1439) what a contract holds. Notes belong to both and are never asked for.
PARTS: Final[dict[Face, tuple[Part, ...]]] = {
    Face.IPZS: (
        Part.SOCIAL_SCOPE,
        Part.SOCIAL_FORMS,
        Part.VOCATIONAL_SCOPE,
        Part.VOCATIONAL_FORMS,
        Part.NOTES,
    ),
    Face.SOCIAL_CONTRACT: (
        Part.CAUSES,
        Part.BARRIERS,
        Part.STRENGTHS,
        Part.ATTEMPTS,
        Part.EVALUATION,
        Part.CONSEQUENCES,
        Part.NOTES,
    ),
    Face.INTERNAL_CONTRACT: (
        Part.CAUSES,
        Part.BARRIERS,
        Part.STRENGTHS,
        Part.ATTEMPTS,
        Part.EVALUATION,
        Part.CONSEQUENCES,
        Part.NOTES,
    ),
}


@dataclass(frozen=True, slots=True)
class Responsible:
    """A person responsible for the programme (art. 13 ust. 2 pkt 3); the key is their row or account."""

    key: str
    name: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A small step of a goal; the steps of a goal get harder as they go."""

    key: str
    text: str
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the person's own words; one may be the main goal, the others lead to it."""

    key: str
    text: str
    area: Area | None = None
    main: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service that the person takes; hours are those of a week, a month or of the whole."""

    key: str
    name: str
    area: Area
    form: Form
    hours: Decimal | None = None
    per: Per = Per.MONTH
    leader: str = ""

    def __post_init__(self) -> None:
        if self.hours is not None and not (self.hours.is_finite() and self.hours > 0):
            raise ValueError("Hours are a number above zero.")


@dataclass(frozen=True, slots=True)
class Content:
    """All that one version agrees on."""

    face: Face
    texts: Mapping[Part, str] = field(default_factory=dict)
    responsible: tuple[Responsible, ...] = ()
    goals: tuple[Goal, ...] = ()
    services: tuple[Service, ...] = ()
    evaluations: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("A programme cannot end before it begins.")
        for rows in (
            self.responsible,
            self.goals,
            self.services,
            [step for goal in self.goals for step in goal.steps],
        ):
            keys = [row.key for row in rows]
            if len(set(keys)) != len(keys):
                raise ValueError("The keys of a content are unique in their list.")

    def text(self, part: Part) -> str:
        """What stands in a part, without the blanks around it."""
        return self.texts.get(part, "").strip()


def to_dict(content: Content) -> dict[str, Any]:
    """The content as plain values of JSON: dates and hours as texts, no empty field that need not be."""
    written: dict[str, Any] = _plain(content)
    return written


def from_dict(data: Mapping[str, Any]) -> Content:
    """Read back what `to_dict` wrote; an unknown field or a wrong value is a ValueError."""
    try:
        return _content(data)
    except (AttributeError, KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(f"This is no content of a programme: {error!r}.") from error


def _content(data: Mapping[str, Any]) -> Content:
    raw = _known(data, Content)
    return Content(
        face=Face(raw["face"]),
        texts={Part(part): str(text) for part, text in raw.get("texts", {}).items()},
        responsible=tuple(Responsible(**_known(one, Responsible)) for one in raw.get("responsible", ())),
        goals=tuple(_goal(one) for one in raw.get("goals", ())),
        services=tuple(_service(one) for one in raw.get("services", ())),
        evaluations=tuple(date.fromisoformat(day) for day in raw.get("evaluations", ())),
        since=_day(raw.get("since")),
        until=_day(raw.get("until")),
    )


def _goal(data: Mapping[str, Any]) -> Goal:
    raw = _known(data, Goal)
    area = raw.pop("area", None)
    steps = tuple(_step(one) for one in raw.pop("steps", ()))
    return Goal(**raw, area=None if area is None else Area(area), steps=steps)


def _step(data: Mapping[str, Any]) -> Step:
    raw = _known(data, Step)
    return Step(**(raw | {"due_on": _day(raw.get("due_on"))}))


def _service(data: Mapping[str, Any]) -> Service:
    raw = _known(data, Service)
    hours = raw.pop("hours", None)
    return Service(
        key=raw["key"],
        name=raw["name"],
        area=Area(raw["area"]),
        form=Form(raw["form"]),
        hours=None if hours is None else Decimal(hours),
        per=Per(raw.get("per", Per.MONTH)),
        leader=raw.get("leader", ""),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _known(data: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    unknown = data.keys() - {one.name for one in fields(kind)}
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}.")
    return dict(data)


def _is_needed(one: Field[Any]) -> bool:
    """Whether a field has to be given: the words of a draft's goal are written even when there are none."""
    return one.default is MISSING and one.default_factory is MISSING


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items() if one}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        held = {one: _plain(getattr(value, one.name)) for one in fields(value)}
        return {one.name: plain for one, plain in held.items() if plain or _is_needed(one)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value
